import t from 'tap'
import { createService } from '../../../src/service.ts'
import { storedService } from '../../support/stored-service.ts'

const { service, app, jobs, clock, options } = await storedService(t)

const document = `workspace: plant
teams: { sre: { fragments: [./sre], owns: [services] } }
environments: { dev: {}, prod: {} }
observations: [{ files: [], observer: edge, maxAge: 10m }]
`
const rules = `package sre
services: web: replicas: >=2 @rule(id="HA-1")
`

/** What tests look at by name. */
interface Finding {
  readonly fingerprint: string
  readonly kind: string
  readonly at: string
  readonly rule: { readonly id: string }
}
interface Body {
  readonly items: readonly Finding[]
  readonly facets: Readonly<Record<string, readonly { readonly name: string; readonly count: number }[]>>
  readonly environments: readonly { readonly name: string; readonly segments: readonly object[] }[]
  readonly next?: string
  readonly code?: string
  readonly resolved?: string
  readonly history?: readonly object[]
}

async function ask(
  method: 'GET' | 'PUT' | 'POST',
  path: string,
  payload?: object,
): Promise<{ status: number; body: Body }> {
  const answer = await app.inject({
    method,
    url: `/v1/workspaces/plant${path}`,
    ...(payload === undefined
      ? {}
      : { payload: JSON.stringify(payload), headers: { 'content-type': 'application/json' } }),
  })
  return { status: answer.statusCode, body: answer.json() }
}

const get = async (path: string): Promise<Body> => (await ask('GET', path)).body

/** Does the checks that were asked for. */
async function work(): Promise<void> {
  for (const job of jobs.splice(0)) {
    const [, workspace = '', environment = ''] = /^check (.*)\/(.*)$/.exec(job) ?? []
    await service.makeCheck({ workspace, environment })
  }
}

const at = (minute: number, second = 0): string => `2026-05-04T09:${minute}:${String(second).padStart(2, '0')}.000Z`

async function observe(minute: number, sequence: number, replicas: number, observedMinute = minute): Promise<void> {
  clock.now = new Date(at(minute))
  const state = { services: { web: { replicas } } }
  const { status } = await ask('POST', '/snapshots?environment=prod', {
    snapshot: 1,
    observer: 'edge',
    sequence,
    observedAt: at(observedMinute),
    state,
  })
  if (status !== 200) throw new Error(`the snapshot was refused: ${status}`)
  await work()
}

t.before(async () => {
  await service.putWorkspace({ workspace: 'plant', document: Buffer.from(document), asker: { by: 'root' } })
  await ask('PUT', '/teams/sre/fragments', { files: { 'sre/rules.cue': rules } })
  t.match(await get('/verdict'), {
    verdict: 'undecided',
    environments: [{ name: 'dev', pending: true }, { name: 'prod' }],
  })
  await work()
  await observe(31, 1, 1)
  await observe(32, 2, 3)
  await observe(33, 3, 1)
})

t.test('findings as they stood at a moment', async (t) => {
  const now = await get('/findings?environment=prod')
  t.match(now.items, [
    {
      kind: 'mismatch',
      at: 'services.web.replicas',
      rule: { id: 'HA-1' },
      owner: 'sre',
      firstSeen: at(31),
      since: at(33),
      lastSeen: at(33),
      reopened: 1,
      observations: [{ observer: 'edge', sequence: 3, file: 'edge/3.json', value: 1, line: 10 }],
    },
  ])
  t.match((await get(`/findings?environment=prod&at=${at(30, 30)}`)).items, [{ kind: 'unobserved', since: at(30) }])
  t.match((await get(`/findings?environment=prod&at=${at(31, 30)}`)).items, [
    { kind: 'mismatch', since: at(31), reopened: 0 },
  ])
  t.strictSame((await get(`/findings?environment=prod&at=${at(32)}`)).items, [])
  t.strictSame((await get(`/findings?at=${at(29)}`)).items, [])

  const history = await get(`/findings/${now.items[0]?.fingerprint}`)
  t.match(history, {
    environment: 'prod',
    history: [
      {
        from: at(31),
        cause: { kind: 'snapshot', observer: 'edge', sequence: 1 },
        until: at(32),
        untilCause: { kind: 'snapshot', sequence: 2 },
      },
      { from: at(33), cause: { kind: 'snapshot', sequence: 3 } },
    ],
  })
  t.match(await get(`/findings/${'0'.repeat(32)}`), { code: 'NOT_FOUND' })

  const one = `/findings/${now.items[0]?.fingerprint}`
  const stood = await get(`${one}?at=${at(31, 30)}`)
  t.match(stood, { since: at(31), lastSeen: at(31), reopened: 0, history: [{ from: at(31) }] })
  t.match(stood, { observations: [{ sequence: 1, file: 'edge/1.json' }] })
  t.strictSame([stood.resolved, stood.history?.length], [undefined, 1])
  t.match(await get(`${one}?at=${at(32, 30)}`), { resolved: at(32), lastSeen: at(31), reopened: 0 })
  t.match(await get(`${one}?at=${at(30, 30)}`), {
    code: 'NOT_FOUND',
    detail: `workspace \`plant\` had no finding \`${now.items[0]?.fingerprint}\` at ${at(30, 30)}: it was first found at ${at(31)}`,
  })
  t.match(await get(`${one}?at=${at(33, 30)}&known=now`), { since: at(33, 30), history: [] }, 'worked out anew')
  t.match(await get(`${one}?at=${at(32, 30)}&known=now`), { code: 'NOT_FOUND', detail: /by what is known today/ })
})

t.test('where people see the pages is known: each finding says on which', async (t) => {
  const linking = createService({ ...options, pages: 'https://congruent.example' })
  const input = { workspace: 'plant', filter: { environments: ['prod'] }, known: 'then', deadlineMs: 10_000 } as const
  const [finding] = (await linking.listFindings(input, { limit: 1 })).items
  t.equal(finding?.page, `https://congruent.example/w/plant/findings/${finding?.fingerprint}?env=prod`)
  t.equal((await linking.findFinding(input, finding?.fingerprint ?? '')).page, finding?.page)
})

t.test('findings by what they are about', async (t) => {
  const count = async (query: string): Promise<number> => (await get(`/findings?${query}`)).items.length
  t.equal(await count(''), 2, 'dev is unobserved')
  for (const query of ['owner=sre', 'team=sre', 'rule=HA-1', 'q=WEB', 'exempted=false', 'severity=error'])
    t.equal(await count(query), 2, query)
  for (const query of [
    'path=services.*.replicas',
    'kind=mismatch',
    'outcome=undecided',
    'environment=dev',
    'known=now&kind=mismatch',
    'kind=mismatch,missing',
    'countsAs=violates,exempted',
    `since=${at(33)}`,
    'known=now&countsAs=undecided&severity=error,warning',
    'known=now&q=invalid',
    'known=now&outcome=undecided',
  ])
    t.equal(await count(query), 1, query)
  for (const query of [
    'owner=web',
    'rule=HA',
    'path=services.api',
    'exempted=true',
    'severity=info',
    'countsAs=conflicts',
    `known=now&since=${at(59)}`,
    'known=now&countsAs=none',
    'known=now&owner=web',
    'known=now&path=services.api',
  ])
    t.equal(await count(query), 0, query)
  for (const known of ['then', 'now']) {
    const first = await get(`/findings?known=${known}&sort=severity&limit=1&facets=true&kind=mismatch`)
    t.match(first.facets, {
      kind: [
        { name: 'mismatch', count: 1 },
        { name: 'unobserved', count: 1 },
      ],
      outcome: [{ name: 'violates', count: 1 }],
      environment: [{ name: 'prod', count: 1 }],
    })
    const page = await get(`/findings?known=${known}&limit=1`)
    const rest = await get(`/findings?known=${known}&limit=1&cursor=${page.next}`)
    t.strictSame(
      [...page.items, ...rest.items].map(({ kind }) => kind),
      ['unobserved', 'mismatch'],
      known,
    )
    t.equal(rest.next, undefined)
    t.strictSame((await get(`/findings/summary?known=${known}&by=owner`)).items, [{ name: 'sre', count: 2 }])
  }
  for (const query of ['path=a..b', 'at=today', 'known=never', 'limit=0', 'colour=red']) {
    const { status, body } = await ask('GET', `/findings?${query}`)
    t.strictSame([status, body.code], [400, 'QUERY_INVALID'], query)
  }
  t.equal((await get('/findings?cursor=junk')).code, 'CURSOR_INVALID')
  t.equal((await get('/findings?known=now&cursor=junk')).code, 'CURSOR_INVALID')
})

t.test('the verdict, now and over time', async (t) => {
  t.match(await get('/verdict'), {
    verdict: 'violates',
    environments: [
      { name: 'dev', verdict: 'undecided', pending: false },
      {
        name: 'prod',
        verdict: 'violates',
        since: at(33),
        checkedAt: at(33),
        revision: 2,
        counts: { byOutcome: { violates: 1 } },
      },
    ],
  })
  t.match(await get(`/verdict?at=${at(32)}`), { environments: [{}, { verdict: 'conforms' }] })
  t.equal((await get(`/verdict?at=${at(29)}`)).code, 'NOT_FOUND')
  const { environments } = await get('/verdict/timeline?environment=prod')
  t.match(environments, [
    {
      name: 'prod',
      segments: [
        { from: at(30), to: at(31), verdict: 'undecided', cause: { kind: 'revision', revision: 2 }, checks: 1 },
        { from: at(31), to: at(32), verdict: 'violates', cause: { kind: 'snapshot', sequence: 1 } },
        { from: at(32), to: at(33), verdict: 'conforms' },
        { from: at(33), verdict: 'violates' },
      ],
    },
  ])
  const part = await get(`/verdict/timeline?environment=prod&from=${at(31, 30)}&to=${at(32, 30)}&limit=1`)
  t.match(part.environments, [{ segments: [{ from: at(31, 30), to: at(32), verdict: 'violates' }], next: at(32) }])
  const newest = await get(`/verdict/timeline?environment=prod&keep=newest&limit=2`)
  const last = [
    { from: at(32), to: at(33), verdict: 'conforms' },
    { from: at(33), verdict: 'violates' },
  ]
  t.match(newest.environments, [{ segments: last, earlier: at(32) }])
  t.same((await get('/verdict/timeline?environment=prod&keep=newest')).environments, environments)
  const within = `/verdict/timeline?environment=prod&from=${at(30, 30)}&to=${at(32, 30)}`
  t.same((await get(`${within}&keep=newest`)).environments, (await get(within)).environments)
})

t.test('a late snapshot changes what is known now of that moment, never what was known then', async (t) => {
  await observe(34, 4, 3)
  await observe(35, 2, 3, 32)
  clock.now = new Date(at(36))
  t.equal((await get(`/findings?environment=prod&at=${at(34, 30)}`)).items.length, 0)
  await observe(36, 5, 1, 34)
  t.match(await get(`/verdict?at=${at(34, 30)}`), { environments: [{}, { verdict: 'conforms' }] })
  t.match(await get(`/verdict?at=${at(34, 30)}&known=now`), {
    environments: [{}, { verdict: 'violates', checkedAt: at(34, 30), pending: false }],
  })
  t.match((await get(`/findings?environment=prod&at=${at(34, 30)}&known=now`)).items, [
    { kind: 'mismatch', firstSeen: at(34, 30), reopened: 0 },
  ])
})

t.test('a check on request', async (t) => {
  clock.now = new Date(at(37))
  const asked = await ask('POST', '/checks', { environment: 'prod' })
  t.match(asked, {
    status: 200,
    body: { checks: [{ environment: 'prod', verdict: 'violates', at: at(36), workspace: 'plant' }] },
  })
  const all = await ask('POST', '/checks')
  t.match(all, { status: 200, body: { checks: [{ environment: 'dev' }, { environment: 'prod' }] } })
  t.match(await get('/checks/1'), { check: 1, revision: 2, cause: { kind: 'revision' } })
  t.equal((await get('/checks/99')).code, 'NOT_FOUND')
  t.equal((await ask('POST', '/checks', { environment: 'pro' })).body.code, 'QUERY_INVALID')
  clock.now = new Date(at(50))
  t.match(await ask('POST', '/checks', { environment: 'prod' }), {
    body: { checks: [{ verdict: 'undecided', cause: { kind: 'request', by: 'anonymous' } }] },
  })
})
