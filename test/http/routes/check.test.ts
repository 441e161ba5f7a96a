import t from 'tap'
import type { InjectOptions } from 'fastify'
import { createCongruent, createCueGo } from '../../../src/index.ts'
import type { Access } from '../../../src/http/access/access.ts'
import { scopeCovers } from '../../../src/model/scope.ts'
import type { Scope } from '../../../src/model/access.ts'
import { createService } from '../../../src/service.ts'
import { openStore } from '../../../src/store/open-store.ts'
import { absent, testApp } from '../../support/app.ts'
import { emptyDatabases } from '../../support/empty-databases.ts'
import { idleQueue } from '../../support/idle-queue.ts'

const clock = (): Date => new Date('2026-05-04T09:30:00Z')
const congruent = createCongruent({ engine: () => createCueGo({ size: 1 }), clock, fewest: 1 })
const store = await openStore({ cache: emptyDatabases, clock })
const service = createService({
  congruent,
  store,
  queue: idleQueue,
  outgoing: absent('outgoing'),
  clock,
  random: () => 'x'.repeat(43),
})
const granted: Scope[] = ['admin:*']
const access: Access = {
  subjectOf: () => ({ name: 'tester', scopes: granted }),
  may: ({ scopes }, needed) => scopes.some((scope) => scopeCovers(scope, needed)),
}
const { app } = await testApp(t, { congruent, service, access, clock })
t.teardown(async () => {
  await congruent.close()
  await store.close()
})

async function ask(method: 'POST' | 'PUT', url: string, payload: object | string, type = 'application/json') {
  const options: InjectOptions = { method, url, headers: { 'content-type': type }, payload }
  const { statusCode: status, body } = await app.inject(options)
  return { status, body, json: () => JSON.parse(body) }
}

const document = {
  workspace: 'shop',
  teams: { platform: { fragments: ['./platform'], owns: ['services'] } },
  environments: { prod: {}, dev: { tags: {} } },
}
const rules = `package platform
services: [string]: { image!: =~"^registry/", replicas?: int & >=2 & <=6, ... }
`
const whole = { workspace: document, files: { 'platform/rules.cue': rules } }
const snapshot = (state: object, more: object = {}) => ({
  snapshot: 1,
  observer: 'agent',
  sequence: 3,
  observedAt: '2026-05-04T09:29:00Z',
  state,
  ...more,
})
const fine = { services: { web: { image: 'registry/web', replicas: 3 } } }
const wrong = { services: { web: { image: 'registry/web', replicas: 9 } } }

t.test('a whole workspace is checked; findings say where in what was sent', async (t) => {
  const good = await ask('POST', '/v1/check', { ...whole, snapshots: [snapshot(fine)] })
  t.equal(good.status, 200)
  t.match(good.json(), { verdict: 'conforms', findings: [], checkedAt: '2026-05-04T09:30:00.000Z' })
  t.same(
    good.json().environments.map(({ name }: { name: string }) => name),
    ['dev', 'prod'],
  )
  const sent = {
    ...whole,
    environment: 'prod',
    now: '2026-06-01T00:00:00Z',
    snapshots: [
      snapshot(wrong, { covers: ['services.web'] }),
      { adapter: 'plain', observer: 'b', covers: ['services.api'], state: { services: { api: { image: 'x' } } } },
      { adapter: 'plain', at: 'services.db', documents: [{ replicas: 2, image: 'y' }] },
    ],
  }
  const bad = await ask('POST', '/v1/check', sent)
  t.equal(bad.status, 200)
  const places = bad
    .json()
    .findings.flatMap(({ at, observations }: { at: string; observations: { file: string }[] }) =>
      observations.map((one) => ({ at, ...one })),
    )
  t.match(
    places.filter(({ at }: { at: string }) => at === 'services.db.image'),
    [{ file: 'snapshots[2].documents[0]', pointer: '/image', line: 3, column: 12, value: 'y' }],
  )
  t.ok(
    places.some(
      ({ file, pointer }: { file: string; pointer: string }) =>
        file === 'snapshots[0]' && pointer === '/state/services/web/replicas',
    ),
  )
  t.equal(bad.json().checkedAt, '2026-06-01T00:00:00.000Z')
  const yaml = `workspace: ${JSON.stringify(document)}\nfiles: ${JSON.stringify(whole.files)}\nsnapshots: ${JSON.stringify([snapshot(fine)])}\n`
  t.same((await ask('POST', '/v1/check', yaml, 'application/yaml')).json(), good.json())
})

t.test('what does not fit is refused, with its place', async (t) => {
  const refused = async (more: object, path: string | undefined, detail: RegExp) => {
    const { status, json } = await ask('POST', '/v1/check', { ...whole, snapshots: [snapshot(fine)], ...more })
    t.equal(status, 400, JSON.stringify(more))
    t.match(json(), { code: /BODY_INVALID|WORKSPACE_INVALID|USAGE/, detail })
    if (path !== undefined) t.equal(json().problems[0].path, path)
  }
  await refused({ snapshot: [] }, 'snapshot', /unknown key `snapshot`; did you mean `snapshots`/)
  await refused({ snapshots: [snapshot(fine, { sequence: -1 })] }, 'snapshots[0].sequence', /at least 0/)
  await refused({ snapshots: [{ adapter: 'plain' }] }, 'snapshots[0]', /either `state` or `documents`/)
  await refused({ snapshots: [{ adapter: 'plian', state: {} }] }, 'snapshots[0].adapter', /did you mean `plain`/)
  await refused({ snapshots: [{ adapter: 'plain', at: 'a..b', state: {} }] }, undefined, /a\.\.b|path/)
  await refused({ now: '2026-02-31T00:00:00Z', environment: 'nowhere' }, undefined, /./)
  await refused({ environment: 'prd' }, undefined, /no environment `prd`.*did you mean `prod`/)
  await refused({ files: { '../../etc/passwd': 'x' } }, 'files', /leaves the workspace/)
  await refused({ files: { '/etc/passwd': 'x' } }, 'files', /absolute/)
  await refused({ files: { 'a\0b': 'x' } }, 'files', /control character/)
  await refused({ files: { 'congruent.yaml': 'x' } }, 'files', /workspace file/)
  await refused({ files: {} }, undefined, /fragments that are not there/)
  await refused({ workspace: { ...document, teams: { a: { fragments: ['../x'] } } } }, undefined, /./)
  const proto = `{"workspace":${JSON.stringify(document)},"files":{"__proto__":"x","platform/rules.cue":${JSON.stringify(rules)}},"snapshots":[]}`
  t.equal((await ask('POST', '/v1/check', proto)).status, 200, 'a file of any name but what leads out')
})

t.test('hostile requests cost themselves only', async (t) => {
  const hostile = [
    { ...whole, files: { 'platform/rules.cue': `package platform\nx: ${'['.repeat(100_000)}` } },
    { ...whole, files: { 'platform/rules.cue': 'package platform\nx: x + 1\ny: {y}\n' } },
    {
      ...whole,
      files: {
        'platform/rules.cue': `package platform\n${Array.from({ length: 24 }, (_, i) => `x: {a${i}: 1} | {b${i}: 2} | {c${i}: 3}`).join('\n')}\n`,
      },
    },
  ]
  const beside = Promise.all([
    ...hostile.map((one) =>
      app.inject({
        method: 'POST',
        url: '/v1/check',
        headers: { prefer: 'wait=2' },
        payload: { ...one, snapshots: [snapshot(fine)], environment: 'prod' },
      }),
    ),
  ])
  const deep = `{"workspace":"shop","snapshots":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  t.match((await ask('POST', '/v1/check', deep)).json(), { code: 'BODY_INVALID', detail: /500 levels/ })
  t.equal((await ask('POST', '/v1/check', { ...whole, snapshots: [snapshot(fine)] })).status, 200)
  for (const { statusCode } of await beside) t.ok([200, 503, 504].includes(statusCode), String(statusCode))
})

t.test('a stored workspace is checked by its name, by its newest revision', async (t) => {
  const sent = { workspace: 'shop', environment: 'prod', snapshots: [snapshot(fine)] }
  t.match((await ask('POST', '/v1/check', sent)).json(), { status: 404, code: 'WORKSPACE_NOT_FOUND' })
  t.equal((await ask('PUT', '/v1/workspaces/shop', document)).status, 201)
  const publish = (text: string) =>
    ask('PUT', '/v1/workspaces/shop/teams/platform/fragments', { files: { 'platform/rules.cue': text } })
  t.match((await ask('POST', '/v1/check', sent)).json(), { verdict: /./, notes: [{ code: 'no-fragment' }] })
  t.ok((await publish(rules)).status < 300)
  t.match((await ask('POST', '/v1/check', sent)).json(), { verdict: 'conforms' })
  t.match((await ask('POST', '/v1/check', sent)).json(), { verdict: 'conforms' }, 'at once')
  t.ok((await publish(rules.replace('<=6', '<=2'))).status < 300)
  t.match((await ask('POST', '/v1/check', sent)).json(), { verdict: 'violates' }, 'the revision that was just made')
  t.ok((await publish(rules)).status < 300)

  const unified = (await ask('POST', '/v1/unify', { workspace: 'shop', environment: 'prod' })).json()
  t.match(unified, { conflicts: [], incomplete: [], digest: /^[0-9a-f]{64}$/, desired: {} })
  const explained = await ask('POST', '/v1/explain', { ...sent, at: 'services.web.replicas' })
  t.match(explained.json(), { exists: true, conjuncts: [{ team: 'platform' }], observations: [{ value: 3 }] })
  t.match((await ask('POST', '/v1/explain', { ...sent, at: 'a..b' })).json(), { code: 'BODY_INVALID' })
})

t.test('who may check a stored workspace may not read it, nor check another', async (t) => {
  granted.splice(0, granted.length, 'check:shop')
  t.teardown(() => void granted.splice(0, granted.length, 'admin:*'))
  const stored = (workspace: string) => ({ workspace, environment: 'prod', snapshots: [snapshot(fine)] })
  t.equal((await ask('POST', '/v1/check', stored('shop'))).status, 200)
  t.match((await ask('POST', '/v1/check', stored('plant'))).json(), { code: 'FORBIDDEN', detail: /check:plant/ })
  t.match((await ask('POST', '/v1/unify', { workspace: 'shop', environment: 'prod' })).json(), { code: 'FORBIDDEN' })
  t.match((await ask('POST', '/v1/explain', { workspace: 'shop', at: 'x' })).json(), { code: 'FORBIDDEN' })
  t.equal((await ask('POST', '/v1/check', { ...whole, snapshots: [] })).status, 200, 'what comes along is anybody’s')
  const lines = [stored('shop'), stored('plant')].map((one) => JSON.stringify(one)).join('\n')
  const { body } = await ask('POST', '/v1/check/batch', lines, 'application/x-ndjson')
  t.match(linesOf(body), [
    { line: 1, report: { verdict: 'conforms' } },
    { line: 2, problem: { code: 'FORBIDDEN' } },
  ])
})

function linesOf(body: string): readonly { readonly line: number }[] {
  const lines: { line: number }[] = body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  return lines.toSorted((a, b) => a.line - b.line)
}

t.test('a batch answers each line by itself', async (t) => {
  const common = { workspace: 'shop', environment: 'prod' }
  const lines = [
    JSON.stringify({ common }),
    JSON.stringify({ snapshots: [snapshot(fine)] }),
    JSON.stringify({ snapshots: [snapshot(wrong)] }),
    '',
    '{"snapshots": [',
    JSON.stringify({ snapshots: [snapshot(fine)], environment: 'dev' }),
    JSON.stringify({ snapshts: [] }),
    JSON.stringify({ common: {} }),
    JSON.stringify({ ...whole, environment: 'prod', snapshots: [snapshot(wrong)] }),
    JSON.stringify({ snapshots: [snapshot(fine)], workspace: 'nowhere' }),
    `"${'x'.repeat(9 * 1024 * 1024)}"`,
    JSON.stringify({ snapshots: [snapshot(fine)] }),
  ]
  const { status, body } = await ask('POST', '/v1/check/batch', lines.join('\r\n'), 'application/x-ndjson')
  t.equal(status, 200)
  t.match(linesOf(body), [
    { line: 2, report: { verdict: 'conforms' } },
    { line: 3, report: { verdict: 'violates', findings: [{ observations: [{ file: 'snapshots[0]' }] }] } },
    { line: 5, problem: { code: 'BODY_INVALID' } },
    { line: 6, report: { verdict: 'conforms', environments: [{ name: 'dev' }] } },
    { line: 7, problem: { code: 'BODY_INVALID', detail: /did you mean `snapshots`/ } },
    { line: 8, problem: { code: 'BODY_INVALID', detail: /first line/ } },
    { line: 9, report: { verdict: 'violates' } },
    { line: 10, problem: { code: 'WORKSPACE_NOT_FOUND' } },
    { line: 11, problem: { code: 'BODY_TOO_LARGE' } },
    { line: 12, report: { verdict: 'conforms' } },
  ])
  t.equal(linesOf(body).length, 10)
  const single = await ask('POST', '/v1/check', { ...common, snapshots: [snapshot(wrong)] })
  t.match(linesOf(body)[1], { report: single.json() }, 'as by itself')

  const bad = await ask('POST', '/v1/check/batch', '{"common": 1}\n{"snapshots": []}', 'application/x-ndjson')
  t.match(linesOf(bad.body), [
    { line: 1, problem: { code: 'BODY_INVALID' } },
    { line: 2, problem: { code: 'BODY_INVALID', detail: /`workspace` is missing/ } },
  ])
  t.equal((await ask('POST', '/v1/check/batch', '', 'application/x-ndjson')).status, 400)
})
