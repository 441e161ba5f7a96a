import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import t from 'tap'
import type { Access } from '../../../src/http/access/access.ts'
import { anyCovers, parseScope } from '../../../src/model/scope.ts'
import { testApp } from '../../support/app.ts'
import { answerProblems } from '../../support/answer-fits.ts'
import { storedService, type StoredService } from '../../support/stored-service.ts'

const workspace = `workspace: shop
teams:
  platform:
    fragments: [./platform/..., { path: ./prod.yaml, environments: [prod] }]
  payments:
    fragments: [./payments]
    owns: [services.ledger]
environments:
  dev: { tags: { env: dev } }
  prod: { tags: { env: prod } }
`

const platform = {
  'platform/services.cue': 'package platform\n\nenv: string @tag(env)\nservices: [string]: replicas: int & >=2\n',
  'platform/net/net.cue': 'package net\n\nnetwork: mtu: 1500\n',
  'prod.yaml': 'services:\n  ledger: { replicas: 3 }\n',
}
const payments = { 'payments/ledger.cue': 'package payments\n\nservices: ledger: image: "ledger:2"\n' }

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
}

/** Asks the API; an object goes as JSON, a text as YAML, bytes as an archive. */
function asking({ app }: StoredService, workspace: string) {
  return async (
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    payload?: object | string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const type =
      typeof payload === 'string'
        ? 'application/yaml'
        : Buffer.isBuffer(payload)
          ? 'application/gzip'
          : 'application/json'
    const answer = await app.inject({
      method,
      url: `/v1/workspaces/${workspace}${path}`,
      headers: { ...(payload === undefined ? {} : { 'content-type': type }), ...headers },
      ...(payload === undefined
        ? {}
        : { payload: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload) }),
    })
    const isJson = /json/.test(String(answer.headers['content-type']))
    const url = `/v1/workspaces/${workspace}${path}`
    if (isJson) t.same(answerProblems(method, url, answer.statusCode, answer.json()), [], `${method} ${url} fits`)
    return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : answer.body }
  }
}

/** The asker is named by the scopes that a header gives. */
const scopedAccess: Access = {
  subjectOf: ({ headers }) => {
    const name = String(headers['x-scopes'])
    const scopes = name.split(' ').flatMap((text) => {
      const read = parseScope(text)
      return 'scope' in read ? [read.scope] : []
    })
    return { name, scopes }
  },
  may: ({ scopes }, needed) => anyCovers(scopes, needed),
}

function memberIn(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
}

const stored = await storedService(t)

t.test('a workspace comes into being, and its teams publish', async (t) => {
  const ask = asking(stored, 'shop')
  const created = await ask('PUT', '', workspace)
  t.match(created, {
    status: 201,
    body: { workspace: 'shop', revision: 1, cause: { kind: 'workspace' }, by: 'anonymous' },
  })
  t.same(stored.jobs.splice(0), ['check shop/dev', 'check shop/prod'])
  t.match(await ask('PUT', '', workspace), { status: 200, body: { revision: 1 } }, 'the same again')
  t.same(stored.jobs, [], 'changes nothing')

  const first = await ask('PUT', '/teams/platform/fragments', { files: platform })
  t.match(first, { status: 201, body: { outcome: 'published', revision: { revision: 2 }, conflicts: [] } })
  t.match(await ask('PUT', '/teams/platform/fragments', { files: platform }), {
    status: 200,
    body: { outcome: 'unchanged', revision: { revision: 2 } },
  })
  t.match(await ask('PUT', '/teams/payments/fragments', { files: payments }), {
    status: 201,
    body: { revision: { revision: 3, cause: { kind: 'fragments', team: 'payments' } } },
  })
  t.match(await ask('GET', '/desired?environment=prod'), {
    status: 200,
    headers: { 'congruent-revision': '3' },
    body: {
      desired: { services: { ledger: { replicas: 3, image: 'ledger:2' } }, network: { mtu: 1500 } },
      findings: [],
    },
  })
  t.match(await ask('GET', '/desired?environment=prod&revision=2&path=services.ledger&format=yaml'), {
    status: 200,
    body: 'replicas: 3\n',
  })
  const cue = await ask('GET', '/desired?environment=dev&format=cue')
  t.match(cue.body, 'replicas: int & >=2')
  t.match(await ask('GET', '/desired?environment=dev&format=yaml'), {
    status: 409,
    body: { code: 'DESIRED_INCOMPLETE', incomplete: [{ at: 'services.ledger.replicas' }] },
  })
  t.match(await ask('GET', '/desired?environment=prod&format=kubernetes'), {
    status: 409,
    body: { code: 'DESIRED_INCOMPLETE', detail: /there is no Kubernetes object/ },
  })
  t.match(await ask('GET', '/desired?environment=prod&format=compose&path=services.ledger'), {
    status: 200,
    headers: { 'content-type': 'application/yaml; charset=utf-8', 'congruent-revision': '3' },
    body: 'services:\n  ledger:\n    image: ledger:2\n    replicas: 3\n',
  })
  const known = { 'if-none-match': String(cue.headers['etag']) }
  t.match(await ask('GET', '/desired?environment=dev&format=cue', undefined, known), { status: 304, body: '' })
  t.match(await ask('GET', '/desired?path=a..b'), { status: 400, body: { code: 'QUERY_INVALID' } })
  t.match(await ask('GET', '/desired'), { status: 400, body: { code: 'QUERY_INVALID' } })

  t.match(await ask('GET', '/revisions?limit=2'), { body: { items: [{ revision: 3 }, { revision: 2 }], next: String } })
  t.match(await ask('GET', '/revisions/1'), { status: 200, body: { revision: 1, forced: false } })
  t.match(await ask('GET', '/revisions/9'), { status: 404, body: { code: 'NOT_FOUND' } })
  t.match(await asking(stored, 'gone')('GET', '/revisions'), { status: 404, body: { code: 'WORKSPACE_NOT_FOUND' } })
  t.match(await ask('GET', ''), { body: { name: 'shop', revision: 3, document: { workspace: 'shop' } } })
  t.equal((await ask('GET', '', undefined, { accept: 'application/yaml' })).body, workspace)
  t.match((await stored.service.listAudit('shop', { limit: 10 })).items, [
    { action: 'publish fragments', subject: 'payments', revision: 3, by: 'anonymous' },
    { action: 'publish fragments', revision: 2 },
    { action: 'put workspace', revision: 1 },
  ])
  t.match(await stored.options.store.events.after('shop', 0, 10), [
    { event: 1, kind: 'revision', revision: 1 },
    { event: 2, kind: 'revision', revision: 2 },
    { event: 3, kind: 'revision', revision: 3 },
  ])
})

t.test('what may not be published, and what is refused as head', async (t) => {
  const ask = asking(stored, 'shop-b')
  const document = workspace.replace('shop', 'shop-b')
  await ask('PUT', '', document)
  const first = await ask('PUT', '/teams/platform/fragments', { files: platform })
  const put = (files: object, query = '', headers?: Record<string, string>) =>
    ask('PUT', `/teams/payments/fragments${query}`, { files }, headers)

  t.match(await put({ 'platform/x.cue': 'package platform' }), {
    status: 400,
    body: { code: 'BODY_INVALID', problems: [{ file: 'platform/x.cue', message: /belongs to team `platform`/ }] },
  })
  for (const [name, why] of [
    ['other/x.cue', /belongs to no team/],
    ['../x.cue', /leaves the workspace/],
    ['/etc/x.cue', /is absolute/],
    ['payments\\x.cue', /holds a backslash/],
    ['congruent.yaml', /is the workspace file/],
    ['payments/\u0000', /control character/],
    ['cue.mod/module.cue', /belongs to no team/],
  ] as const)
    t.match(await put({ [name]: '' }), { status: 400, body: { code: 'BODY_INVALID', detail: why } }, name)
  t.match(await put({ 'payments/a': '', 'payments/a/b': '' }), { status: 400, body: { detail: /which is a file/ } })
  t.match(await ask('PUT', '/teams/paymnets/fragments', { files: {} }), {
    status: 404,
    body: { code: 'NOT_FOUND', detail: /did you mean `payments`/ },
  })
  t.match(await asking(stored, 'gone')('PUT', '/teams/a/fragments', { files: {} }), {
    status: 404,
    body: { code: 'WORKSPACE_NOT_FOUND' },
  })

  const few = { 'payments/ledger.cue': 'package payments\n\nservices: ledger: replicas: 1\n' }
  const refused = await put(few)
  t.match(refused, {
    status: 409,
    body: {
      code: 'FRAGMENTS_CONFLICT',
      conflicts: [{ kind: 'conflict', at: 'services.ledger.replicas', environment: 'dev' }, { environment: 'prod' }],
      proposal: String,
    },
  })
  const name = /`([^`]+)`$/.exec(String(memberIn(refused.body, 'detail')))?.[1] ?? ''
  t.match(await put(few), { body: { proposal: name } }, 'the same again is the same proposal')
  t.match(await put({ 'payments/ledger.cue': 'package payments\n\nservices: {\n' }), {
    status: 409,
    body: { conflicts: [{ kind: 'unreadable' }, { kind: 'unreadable' }] },
  })
  const proposal = await ask('GET', `/proposals/${name}`)
  t.match(proposal.body, {
    team: 'payments',
    base: 2,
    state: 'open',
    comparison: {
      verdict: 'conflicts',
      approvals: [{ team: 'payments' }],
      environments: [
        { name: 'dev', changes: [{ at: 'services.ledger', change: 'added', after: '{replicas: 1}' }] },
        { name: 'prod', changes: [{ at: 'services.ledger.replicas', change: 'changed', before: '3', after: '1' }] },
      ],
    },
  })
  t.match(await ask('GET', '/revisions?limit=1'), { body: { items: [{ revision: 2 }] } }, 'no revision came of it')

  const forced = await put(few, '?force')
  t.match(forced, { status: 201, body: { revision: { revision: 3, forced: true }, conflicts: [{}, {}] } })
  const more = { ...few, 'payments/more.cue': 'package payments\n\nmore: 1\n' }
  t.match(await put(more), { status: 201, body: { revision: { forced: false } } }, 'an old conflict is no news')

  const tag = String(first.headers['etag'])
  const current = String((await ask('GET', '/teams/payments/fragments')).headers['etag'])
  t.match(await put(payments, '', { 'if-match': tag }), { status: 412, body: { code: 'PRECONDITION_FAILED' } })
  t.match(await put(payments, '', { 'if-match': current }), { status: 201 })
})

t.test('shared files, archives, and files that change hands', async (t) => {
  const ask = asking(stored, 'shop-c')
  const document = workspace.replace('shop', 'shop-c')
  await ask('PUT', '', document)
  const shared = {
    'cue.mod/module.cue': 'module: "shop.example"\nlanguage: version: "v0.9.0"\n',
    'lib/lib.cue': 'package lib\n\nmtu: 9000\n',
  }
  t.match(await ask('PUT', '/files', { files: shared }), {
    status: 201,
    body: { revision: { cause: { kind: 'shared' } } },
  })
  t.match(await ask('PUT', '/files', { files: platform }), { status: 400, body: { code: 'BODY_INVALID' } })
  t.match(await ask('GET', '/teams/platform/fragments'), { status: 404 })

  const net = 'package net\n\nimport "shop.example/lib"\n\nenv: string @tag(env)\nnetwork: mtu: lib.mtu\n'
  const archive = pack()
  archive.entry({ name: './platform/net/', type: 'directory' })
  archive.entry({ name: './platform/net/net.cue' }, net)
  archive.entry({ name: 'platform/logo.bin' }, Buffer.from([0xff, 0xfe, 0x00]))
  archive.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of archive) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  t.match(await ask('PUT', '/teams/platform/fragments', gzipSync(Buffer.concat(chunks))), {
    status: 201,
  })
  t.match(await ask('GET', '/desired?environment=dev'), { body: { desired: { network: { mtu: 9000 } } } })
  const got = await ask('GET', '/teams/platform/fragments')
  t.match(got.body, { files: { 'platform/net/net.cue': net }, binary: ['platform/logo.bin'] })
  const packed = await stored.app.inject({
    url: '/v1/workspaces/shop-c/teams/platform/fragments',
    headers: { accept: 'application/gzip' },
  })
  t.match(await ask('PUT', '/teams/platform/fragments', packed.rawPayload), { body: { outcome: 'unchanged' } })

  const handed = document.replace('./payments]', './payments, ./platform/net]')
  t.match(await ask('PUT', '', handed), { status: 200 })
  t.match(
    await ask('GET', '/desired?environment=dev'),
    { body: { notes: [{ code: 'no-fragment', line: 4 }, { line: 6 }, { line: 6 }] } },
    'what is another team’s now stays out',
  )
  t.match(await ask('PUT', '/teams/payments/fragments', { files: { ...payments, 'platform/net/net.cue': net } }), {
    status: 400,
    body: { detail: /is in the files of team `platform` already/ },
  })
  t.match(
    await ask('PUT', '/teams/platform/fragments', {
      files: { 'platform/services.cue': platform['platform/services.cue'] },
    }),
    { status: 201 },
  )
  t.match(await ask('PUT', '/teams/payments/fragments', { files: { ...payments, 'platform/net/net.cue': net } }), {
    status: 201,
  })
  t.match(await ask('GET', '/desired?environment=dev&path=network'), { body: { desired: { mtu: 9000 } } })
})

t.test('workspace documents that are refused, retention, deletion', async (t) => {
  const ask = asking(stored, 'shop-d')
  const document = workspace.replace('shop', 'shop-d')
  t.match(await asking(stored, 'plant')('PUT', '', workspace), {
    status: 400,
    body: { code: 'WORKSPACE_INVALID', problems: [{ file: 'congruent.yaml', line: 1, column: 12 }] },
  })
  t.match(await ask('PUT', '', `${document}\nteam: {}\n`), {
    status: 400,
    body: { code: 'BODY_INVALID', problems: [{ path: 'team', message: /did you mean `teams`/, line: 12 }] },
  })
  t.match(await ask('PUT', '', document.replace('[prod]', '[prdo]')), {
    status: 400,
    body: { code: 'WORKSPACE_INVALID', problems: [{ line: 4 }] },
  })
  t.match(await ask('GET', ''), { status: 404, body: { code: 'WORKSPACE_NOT_FOUND' } }, 'nothing was made')
  t.match(await ask('PUT', '', { workspace: 'shop-d', teams: {} }, { 'if-match': '*' }), { status: 412 })
  const made = await ask('PUT', '', { workspace: 'shop-d', teams: {} })
  t.match(made, { status: 201 })
  t.match(await ask('PUT', '', document, { 'if-match': '"0"' }), { status: 412 })
  t.match(await ask('PUT', '', document, { 'if-match': String(made.headers['etag']) }), { status: 200 })
  t.match(await ask('PUT', '/retention', { eventsDays: 30 }), {
    status: 200,
    body: { retention: { eventsDays: 30 } },
  })
  t.match(await ask('PUT', '/retention', { eventsDays: 0 }), { status: 400 })
  t.match((await stored.app.inject('/v1/workspaces')).json(), {
    items: [{}, {}, {}, { name: 'shop-d', retention: { eventsDays: 30 } }],
  })
  t.match(await ask('DELETE', ''), { status: 204, body: '' })
  t.match(await ask('DELETE', ''), { status: 404 })
  t.match((await stored.service.listAudit('shop-d', { limit: 1 })).items, [{ action: 'delete workspace' }])
})

t.test('who publishes at once loses nothing, and the same set is one revision', async (t) => {
  const ask = asking(stored, 'shop-e')
  const teams = ['a', 'b', 'c', 'd', 'e', 'f']
  await ask('PUT', '', {
    workspace: 'shop-e',
    teams: Object.fromEntries(teams.map((team) => [team, { fragments: [`./${team}`] }])),
  })
  const publish = (team: string) =>
    ask('PUT', `/teams/${team}/fragments`, { files: { [`${team}/x.cue`]: `package ${team}\n\n${team}: 1\n` } })
  const answers = await Promise.all([...teams, ...teams].map(publish))
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 200, 200, 200, 200, 200, 201, 201, 201, 201, 201, 201],
  )
  t.match(await ask('GET', '/desired'), { body: { desired: { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 } } })
  t.match(await ask('GET', '/revisions?limit=1'), { body: { items: [{ revision: 7 }] } })

  const both = ['a: 2', 'a: 3'].map((text) =>
    ask('PUT', '/teams/b/fragments', { files: { 'b/x.cue': `package b\n\nb: 1\n${text}\n` } }),
  )
  t.same(
    (await Promise.all(both)).map(({ status }) => status),
    [409, 409],
    'each is judged by the head that it would change',
  )
})

t.test('who may what', async (t) => {
  const { app } = await testApp(t, { service: stored.service, access: scopedAccess, clock: () => stored.clock.now })
  const ask = async (scopes: string, method: 'GET' | 'PUT' | 'POST', path: string, payload?: object) => {
    const answer = await app.inject({
      method,
      url: `/v1/workspaces${path}`,
      headers: { 'x-scopes': scopes },
      ...(payload === undefined ? {} : { payload }),
    })
    return { status: answer.statusCode, body: answer.json<unknown>() }
  }
  const put = (scopes: string, query = '') =>
    ask(scopes, 'PUT', `/shop-f/teams/platform/fragments${query}`, { files: platform })
  await ask('admin:*', 'PUT', '/shop-f', {
    workspace: 'shop-f',
    teams: { platform: { fragments: ['./platform/...', './prod.yaml'] } },
  })
  t.match(await put('publish:shop-f/payments read:shop-f'), { status: 403, body: { code: 'FORBIDDEN' } })
  t.match(await put('publish:shop-f/platform', '?force'), { status: 403 }, 'force needs admin')
  t.match(await put('publish:shop-f/platform'), { status: 201, body: { revision: { by: 'publish:shop-f/platform' } } })
  t.match(await ask('publish:shop-f/platform', 'PUT', '/shop-f/files', { files: {} }), { status: 403 })

  const proposal = { team: 'platform', files: {} }
  t.match(await ask('publish:shop-f/payments', 'POST', '/shop-f/proposals', proposal), { status: 403 })
  const made = await ask('publish:shop-f/platform', 'POST', '/shop-f/proposals', proposal)
  t.match(made, { status: 201 })
  const adopt = (scopes: string, name: string) => ask(scopes, 'POST', `/shop-f/proposals/${name}/adopt`)
  const name = String(memberIn(made.body, 'proposal'))
  t.match(await adopt('publish:shop-f/payments', name), { status: 403 })
  t.match(await adopt('publish:shop-f/payments', 'none'), { status: 403 }, 'who may not read learns nothing')
  t.match(await adopt('read:shop-f', 'none'), { status: 404 })
  t.match(await adopt('publish:shop-f/platform', name), { status: 200 })
  t.same(await ask('read:other', 'GET', ''), { status: 200, body: { items: [] } })
  t.match(await ask('read:shop-f', 'GET', ''), { body: { items: [{ name: 'shop-f' }] } })
})
