import t from 'tap'
import { createAccess } from '../../src/http/access/access.ts'
import { routes } from '../../src/http/routes.ts'
import type { Route } from '../../src/http/route.ts'
import type { Scope, StoredToken } from '../../src/model/access.ts'
import { parseScope, scopeCovers } from '../../src/model/scope.ts'
import { secretDigest, tokenId, tokenSecret } from '../../src/model/token.ts'
import { testApp } from '../support/app.ts'

// What holds for every route that there is, from what the table says of it.

/** Routes that ask for no token, each for a reason: those that watch a server have none, the API may be read, and who signs in has not yet. */
const open = [
  'GET /healthz',
  'GET /readyz',
  'GET /openapi.json',
  'GET /docs',
  'GET /docs/:file',
  'GET /v1/session',
  'POST /v1/session',
  'GET /v1/session/oidc',
  'GET /v1/session/oidc/callback',
]

const named: Readonly<Record<string, string>> = {
  workspace: 'plant',
  team: 'web',
  token: '0123456789abcdef',
  revision: '1',
  check: '1',
  digest: '0'.repeat(64),
  fingerprint: '0'.repeat(32),
  undecided: 'deny',
}

function addressOf({ url }: Route): string {
  return url.replaceAll(/:(\w+)/g, (_, name: string) => named[name] ?? 'thing')
}

function scopeOf({ needs }: Route): Scope | undefined {
  return typeof needs === 'function' ? needs({ ...named, observer: 'thing' }) : undefined
}

/** Everything that may be granted and does not give what is needed: other workspaces, other teams and observers, other verbs. */
function lacking(needed: Scope): readonly Scope[] {
  const all = ['plant', 'shop', '*'].flatMap((workspace): readonly Scope[] => [
    `read:${workspace}`,
    `check:${workspace}`,
    `admin:${workspace}`,
    ...['web', 'sre', '*'].flatMap((name): readonly Scope[] => [
      `observe:${workspace}/${name}`,
      `publish:${workspace}/${name}`,
      `review:${workspace}/${name}`,
    ]),
  ])
  return all.filter((scope) => !scopeCovers(scope, needed))
}

/** A server with tokens, each of the scopes that it is asked for; handlers of routes reach nothing. */
async function guarded(t: Parameters<typeof testApp>[0]) {
  const kept = new Map<string, { token: StoredToken; digest: string }>()
  const access = createAccess({
    tokens: { any: async () => true, find: async (id) => kept.get(id) },
    onlyLoopback: true,
    allowedOrigins: [],
    clock: () => new Date(0),
  })
  const { app, lines } = await testApp(t, { access })
  const tokenWith = (scopes: readonly Scope[]): string => {
    const secret = tokenSecret(`${String(kept.size).padStart(6, '0')}${'s'.repeat(37)}`)
    const digest = secretDigest(secret)
    const token = { id: tokenId(digest), name: 'ci', scopes, createdAt: '' }
    kept.set(token.id, { token, digest })
    return secret
  }
  const ask = (route: Route, token?: string, more: { method?: 'PATCH'; payload?: string; type?: string } = {}) =>
    app.inject({
      method: more.method ?? route.method,
      url: addressOf(route),
      headers: {
        host: 'localhost',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(more.type === undefined ? {} : { 'content-type': more.type }),
      },
      ...(more.payload === undefined ? {} : { payload: more.payload }),
    })
  return { ask, tokenWith, lines }
}

t.test('a route says what it needs, once and in order', async (t) => {
  const operations = routes.map(({ operation }) => operation)
  t.equal(new Set(operations).size, operations.length, 'no two operations have one name')
  for (const { method, url, needs, ...route } of routes) {
    const name = `${method} ${url}`
    t.equal(needs === 'anyone', open.includes(name), `${name}: for anyone only where it is listed here`)
    t.notOk(method === 'GET' && route.body, `${name}: what is asked for stands in the address`)
  }
  for (const route of routes) {
    const scope = scopeOf(route)
    if (scope === undefined) continue
    t.strictSame(parseScope(scope), { scope }, route.operation)
    const workspace = route.url.includes(':workspace') ? 'plant' : '*'
    t.match(scope, `:${workspace}`, `${route.operation}: the scope is about the workspace of the address`)
    if (route.url.includes('/teams/:team') && route.method !== 'GET')
      t.equal(scope, 'publish:plant/web', `${route.operation}: only for the team of the address`)
    if (scope.startsWith('read:')) t.not(route.method, 'DELETE', `${route.operation}: who reads changes nothing`)
    if (scope.startsWith('read:')) t.not(route.method, 'PUT', `${route.operation}: who reads changes nothing`)
  }
})

t.test('no token, a wrong one, one that gives something else', async (t) => {
  const { ask, tokenWith, lines } = await guarded(t)
  const unknown = tokenSecret('u'.repeat(43))
  for (const route of routes.filter(({ needs }) => needs !== 'anyone')) {
    const name = `${route.method} ${route.url}`
    for (const token of [undefined, unknown, 'junk']) {
      const answer = await ask(route, token)
      t.equal(answer.statusCode, 401, name)
      t.equal(answer.headers['www-authenticate'], 'Bearer', name)
      t.match(answer.json(), { code: 'UNAUTHENTICATED' }, name)
    }
    const needed = scopeOf(route)
    if (needed === undefined) continue
    const others = tokenWith(lacking(needed))
    const answer = await ask(route, others)
    t.equal(answer.statusCode, 403, `${name} needs ${needed}`)
    t.match(answer.json(), { code: 'FORBIDDEN', detail: `\`${needed}\`` }, name)
    for (const secret of [unknown, others])
      t.notOk(
        [answer.body, ...lines].some((text) => text.includes(secret.slice(4))),
        'no token in answers and logs',
      )
  }
})

t.test('a wrong method, a wrong type, a wrong body', async (t) => {
  const { ask, tokenWith } = await guarded(t)
  for (const route of routes) {
    const name = `${route.method} ${route.url}`
    const token = tokenWith([scopeOf(route) ?? 'admin:*'])
    const wrongMethod = await ask(route, token, { method: 'PATCH' })
    t.equal(wrongMethod.statusCode, 405, name)
    t.match(wrongMethod.headers['allow'], route.method, name)
    if (route.body === undefined) continue
    const wrongType = await ask(route, token, { payload: 'x', type: 'text/plain' })
    t.equal(wrongType.statusCode, 415, name)
    if (!route.body.types.includes('application/json')) continue
    for (const payload of ['{', '"junk"', '{"no-such-member":1}', '{"__proto__":1}']) {
      const wrongBody = await ask(route, token, { payload, type: 'application/json' })
      t.equal(wrongBody.statusCode, 400, `${name} ${payload}`)
      t.equal(wrongBody.headers['content-type'], 'application/problem+json; charset=utf-8', name)
    }
    if (route.body.optional) continue
    const noBody = await ask(route, token)
    t.equal(noBody.statusCode, 400, name)
  }
})
