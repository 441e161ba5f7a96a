import t from 'tap'
import { createAccess } from '../../../src/http/access/access.ts'
import { believedMs } from '../../../src/http/access/static-tokens.ts'
import { storedService } from '../../support/stored-service.ts'

t.setTimeout(120_000)

const secretValue = 'hunter2-of-the-plant'
const webhookSecret = 'whsec-0123456789abcdef'
const document = `workspace: plant
teams:
  sre: { fragments: [./sre] }
  web: { fragments: [./web] }
observations: [{ files: ['-'], observer: inventory }]
sensitive: [services.*.password]
`
const fragment = 'package sre\n\nservices: [string]: { replicas: >=2 | *2, password: =~"^[a-z]+$" }\n'

/** What answers hold; a test reads what its answer has. */
interface Told {
  readonly secret: string
  readonly items: readonly Readonly<Record<'id' | 'by' | 'action' | 'digest', string> & { revision?: number }>[]
  readonly findings: readonly { readonly kind: string; readonly at: string }[]
}

/** A server over a real store, first without tokens; what was answered and logged is in `told`. */
async function world(t: Parameters<typeof storedService>[0]) {
  const { service, app, clock, lines } = await storedService(t, {
    access: createAccess({
      tokens: { find: (id) => service.store.tokens.find(id), any: () => service.store.tokens.any() },
      onlyLoopback: true,
      allowedOrigins: [],
      clock: () => clock.now,
    }),
  })
  const told: string[] = []
  const ask = async (
    token: string | undefined,
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    url: string,
    body?: object | string,
  ) => {
    const answer = await app.inject({
      method,
      url,
      headers: {
        host: 'localhost',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined
          ? {}
          : { 'content-type': typeof body === 'string' ? 'application/yaml' : 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    const text = answer.body
    told.push(`${JSON.stringify(answer.headers)}\n${text}`)
    const isJson = /json/.test(String(answer.headers['content-type']))
    const answered: Told = isJson ? answer.json() : { secret: '', items: [], findings: [] }
    return { status: answer.statusCode, body: answered }
  }
  return { ask, told, lines, clock }
}

t.test('tokens over HTTP: made once, listed, revoked; who changed what is told; secrets are not', async (t) => {
  const { ask, told, lines, clock } = await world(t)
  const create = async (token: string | undefined, name: string, scopes: readonly string[]): Promise<string> => {
    const { status, body } = await ask(token, 'POST', '/v1/tokens', { name, scopes })
    t.equal(status, 201, name)
    told.pop()
    return body.secret
  }

  t.strictSame((await ask(undefined, 'GET', '/v1/me')).body, { name: 'anonymous', scopes: ['admin:*'], teams: [] })
  const root = await create(undefined, 'root', ['admin:*'])
  clock.now = new Date(clock.now.getTime() + believedMs)
  t.match(await ask(undefined, 'GET', '/v1/me'), { status: 401 }, 'the first token closes the door')

  for (const [body, detail] of [
    [{ name: 'x', scopes: ['write:plant'] }, /`write:plant` is no scope/],
    [{ name: 'x', scopes: ['read:plant'], expiresAt: '2020-01-01T00:00:00Z' }, /which is past/],
    [{ name: 'root', scopes: ['read:plant'] }, /there is a token `root` already/],
    [{ name: 'anonymous', scopes: ['read:plant'] }, /is no name for a token/],
    [{ name: 'x', scopes: [] }, /./],
    [{ name: 'x', scopes: ['read:plant'], expires: 'never' }, /./],
  ] as const)
    t.match(await ask(root, 'POST', '/v1/tokens', body), { status: 400, body: { detail } }, JSON.stringify(body))

  const web = await create(root, 'web pipeline', ['publish:plant/web', 'check:plant', 'publish:plant/web'])
  t.strictSame((await ask(web, 'GET', '/v1/me')).body, {
    name: 'web pipeline',
    scopes: ['check:plant', 'publish:plant/web'],
    teams: [{ workspace: 'plant', team: 'web' }],
  })
  const { body: listed } = await ask(root, 'GET', '/v1/tokens')
  t.match(listed.items, [{ name: 'root' }, { name: 'web pipeline' }])

  // A workspace with a value that is nobody's business, and a webhook with a secret.
  t.match(await ask(root, 'PUT', '/v1/workspaces/plant', document), { status: 201 })
  t.match(await ask(root, 'PUT', '/v1/workspaces/plant/teams/sre/fragments', { files: { 'sre/sre.cue': fragment } }), {
    status: 201,
  })
  const hook = { url: 'https://hooks.example/in', secret: webhookSecret }
  t.match(await ask(root, 'PUT', '/v1/workspaces/plant/webhooks/ops', hook), { status: 201 })
  told.pop()
  const state = {
    services: {
      web: { replicas: 1, password: secretValue },
      api: { replicas: 3, password: 'ok' },
    },
  }
  const sent = { adapter: 'plain', observer: 'inventory', state }
  t.match(await ask(root, 'POST', '/v1/workspaces/plant/snapshots', sent), { status: 200 })
  t.match(await ask(root, 'POST', '/v1/workspaces/plant/checks', {}), { status: 200 })
  const { body: report } = await ask(web, 'POST', '/v1/check', { workspace: 'plant', snapshots: [sent] })
  const found = report.findings.map(({ kind, at }) => `${kind} ${at}`)
  t.ok(found.includes('mismatch services.web.password'), `what is not told is checked: ${found.join(', ')}`)

  // What hangs on the body.
  const observer = await create(root, 'observer', ['observe:plant/inventory'])
  const stranger = await create(root, 'stranger', ['admin:shop', 'observe:plant/other'])
  const refusals = [
    [web, 'PUT', '/v1/workspaces/plant/teams/sre/fragments', { files: {} }],
    [web, 'PUT', '/v1/workspaces/plant/teams/web/fragments?force=true', { files: {} }],
    [web, 'POST', '/v1/workspaces/plant/proposals', { team: 'sre', files: {} }],
    [web, 'POST', '/v1/workspaces/plant/snapshots', sent],
    [observer, 'POST', '/v1/workspaces/plant/snapshots', { ...sent, observer: 'other' }],
    [observer, 'POST', '/v1/check', { workspace: 'plant', snapshots: [] }],
    [stranger, 'POST', '/v1/workspaces/plant/snapshots', sent],
    [stranger, 'POST', '/v1/unify', { workspace: 'plant' }],
    [stranger, 'POST', '/v1/explain', { workspace: 'plant', at: 'services' }],
    [stranger, 'GET', '/v1/workspaces/plant/findings', undefined],
    [stranger, 'POST', '/v1/workspaces/plant/proposals/x/adopt', undefined],
    [stranger, 'PUT', '/v1/workspaces/plant', document],
  ] as const
  for (const [token, method, url, body] of refusals)
    t.match(await ask(token, method, url, body), { status: 403, body: { code: 'FORBIDDEN' } }, `${method} ${url}`)
  t.strictSame((await ask(stranger, 'GET', '/v1/workspaces')).body.items, [], 'nobody learns what they may not read')

  const id = listed.items[1]?.id ?? ''
  t.match(await ask(root, 'DELETE', `/v1/tokens/${id}`), { status: 200, body: { id, revokedAt: /Z$/ } })
  t.match(await ask(root, 'DELETE', '/v1/tokens/0000000000000000'), { status: 404 })
  clock.now = new Date(clock.now.getTime() + believedMs)
  t.match(await ask(web, 'GET', '/v1/me'), { status: 401, body: { detail: /was revoked at/ } })

  const audited = (await ask(root, 'GET', '/v1/audit')).body.items.map(({ by, action, revision }) =>
    [by, action, revision].filter((part) => part !== undefined).join(' '),
  )
  t.strictSame(audited.toReversed(), [
    'anonymous create token',
    'root create token',
    'root put workspace 1',
    'root publish fragments 2',
    'root put webhook',
    'root record snapshots',
    'root create token',
    'root create token',
    'root revoke token',
  ])
  const own = (await ask(root, 'GET', '/v1/workspaces/plant/audit')).body.items
  t.strictSame(
    own.map(({ action }) => action),
    ['record snapshots', 'put webhook', 'publish fragments', 'put workspace'],
  )

  // Everything that can be read is read once more; then none of it, nor the log, may hold a secret.
  for (const path of [
    '',
    '/findings?facets=true',
    '/findings/summary?by=rule',
    '/observed',
    '/observers',
    '/coverage',
    '/verdict',
    '/verdict/timeline',
    '/events',
    '/desired',
    '/revisions',
    '/snapshots',
    '/webhooks',
    '/webhooks/ops',
    '/checks/1',
    '/teams',
    '/rules',
    '/exemptions',
    '/explain?path=services.web.password',
    '/tree?path=services',
    '/teams/sre/fragments',
    '/files',
    '/proposals',
    '/audit',
  ])
    t.ok([200, 404].includes((await ask(root, 'GET', `/v1/workspaces/plant${path}`)).status), path)
  const { body: snapshots } = await ask(root, 'GET', '/v1/workspaces/plant/snapshots')
  t.match(await ask(root, 'GET', `/v1/workspaces/plant/snapshots/${snapshots.items[0]?.digest}`), { status: 200 })
  await ask(root, 'GET', `/metrics?token=${root}`)
  await ask(`${root}x`, 'GET', `/v1/me?access_token=${root}`)
  t.ok(told.length > 60 && lines.length > 60, 'there is something to search')
  for (const secret of [root, web, observer, stranger, secretValue, webhookSecret])
    for (const text of [...told, ...lines]) if (text.includes(secret)) t.fail(`a secret is told: ${text.slice(0, 300)}`)
})
