import t from 'tap'
import { storedService } from '../../support/stored-service.ts'

const { service, app, clock } = await storedService(t)
const document = `workspace: plant
teams: { sre: { fragments: [./sre] } }
environments: { dev: {}, prod: {} }
observations:
  - { files: [], observer: old, maxAge: 10m }
  - { files: [], observer: placed, at: sites.east, environment: prod }
`
const rules =
  'package sre\nservices: { web: { replicas: 2, ports: [80, 443] }, api: replicas: 1 }\nsites: east: door: "shut"\n'

const get = async (path: string) => (await app.inject({ url: `/v1/workspaces/plant/${path}` })).json()

const snapshot = (observer: string, sequence: number, minute: number, state: object, more: object = {}) => ({
  snapshot: 1,
  observer,
  sequence,
  observedAt: `2026-05-04T09:${minute}:00Z`,
  environment: 'prod',
  ...more,
  state,
})

t.before(async () => {
  await service.putWorkspace({ workspace: 'plant', document: Buffer.from(document), asker: { by: 'root' } })
  await service.publish({
    workspace: 'plant',
    team: 'sre',
    files: { texts: [['sre/a.cue', rules]] },
    asker: { by: 'sre' },
  })
  const all = [
    snapshot('old', 1, 10, { racks: { r1: {} } }, { covers: ['racks'] }),
    snapshot('edge', 1, 28, { services: { web: { replicas: 2 }, api: { replicas: 1 } } }, { covers: ['services'] }),
    snapshot(
      'hub',
      5,
      29,
      { services: { web: { replicas: 3 } } },
      { covers: ['services.web'], seen: { edge: 0 }, refused: [{ path: 'sites', reason: 'no key' }] },
    ),
    snapshot('placed', 1, 29, { door: 'shut' }, { covers: ['door'] }),
  ]
  const sent = all.map((one) => JSON.parse(JSON.stringify(one)))
  for await (const { result } of service.recordSnapshots({
    workspace: 'plant',
    sent,
    may: () => true,
    deadlineMs: 1000,
    by: 'x',
  }))
    t.equal(result, 'recorded')
})

t.test('the newest snapshots as one state, and whose word stands where', async (t) => {
  const whole = await get('observed?environment=prod')
  t.match(whole, {
    environment: 'prod',
    at: '2026-05-04T09:30:00.000Z',
    revision: 2,
    path: '',
    state: { services: { api: { replicas: 1 }, web: {} }, sites: { east: { door: 'shut' } } },
    contested: [{ path: 'services.web.replicas', values: ['2', '3'], absent: false }],
    more: false,
  })
  t.strictSame(
    whole.snapshots.map(({ observer, source }: Record<string, string>) => [observer, source]),
    [
      ['edge', 'edge/1.json'],
      ['hub', 'hub/5.json'],
      ['old', 'old/1.json'],
      ['placed', 'placed/1.json'],
    ],
  )
  const [edge, hub, placed] = [['edge', 1] as const, ['hub', 5] as const, ['placed', 1] as const].map(
    ([observer, sequence]) => ({ observer, sequence }),
  )
  t.strictSame(whole.answers, [
    { path: 'services.api', snapshots: [edge] },
    { path: 'services.web', snapshots: [edge, hub] },
    { path: 'sites', snapshots: [placed] },
  ])
  const part = await get('observed?environment=prod&path=sites.east.door')
  t.match(part, {
    path: 'sites.east.door',
    state: 'shut',
    contested: [],
    answers: [{ snapshots: [{ observer: 'placed' }] }],
  })
  t.notOk('state' in (await get('observed?environment=prod&path=racks')), 'what is too old says nothing')
  const then = await get('observed?environment=prod&at=2026-05-04T09:28:30Z&known=now')
  t.equal(then.code, 'NOT_FOUND', 'the workspace was not there yet')
  clock.now = new Date('2026-05-04T09:31:00Z')
  t.match(await get('observed?environment=prod&at=2026-05-04T09:30:30Z&known=now'), { snapshots: { length: 4 } })
  t.match(await get('observed?environment=dev'), { state: {}, snapshots: [], answers: [] })
  t.match(await get('observed'), { code: 'QUERY_INVALID', detail: 'say which environment' })
  t.match(await get('observed?environment=pro'), { detail: 'did you mean `prod`' })
  t.match(await get('observed?environment=prod&path=a-b'), { code: 'QUERY_INVALID' })
})

t.test('observers with their newest snapshot', async (t) => {
  const { items } = await get('observers?environment=prod')
  t.match(items, [
    { observer: 'edge', snapshots: 1, stale: false, covers: ['services'] },
    { observer: 'hub', seen: { edge: 0 }, refused: [{ path: 'sites', reason: 'no key' }] },
    { observer: 'old', maxAge: '10m', stale: true, ageSeconds: 21 * 60, receivedAt: '2026-05-04T09:30:00.000Z' },
    { observer: 'placed', looksAt: ['sites.east.door'] },
  ])
  const before = await get('observers?environment=prod&at=2026-05-04T09:30:00Z')
  t.match(before.items[2], { observer: 'old', ageSeconds: 20 * 60 }, 'as old as it was then')
  t.equal((await get('observers?at=2026-05-04T09:29:59Z')).code, 'NOT_FOUND', 'before there was a workspace')
  t.strictSame((await get('observers?environment=dev')).items, [])
  t.equal((await get('observers')).items.length, 4)
})

t.test('which observer looks where', async (t) => {
  const { observers, paths } = await get('coverage?environment=prod')
  t.strictSame(observers, ['edge', 'hub', 'old', 'placed'])
  t.strictSame(paths, [
    { path: 'racks', desired: 0, sights: [{ observer: 'old', sight: 'stale' }] },
    {
      path: 'services',
      desired: 4,
      sights: [
        { observer: 'edge', sight: 'all' },
        { observer: 'hub', sight: 'part' },
      ],
    },
    {
      path: 'services.web',
      desired: 3,
      sights: [
        { observer: 'edge', sight: 'all' },
        { observer: 'hub', sight: 'all' },
      ],
    },
    {
      path: 'sites',
      desired: 1,
      sights: [
        { observer: 'hub', sight: 'refused', reason: 'no key' },
        { observer: 'placed', sight: 'part' },
      ],
    },
    {
      path: 'sites.east.door',
      desired: 1,
      sights: [
        { observer: 'hub', sight: 'refused', reason: 'no key' },
        { observer: 'placed', sight: 'all' },
      ],
    },
  ])
})
