import t from 'tap'
import { storedService } from '../../support/stored-service.ts'

const document = `workspace: plant
teams: { sre: { fragments: [./sre] } }
environments: { dev: {}, prod: {} }
observations:
  - { files: [], observer: cluster, adapter: kubernetes, covers: kinds, environment: prod }
  - { files: [], observer: ageing, maxAge: 10m }
  - { files: [], observer: placed, at: sites.east }
sensitive: ['**.password', services.*.token, sites.*.key]
`.replace("'**.password', ", '')

/** What tests look at by name. */
interface Body {
  readonly snapshots: readonly {
    readonly result: string
    readonly code?: string
    readonly detail?: string
    readonly snapshot: Readonly<Record<string, unknown>> & { readonly digest: string; readonly sequence: number }
  }[]
  readonly items: readonly Readonly<Record<string, unknown>>[]
  readonly next?: string
  readonly code?: string
  readonly detail?: string
  readonly problems?: readonly { readonly path?: string; readonly message: string }[]
}

const stored = await storedService(t)
const { service, app, jobs, clock } = stored

/** A workspace of its own, in which nothing was observed. */
async function plant(name: string) {
  await service.putWorkspace({
    workspace: name,
    document: Buffer.from(document.replace('plant', name)),
    asker: { by: 'test' },
  })
  jobs.length = 0
  clock.now = new Date('2026-05-04T09:30:00Z')
  const post = async (
    payload: unknown,
    query = '',
    type = 'application/json',
  ): Promise<{ status: number; body: Body }> => {
    const answer = await app.inject({
      method: 'POST',
      url: `/v1/workspaces/${name}/snapshots${query}`,
      headers: { 'content-type': type },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  const get = async (path: string): Promise<{ status: number; text: string; body: Body }> => {
    const answer = await app.inject({ url: `/v1/workspaces/${name}/${path}` })
    return { status: answer.statusCode, text: answer.body, body: answer.json() }
  }
  return { post, get }
}

const snapshot = (observer: string, sequence: number, state: unknown, more: object = {}) => ({
  snapshot: 1,
  observer,
  sequence,
  observedAt: '2026-05-04T09:29:00+00:00',
  ...more,
  state,
})

t.test('a snapshot is kept once, as text, and checks follow', async (t) => {
  const { post, get } = await plant('plant')
  const sent = snapshot('edge', 7, { services: { web: { replicas: 3 } } }, { seen: { hub: 2 } })
  const first = await post(sent)
  t.equal(first.status, 200)
  t.match(first.body.snapshots, [
    {
      result: 'recorded',
      snapshot: {
        observer: 'edge',
        sequence: 7,
        observedAt: '2026-05-04T09:29:00.000Z',
        receivedAt: '2026-05-04T09:30:00.000Z',
        seen: { hub: 2 },
        refused: [],
        by: 'anonymous',
      },
    },
  ])
  t.strictSame(jobs, ['check plant/dev', 'check plant/prod'], 'about every environment')
  const { state, ...head } = sent
  const again = await post(JSON.stringify({ state, ...head }).replace('3}', '3.0}'))
  t.match(again.body.snapshots, [{ result: 'same', snapshot: { sequence: 7 } }], 'in another order, written otherwise')
  t.equal(jobs.length, 2, 'nothing new is to be checked')

  const digest = first.body.snapshots[0]?.snapshot.digest ?? ''
  const kept = await get(`snapshots/${digest}`)
  t.match(kept.text, '\n  "state": {\n    "services": {\n      "web": {\n        "replicas": 3\n')
  t.match(kept.body, { ...sent, observedAt: '2026-05-04T09:29:00+00:00' })
  t.match((await get(`snapshots/${'0'.repeat(64)}`)).body, { code: 'NOT_FOUND' })

  const reused = await post(snapshot('edge', 7, {}))
  t.equal(reused.status, 409)
  t.match(reused.body, { code: 'SEQUENCE_REUSED', observer: 'edge', sequence: 7, digest })
  const older = await post(snapshot('edge', 3, { services: {} }, { environment: 'prod' }))
  t.match(older.body.snapshots, [{ result: 'recorded' }], 'in any order')
  t.strictSame(jobs.slice(2), ['check plant/prod'])

  const { body } = await get('snapshots?limit=1')
  t.match(body.items, [{ observer: 'edge', sequence: 3 }], 'newest received first')
  t.match((await get(`snapshots?limit=1&cursor=${body.next}`)).body.items, [{ sequence: 7 }])
  t.match((await get('snapshots?environment=dev')).body.items.length, 1)
  t.match((await get('snapshots?from=2026-05-04T09:29:01Z')).body.items, [])
  t.match((await get('snapshots?at=2026-05-04T09:29:59Z')).body.items, { length: 0 }, 'before any was received')
  t.equal((await service.listAudit('plant', { limit: 10 })).items[0]?.action, 'record snapshots')
})

t.test('what cannot be kept is told with every problem', async (t) => {
  const { post } = await plant('wrong')
  const wrong = [
    [{ ...snapshot('a', 1, {}), covered: [] }, 'unknown key `covered`', 'covered'],
    [snapshot('a', -1, {}), 'at least 0', 'sequence'],
    [snapshot('a', 1, {}, { covers: ['a..b'] }), 'is not a path', undefined],
    [snapshot('a', 1, {}, { environment: 'pro' }), 'did you mean `prod`', 'environment'],
    [snapshot('a', 1, {}, { observedAt: '1815-05-04T09:29:00Z' }), 'before 1970', 'observedAt'],
    [snapshot('a\u0000', 1, {}), 'NUL', undefined],
    [snapshot('a'.repeat(257), 1, {}), 'at most 256', 'observer'],
    [{ adapter: 'plain', observer: 'a' }, 'needs `state`', undefined],
    [{ adapter: 'kubernetes', observer: 'a', documents: [{ kind: 'Pod' }] }, 'apiVersion', 'documents'],
    [{ adapter: 'plain', observer: 'a', state: {}, at: 'a-b' }, 'is not a path', 'at'],
    [{ adapter: 'plain', observer: 'a', state: {}, covers: 'kinds' }, 'kubernetes', 'covers'],
    [[], 'a list', undefined],
    [{ snapshots: [{ adapter: 'plane', observer: 'a' }] }, 'plain', 'snapshots[0].adapter'],
  ] as const
  for (const [payload, message, path] of wrong) {
    const { status, body } = await post(payload)
    t.equal(status, 400, message)
    t.equal(body.code, 'BODY_INVALID', message)
    t.match(JSON.stringify(body.problems), message)
    if (path !== undefined) t.equal(body.problems?.[0]?.path, path, message)
  }
  t.match((await post(snapshot('a', 1, {}, { environment: 'dev' }), '?environment=prod')).body.detail, '`dev`')
})

t.test('of several, each costs itself only', async (t) => {
  const { post } = await plant('several')
  const lines = [
    JSON.stringify(snapshot('a', 1, { x: 1 })),
    '{"snapshot": 1, "observer": ',
    '',
    JSON.stringify({ ...snapshot('a', 2, {}), covered: [] }),
    JSON.stringify(snapshot('a', 1, { x: 2 })),
    JSON.stringify(snapshot('a', 1, { x: 1 })),
    ...Array.from({ length: 40 }, (_, index) => JSON.stringify(snapshot('b', index, { x: index }))),
  ]
  const { status, body } = await post(lines.join('\r\n'), '?environment=dev', 'application/x-ndjson')
  t.equal(status, 200)
  t.strictSame(
    body.snapshots.slice(0, 5).map(({ result, code }) => [result, code]),
    [
      ['recorded', undefined],
      ['refused', 'BODY_INVALID'],
      ['refused', 'BODY_INVALID'],
      ['refused', 'SEQUENCE_REUSED'],
      ['same', undefined],
    ],
  )
  t.equal(body.snapshots.filter(({ result }) => result === 'recorded').length, 41)
  t.match(body.snapshots.at(-1), { snapshot: { environment: 'dev', sequence: 39 } })
  const list = await post({ snapshots: [snapshot('c', 1, {}), snapshot('a', 1, { x: 3 })] }, '?environment=dev')
  t.strictSame(
    list.body.snapshots.map(({ result }) => result),
    ['recorded', 'refused'],
  )
  const yaml = await post(
    'snapshot: 1\nobserver: y\nsequence: 1\nobservedAt: 2026-05-04T09:29:00Z\nstate: {}\n',
    '',
    'application/yaml',
  )
  t.match(yaml.body.snapshots, [{ result: 'recorded' }])
})

t.test('an observer may send what it has: the server makes a snapshot of it, and counts', async (t) => {
  const { post, get } = await plant('counted')
  const textOf = async (payload: unknown) => {
    const { body } = await post(payload, '?environment=prod')
    const { result, snapshot } = body.snapshots[0] ?? {}
    return {
      result,
      sequence: snapshot?.sequence,
      document: JSON.parse((await get(`snapshots/${snapshot?.digest}`)).text),
    }
  }
  const pod = (name: string, more: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    ...more,
  })
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's', namespace: 'shop' },
    data: { key: 'aHVudGVyMg==' },
  }
  const first = await textOf({ adapter: 'kubernetes', observer: 'cluster', documents: [pod('web'), secret] })
  t.match(first, {
    result: 'recorded',
    sequence: 1,
    document: {
      observer: 'cluster',
      sequence: 1,
      observedAt: '2026-05-04T09:30:00.000Z',
      environment: 'prod',
      covers: ['namespaces.shop.Pod', 'namespaces.shop.Secret'],
      masked: ['namespaces.shop.Secret.s.data.key'],
      state: { namespaces: { shop: { Secret: { s: { data: { key: '<masked>' } } } } } },
    },
  })
  clock.now = new Date('2026-05-04T09:31:00Z')
  t.match(await textOf({ adapter: 'kubernetes', observer: 'cluster', documents: [secret, pod('web')] }), {
    result: 'same',
    sequence: 1,
  })
  t.match(await textOf({ adapter: 'kubernetes', observer: 'cluster', documents: [pod('api')] }), {
    result: 'recorded',
    sequence: 2,
  })

  const plain = { adapter: 'plain', observer: 'file', at: 'services.web', state: { replicas: 2, token: 'hunter2' } }
  t.match(await textOf({ ...plain, refused: [{ path: 'logs', reason: 'no' }], covers: ['replicas'] }), {
    document: {
      covers: ['services.web.replicas'],
      refused: [{ path: 'services.web.logs', reason: 'no' }],
      masked: ['services.web.token'],
      state: { services: { web: { replicas: 2, token: '<masked>' } } },
    },
  })
  const ageing = { adapter: 'plain', observer: 'ageing', state: {} }
  t.match(await textOf(ageing), { result: 'recorded', sequence: 1 })
  t.match(await textOf(ageing), { result: 'recorded', sequence: 2 }, 'seeing the same again is news where it grows old')
  const dated = { ...ageing, observedAt: '2026-05-04T09:00:00Z' }
  t.match(await textOf(dated), { result: 'recorded', sequence: 3 })
  t.match(await textOf(dated), { result: 'same', sequence: 3 })
})

t.test('sensitive values are not kept, and naming others later changes nothing that was sent', async (t) => {
  const { post, get } = await plant('masked')
  const sent = snapshot('placed', 1, { key: 'hunter2', door: 'hunter3' })
  const { body } = await post(sent)
  const { text } = await get(`snapshots/${body.snapshots[0]?.snapshot.digest}`)
  t.notMatch(text, 'hunter2', 'it is sensitive where the workspace puts it')
  t.match(JSON.parse(text), { masked: ['key'], state: { door: 'hunter3' } })
  await service.putWorkspace({
    workspace: 'masked',
    document: Buffer.from(document.replace('plant', 'masked').replace('sites.*.key', 'sites.*.door')),
    asker: { by: 'test' },
  })
  t.match((await post(sent)).body.snapshots, [{ result: 'same' }])
  t.equal((await post(snapshot('placed', 1, { key: 'hunter2', door: 'hunter3', more: 1 }))).status, 409)
})

t.test('who may speak for whom', async (t) => {
  await plant('mine')
  const results = []
  for await (const result of service.recordSnapshots({
    workspace: 'mine',
    sent: ['mine', 'other'].map((observer) => ({ adapter: 'plain', observer, state: {} })),
    may: (observer) => observer === 'mine',
    deadlineMs: 1000,
    by: 'mine',
  }))
    results.push(result.result === 'refused' ? result.fault.code : result.result)
  t.strictSame(results, ['recorded', 'FORBIDDEN'])
})
