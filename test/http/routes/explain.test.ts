import { createHash } from 'node:crypto'
import t from 'tap'
import { answerProblems } from '../../support/answer-fits.ts'
import { storedService } from '../../support/stored-service.ts'

const workspace = `workspace: shop
teams:
  platform: { fragments: [./platform], contact: '#platform' }
  payments: { fragments: [./payments], owns: [services.ledger], constrains: [] }
observations:
  - { files: [none.json], observer: cluster }
rules:
  - { rule: HA-1, entry: ci, severity: warning }
exemptions: ['exemptions/*.yaml']
`
const platform = `package platform

services: [string]: {
	// Two at least.
	replicas: int & >=2 @rule(id="HA-1", title="two replicas")
	image:    string
}
`
const payments = 'package payments\n\nservices: ledger: image: "ledger:2"\n'
const exemptions = `exemptions:
  - { id: E-1, rule: HA-1, path: services.old, owner: payments, reason: moves, expires: 2026-05-04 }
  - { id: E-2, rule: HA-1, path: services.new, owner: payments, reason: starts, expires: 2027-01-01 }
`

const stored = await storedService(t)
const { app, service, clock } = stored

async function ask(
  method: 'GET' | 'PUT' | 'POST',
  path: string,
  payload?: object | string,
  headers: Record<string, string> = {},
): Promise<{ readonly status: number; readonly body: unknown; readonly etag: string }> {
  const type = typeof payload === 'string' ? 'application/yaml' : 'application/json'
  const answer = await app.inject({
    method,
    url: `/v1/workspaces/shop${path}`,
    headers: { ...(payload === undefined ? {} : { 'content-type': type }), ...headers },
    ...(payload === undefined ? {} : { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
  })
  const body: unknown = answer.body === '' ? '' : answer.json()
  const url = `/v1/workspaces/shop${path}`
  if (body !== '') t.same(answerProblems(method, url, answer.statusCode, body), [], `${method} ${url} fits`)
  return { status: answer.statusCode, body, etag: String(answer.headers['etag']) }
}

t.before(async () => {
  await ask('PUT', '', workspace)
  await ask('PUT', '/teams/platform/fragments', { files: { 'platform/services.cue': platform } })
  await ask('PUT', '/teams/payments/fragments', { files: { 'payments/ledger.cue': payments } })
  await ask('PUT', '/files', {
    files: { 'exemptions/all.yaml': exemptions, 'exemptions/bad.yaml': 'exemptions: [{ id: E-3 }]\n' },
  })
  clock.now = new Date('2026-05-04T09:31:00Z')
  await ask('POST', '/snapshots', {
    snapshot: 1,
    observer: 'cluster',
    sequence: 1,
    observedAt: '2026-05-04T09:30:30Z',
    state: { services: { ledger: { replicas: 1, image: 'ledger:2' }, web: { replicas: 1 } } },
  })
  clock.now = new Date('2026-05-04T09:32:00Z')
  await service.makeCheck({ workspace: 'shop', environment: 'default' })
})

t.test('a path with all that is known of it', async (t) => {
  const answer = await ask('GET', '/explain?path=services.ledger.replicas')
  t.match(answer, {
    status: 200,
    body: {
      at: 'services.ledger.replicas',
      exists: true,
      owner: 'payments',
      conjuncts: [{ team: 'platform', file: 'platform/services.cue', line: 5, role: 'pattern' }],
      observations: [{ observer: 'cluster', sequence: 1, value: 1 }],
      verdict: 'violates',
    },
  })
  const known = { 'if-none-match': answer.etag }
  t.match(await ask('GET', '/explain?path=services.ledger.replicas', undefined, known), { status: 304, body: '' })
  t.match(
    await ask('GET', '/explain?path=services.ledger.replicas&at=2026-05-04T09:30:30Z'),
    { body: { observations: [], exists: true } },
    'nothing was known yet',
  )
  t.match(await ask('GET', '/explain?path=services..x'), { status: 400, body: { code: 'QUERY_INVALID' } })
  t.match(await ask('GET', '/explain?environment=prod'), { status: 400, body: { code: 'QUERY_INVALID' } })
})

t.test('a level of the tree, with what was found below', async (t) => {
  t.match(await ask('GET', '/tree'), {
    body: {
      at: '',
      revision: 4,
      // Two exemptions that excuse nothing, and a file of them that cannot be read, are about the whole.
      findings: { violates: 3, none: 3 },
      items: [{ label: 'services', kind: 'struct', members: 2, findings: { violates: 3 }, state: 'violates' }],
      more: 0,
      hidden: 0,
    },
  })
  t.match(await ask('GET', '/tree?path=services&depth=2'), {
    body: {
      items: [
        {
          label: 'ledger',
          kind: 'struct',
          findings: { violates: 1 },
          children: {
            items: [
              { label: 'image', kind: 'value', text: '"ledger:2"', findings: { violates: 0 } },
              {
                label: 'replicas',
                kind: 'value',
                text: 'int & >=2',
                at: 'services.ledger.replicas',
                findings: { violates: 1 },
              },
            ],
          },
        },
        { label: 'web', kind: 'struct', findings: { violates: 2 }, teams: ['platform'] },
      ],
    },
  })
  t.match(await ask('GET', '/tree?path=services.ledger&show=findings'), {
    body: { items: [{ label: 'replicas' }], hidden: 1, more: 0 },
  })
  t.match(await ask('GET', '/tree?path=services&q=WE&limit=1'), { body: { items: [{ label: 'web' }], hidden: 1 } })
  t.match(await ask('GET', '/tree?path=services&limit=1'), {
    body: { items: [{ label: 'ledger' }], more: 1, next: 'ledger' },
  })
  t.match(await ask('GET', '/tree?path=services&limit=1&after=ledger'), {
    body: {
      items: [
        {
          label: 'web',
          state: 'violates',
          observations: [],
        },
      ],
      more: 0,
      next: undefined,
    },
  })
  t.match(
    await ask('GET', '/tree?unfold=deviating&q=services.web.*'),
    {
      body: {
        check: 1,
        snapshots: [{ observer: 'cluster', sequence: 1 }],
        items: [
          {
            children: {
              items: [
                {
                  label: 'web',
                  children: {
                    items: [
                      { label: 'image', kind: 'value', text: 'string', found: [{ kind: 'missing' }] },
                      {
                        label: 'replicas',
                        found: [{ rule: 'HA-1' }],
                        observations: [{ observer: 'cluster', value: 1 }],
                      },
                    ],
                  },
                },
              ],
              hidden: 1,
            },
          },
        ],
      },
    },
    'what deviates comes with what is below',
  )
  t.match(
    await ask('GET', '/tree?at=2026-05-04T09:30:30Z&show=undecided&unfold=deviating'),
    {
      body: {
        check: undefined,
        snapshots: [],
        items: [
          { label: 'services', state: 'undecided', unseen: 'unobserved', children: { items: [{ label: 'ledger' }] } },
        ],
      },
    },
    'before the first check nobody had looked',
  )
  t.match(await ask('GET', '/tree?path=services.ledger.image'), { body: { text: '"ledger:2"', items: [] } })
})

t.test('teams, rules and exemptions', async (t) => {
  t.match(await ask('GET', '/teams'), {
    body: {
      items: [
        {
          name: 'payments',
          owns: ['services.ledger'],
          constrains: [],
          set: { files: 1 },
          // Of three one is an error; what HA-1 finds is a warning in CI.
          findings: { violates: 1, none: 2 },
          fresh: 1,
        },
        // What nobody owns is for whose constraint it is about.
        { name: 'platform', contact: '#platform', fragments: [{ path: './platform' }], findings: { violates: 2 } },
      ],
    },
  })
  const { body } = await ask('GET', '/rules')
  t.match(body, {
    items: [
      {
        id: 'HA-1',
        title: 'two replicas',
        team: 'platform',
        explicit: true,
        severity: { ci: 'warning', api: 'error', admission: 'error' },
        sites: [{ file: 'platform/services.cue', line: 5 }],
        findings: { violates: 2 },
        exempted: 0,
        weeks: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
        lastViolated: '2026-05-04T09:32:00.000Z',
      },
    ],
  })
  t.match(await ask('GET', '/rules/matches'), {
    body: { check: 1, items: [{ id: 'HA-1', team: 'platform', paths: 2 }] },
  })
  const again = await ask('GET', '/rules/matches')
  t.match(again, { body: { check: 1, items: [{ id: 'HA-1', paths: 2 }] } }, 'remembered')
  t.same(await ask('GET', '/rules/matches?at=2026-05-04T09:31:59Z').then(({ body }) => body), { items: [] })
  t.match(await ask('GET', '/exemptions'), {
    body: {
      items: [
        {
          id: 'E-1',
          state: 'holds',
          file: 'exemptions/all.yaml',
          line: 2,
          excuses: [],
          flaws: [{ environment: 'default', message: /^it excuses nothing/ }],
        },
        { id: 'E-2', state: 'holds' },
      ],
      problems: [{ file: 'exemptions/bad.yaml', line: 1, message: /lacks the key/ }],
    },
  })
  t.match(await ask('GET', '/exemptions?at=2026-05-05T00:00:00Z'), {
    status: 200,
    body: { items: [{ id: 'E-1', state: 'expired' }, { state: 'holds' }] },
  })
  const soon = await ask('GET', '/exemptions?within=14d')
  t.match(soon.body, { items: [{ id: 'E-1' }] })
  t.notMatch(soon.body, { items: [{}, {}] })
})

t.test('lines of what is kept, by digest', async (t) => {
  const digest = createHash('sha256').update(platform).digest('hex')
  t.match(await ask('GET', `/files/${digest}?around=5`), {
    body: {
      file: 'platform/services.cue',
      lines: [
        { line: 2 },
        { line: 3 },
        { line: 4, text: '\t// Two at least.' },
        { line: 5 },
        { line: 6 },
        { line: 7 },
        { line: 8 },
      ],
    },
  })
  t.match(await ask('GET', `/files/${digest}?around=999`), { status: 200, body: { lines: [] } })
  const document = createHash('sha256').update(workspace).digest('hex')
  t.match(await ask('GET', `/files/${document}`), {
    body: { file: 'congruent.yaml', lines: [{ line: 1, text: 'workspace: shop' }] },
  })
  const [snapshot] = (await service.listSnapshots('shop', {}, { limit: 1 })).items
  t.match(await ask('GET', `/files/${snapshot?.digest}?around=2`), {
    body: { lines: [{ line: 1, text: '{' }, { line: 2 }] },
  })
  t.match(await ask('GET', `/files/${'0'.repeat(64)}`), { status: 404, body: { code: 'NOT_FOUND' } })
})

t.test('a proposal: what it would change, and that it comes into force', async (t) => {
  const files = { 'payments/ledger.cue': 'package payments\n\nservices: ledger: {image: "ledger:3", replicas: 4}\n' }
  const made = await ask('POST', '/proposals', { team: 'payments', title: 'four of them', files })
  t.match(made, {
    status: 201,
    body: {
      state: 'open',
      base: 4,
      title: 'four of them',
      comparison: {
        environments: [
          {
            changes: [
              { at: 'services.ledger.image', before: '"ledger:2"', after: '"ledger:3"' },
              { at: 'services.ledger.replicas', before: 'int & >=2', after: '4' },
            ],
            conflicts: { new: [], resolved: [] },
            findings: { new: [{ at: 'services.ledger.image', kind: 'mismatch' }, { at: 'services.ledger.replicas' }] },
          },
        ],
        files: { changed: 1, silent: 0 },
        faults: [],
      },
    },
  })
  const name = String(Reflect.get(Object(made.body), 'proposal'))
  t.match(await ask('GET', '/proposals?state=open'), {
    body: { items: [{ proposal: name, effect: { verdict: 'violates', tighter: 1, otherwise: 1, violating: 2 } }] },
  })
  t.match(await ask('POST', `/proposals/${name}/adopt`, undefined, { 'if-match': '"0"' }), { status: 412 })
  t.match(await ask('POST', `/proposals/${name}/adopt`), {
    status: 200,
    body: { revision: { revision: 5, cause: { kind: 'proposal', proposal: name, team: 'payments' } } },
  })
  t.match(await ask('GET', `/proposals/${name}`), { body: { state: 'adopted', adopted: 5 } })
  t.match(await ask('POST', `/proposals/${name}/adopt`), { status: 409, body: { code: 'PROPOSAL_CLOSED' } })
  t.match(await ask('POST', '/proposals/none/adopt'), { status: 404, body: { code: 'NOT_FOUND' } })

  const overtaken = await ask('POST', '/proposals', { team: 'payments', files: {} })
  await ask('PUT', '/teams/payments/fragments', { files: { 'payments/ledger.cue': payments } })
  const other = String(Reflect.get(Object(overtaken.body), 'proposal'))
  const refused = await ask('POST', `/proposals/${other}/adopt`)
  t.match(refused, { status: 409, body: { code: 'PROPOSAL_CLOSED', detail: /revision 6 has others/ } })
  const { etag } = await ask('GET', '/teams/payments/fragments')
  t.match(await ask('POST', `/proposals/${other}/adopt`, undefined, { 'if-match': etag }), { status: 200 })

  const conflicting = { 'payments/ledger.cue': 'package payments\n\nservices: ledger: replicas: 1\n' }
  const bad = await ask('POST', '/proposals', { team: 'payments', files: conflicting })
  t.match(bad, {
    status: 201,
    body: { comparison: { environments: [{ conflicts: { new: [{ kind: 'conflict' }] } }] } },
  })
  const badName = String(Reflect.get(Object(bad.body), 'proposal'))
  t.match(await ask('POST', `/proposals/${badName}/adopt`), {
    status: 409,
    body: { code: 'FRAGMENTS_CONFLICT', proposal: badName },
  })
  t.match(await ask('POST', `/proposals/${badName}/adopt?force`), { status: 200, body: { revision: { forced: true } } })
  t.match(await ask('POST', '/proposals', { team: 'paymnets', files: {} }), { status: 404 })
})
