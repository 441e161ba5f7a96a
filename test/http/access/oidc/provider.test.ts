import { randomBytes } from 'node:crypto'
import t, { type Test } from 'tap'
import { createProvider, type ProviderSettings } from '../../../../src/http/access/oidc/provider.ts'
import { createOutgoing } from '../../../../src/outgoing/outgoing.ts'
import { type Bent, clientSecret, identityProvider } from '../../../support/identity-provider.ts'
import { appWithSessions } from '../../../support/signed-in.ts'
import { storedService } from '../../../support/stored-service.ts'

const seen = 'https://congruent.example'

/** A server at whose provider people sign in, and a browser. */
async function world(
  t: Test,
  more: Partial<ProviderSettings> = {},
  allow: readonly string[] = ['127.0.0.1'],
  pages = seen,
) {
  const stored = await storedService(t)
  const theirs = await identityProvider(t)
  const settings: ProviderSettings = {
    issuer: new URL(theirs.issuer),
    clientId: 'congruent',
    clientSecret,
    clockSkewSeconds: 30,
    callback: new URL(`${pages}/v1/session/oidc/callback`),
    ...more,
  }
  const random = (): string => randomBytes(32).toString('base64url')
  // As another replica would.
  const replica = async () => {
    const outgoing = createOutgoing({ allow })
    const provider = createProvider({ settings, outgoing, clock: () => stored.clock.now, random })
    return appWithSessions(t, stored, { secure: true, pages, provider })
  }
  const { app, lines } = await replica()
  const ask = async (url: string, cookie = '', by = app, accept = '*/*') => {
    const answer = await by.inject({
      url,
      headers: { host: 'congruent.example', 'sec-fetch-site': 'cross-site', cookie, accept },
    })
    const cookies = [answer.headers['set-cookie'] ?? []].flat()
    const body: Readonly<Record<string, unknown>> = answer.body === '' ? {} : answer.json()
    return { status: answer.statusCode, body, cookies, location: answer.headers['location'] ?? '' }
  }
  const begin = async (to = '') => {
    const { location, cookies } = await ask(`/v1/session/oidc${to === '' ? '' : `?to=${encodeURIComponent(to)}`}`)
    return { location, cookie: cookies[0]?.split(';', 1)[0] ?? '' }
  }
  const back = (query: URLSearchParams, cookie: string, by = app) =>
    ask(`/v1/session/oidc/callback?${query.toString()}`, cookie, by)
  /** The whole way; answers why one was not let in. */
  const signIn = async (bent: Bent = {}): Promise<string> => {
    theirs.bend(bent)
    const { location, cookie } = await begin()
    const { status, body, cookies } = await back(theirs.letIn(location), cookie)
    t.equal(status === 303, cookies.length === 2, 'only who is let in gets a session')
    const { detail, scopes } = status === 303 ? (await me(cookies)).body : body
    return `${status} ${typeof detail === 'string' ? detail : JSON.stringify(scopes)}`
  }
  const me = (cookies: readonly string[], by = app) => ask('/v1/me', cookies[0]?.split(';', 1)[0], by)
  return { stored, theirs, replica, ask, begin, back, signIn, me, lines }
}

t.test('a person signs in and is led to the page they came from', async (t) => {
  const { ask, begin, back, me, theirs, replica, lines, stored } = await world(t)
  t.match(await ask('/v1/session'), { status: 200, body: { ways: ['provider', 'token'] } })
  t.strictSame(theirs.asked, [], 'a server needs its provider when somebody signs in')

  const sent = await ask('/v1/session/oidc?to=%2Fw%2Fshop%3Fq%3D1')
  t.match(sent, {
    status: 303,
    cookies: [/^__Host-congruent-sign-in=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/],
  })
  const asked = Object.fromEntries(new URL(sent.location).searchParams)
  t.match(asked, {
    response_type: 'code',
    client_id: 'congruent',
    redirect_uri: `${seen}/v1/session/oidc/callback`,
    scope: 'openid',
    code_challenge_method: 'S256',
    code_challenge: /^[\w-]{43}$/,
    state: /^[\w-]{43}$/,
    nonce: /^[\w-]{43}$/,
  })
  const { location, cookie } = await begin('/w/shop?q=1')
  const query = theirs.letIn(location)
  const { app: other } = await replica()
  const came = await back(query, `${cookie}; a=b`, other)
  t.match(came, {
    status: 303,
    location: '/w/shop?q=1',
    cookies: [
      /^__Host-congruent-session=cgs_[\w-]+; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=43200$/,
      /^__Host-congruent-sign-in=; .*Max-Age=0$/,
    ],
  })
  t.match(await me(came.cookies), { status: 200, body: { name: 'ada', scopes: ['read:plant'], csrf: String } })
  t.match(await back(query, cookie), { status: 401, body: { detail: /takes the code of this sign-in no more/ } })

  const { items } = await stored.service.listAudit(undefined, { limit: 10 })
  t.match(items, [{ action: 'sign in', by: 'ada' }])
  const secrets = [clientSecret, query.get('code') ?? '', query.get('state') ?? '', cookie.split('=')[1] ?? '', 'cgs_']
  for (const secret of secrets)
    t.notOk(
      lines.some((line) => line.includes(secret)),
      'no log has it',
    )
})

t.test('who is not let in', async (t) => {
  const { ask, begin, back, signIn, theirs } = await world(t)
  const { location, cookie } = await begin()
  const query = theirs.letIn(location)
  const other = await begin()
  for (const kept of ['', '__Host-congruent-sign-in=junk', `${cookie}x.y.z`])
    t.match(await back(query, kept), { status: 401, cookies: [], body: { detail: /begun elsewhere, or too long ago/ } })
  t.match(await back(query, other.cookie), { status: 401, cookies: [], body: { detail: /"state"/ } }, 'another browser')
  t.match(await back(new URLSearchParams({ code: 'x' }), cookie), { status: 401, body: { detail: /"state"/ } })
  const state = query.get('state') ?? ''
  const denied = new URLSearchParams({ state, error: 'access_denied`\n', error_description: 'no' })
  t.match(await back(denied, cookie), { status: 401, body: { detail: /did not let you in: `access_denied\?\?`/ } })
  const elsewhere = new URLSearchParams({ ...Object.fromEntries(query), iss: 'https://evil.example' })
  t.match(await back(elsewhere, cookie), { status: 401, body: { detail: /"iss"/ } }, 'an answer of another provider')

  const past = Math.floor(Date.now() / 1000) - 600
  for (const [bent, why] of [
    [{ claims: { nonce: 'other' } }, /"nonce"/],
    [{ claims: { nonce: undefined } }, /nonce/],
    [{ claims: { iss: 'https://evil.example' } }, /"iss"/],
    [{ claims: { aud: 'another' } }, /"aud"/],
    [{ claims: { iat: past - 300, exp: past } }, /"exp"/],
    [{ claims: { sub: 'a\nb' } }, /`sub` is no name/],
    [{ otherKey: true }, /signature/],
  ] as const)
    t.match(await signIn(bent), new RegExp(`^401 .*${why.source}`), why.source)

  for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example', 'w'])
    t.match(await ask(`/v1/session/oidc?to=${encodeURIComponent(to)}`), { status: 400, cookies: [] }, to)
})

t.test('scopes of a person', async (t) => {
  const plain = await world(t)
  t.equal(
    await plain.signIn({ claims: { congruent: undefined, scope: 'openid read:a check:a' } }),
    '303 ["read:a","check:a"]',
  )
  t.equal(await plain.signIn({ claims: { congruent: undefined } }), '303 []')
  const userInfo = { sub: 'ada', congruent: ['read:b'] }
  t.equal(await plain.signIn({ claims: { congruent: undefined }, userInfo }), '303 ["read:b"]')
  const stranger = { claims: { congruent: undefined }, userInfo: { ...userInfo, sub: 'eve' } }
  t.match(await plain.signIn(stranger), /^401 .*"sub"/)

  const { signIn, begin, theirs } = await world(t, { scopesClaim: 'groups' })
  const metadata = {
    scopes_supported: ['openid', 'groups'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
  }
  t.equal(await signIn({ claims: { groups: ['staff', 'read:c'] }, metadata }), '303 ["read:c"]')
  t.match((await begin()).location, /scope=openid\+groups/, 'which the provider gives to who asks for them')
  t.ok(theirs.asked.includes('/keys'), 'the signature is looked at')
})

t.test('a provider that cannot be used is said to be, and is not asked again at once', async (t) => {
  const { ask, signIn, stored, theirs } = await world(t)
  theirs.bend({ down: { path: '/.well-known/openid-configuration', status: 500 } })
  const failed = {
    status: 503,
    cookies: [],
    body: { code: 'PROVIDER_UNAVAILABLE', detail: /^the identity provider cannot be used: / },
  }
  t.match(await ask('/v1/session/oidc'), failed)
  theirs.bend({})
  t.match(await ask('/v1/session/oidc'), failed)
  t.equal(theirs.asked.length, 1)
  stored.clock.now = new Date(stored.clock.now.getTime() + 5000)
  t.equal(await signIn(), '303 ["read:plant"]')
  t.match(
    await signIn({ down: { path: '/token', status: 400, body: { error: 'unauthorized_client' } } }),
    /^503 .*`unauthorized_client`/,
  )
  t.match(await signIn({ down: { path: '/token', status: 302 } }), /^503 /, 'no redirect is followed')
  t.match(await signIn({ claims: { congruent: undefined }, down: { path: '/userinfo', status: 500 } }), /^503 /)

  const closed = await world(t, {}, [])
  t.match(await closed.ask('/v1/session/oidc'), { status: 503, body: { detail: /127\.0\.0\.1.*--allow-host/ } })
  t.strictSame(closed.theirs.asked, [])
  const wrong = await world(t, { clientSecret: 'other' })
  t.match(await wrong.signIn(), /^503 .*`invalid_client`/)
})

t.test('below a path, a person who is not let in comes back to the page for signing in, and is told why', async (t) => {
  const below = `${seen}/c`
  const callback = new URL(`${below}/v1/session/oidc/callback`)
  const { ask, begin, theirs, stored } = await world(t, { callback }, ['127.0.0.1'], below)
  /** Where a browser is sent on to, as it sees it behind a proxy that takes the path away. */
  const browse = async (url: string, cookie = ''): Promise<string> => {
    const html = 'text/html,application/xhtml+xml,*/*;q=0.8'
    const { status, location, cookies } = await ask(url, cookie, undefined, html)
    t.equal(status, 303)
    for (const one of cookies)
      t.match(one, /^__Secure-congruent-[\w-]+=[^;]*; Path=\/c; HttpOnly; SameSite=\w+; Secure;/)
    return new URL(location, `${below}${url}`).href.replace(/request=[\w-]+&/, '')
  }
  const back = (query: object): string => `/v1/session/oidc/callback?${new URLSearchParams({ ...query }).toString()}`
  const to = encodeURIComponent('/c/w/shop?q=1')
  const { location, cookie } = await begin('/c/w/shop?q=1')
  const query = Object.fromEntries(theirs.letIn(location))
  t.equal(
    await browse(back({ state: query['state'], error: 'access_denied' }), cookie),
    `${below}/signin?to=${to}&why=denied`,
  )
  t.equal(await browse(back({ ...query, state: 'other' }), cookie), `${below}/signin?to=${to}&why=invalid`)
  t.equal(await browse(back(query)), `${below}/signin?why=late`)
  t.equal(await browse(back(query), cookie), `${below}/w/shop?q=1`)
  t.equal(await browse('/v1/session/oidc?to=/other/app'), `${below}/signin?to=%2Fother%2Fapp&why=failed`)
  const home = await begin()
  t.equal(await browse(back(Object.fromEntries(theirs.letIn(home.location))), home.cookie), `${below}/`)
  stored.clock.now = new Date(stored.clock.now.getTime() + 3_600_000)
  theirs.bend({ down: { path: '/.well-known/openid-configuration', status: 500 } })
  t.equal(await browse(`/v1/session/oidc?to=${to}`), `${below}/signin?to=${to}&why=unavailable`)
})
