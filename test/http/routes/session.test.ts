import t from 'tap'
import { believedMs } from '../../../src/http/access/static-tokens.ts'
import { idleMs, longestMs } from '../../../src/model/session.ts'
import { answerProblems } from '../../support/answer-fits.ts'
import { appWithSessions, tokenFor } from '../../support/signed-in.ts'
import { storedService } from '../../support/stored-service.ts'

/** A server with tokens, a browser that has not signed in, and all that was answered and logged. */
async function world(t: Parameters<typeof storedService>[0], options: Parameters<typeof appWithSessions>[2] = {}) {
  const stored = await storedService(t)
  const { app, lines } = await appWithSessions(t, stored, options)
  const token = await tokenFor(stored, 'anna', ['read:plant', 'review:plant/web', 'admin:plant'])
  const told: string[] = []
  const ask = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    headers: Readonly<Record<string, string>> = {},
    body?: object,
  ) => {
    const answer = await app.inject({
      method,
      url,
      headers: {
        host: 'congruent.example',
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    told.push(answer.body)
    const json: Readonly<Record<string, unknown>> = answer.body === '' ? {} : answer.json()
    t.same(answerProblems(method, url, answer.statusCode, json), [], `${method} ${url} fits`)
    return { status: answer.statusCode, body: json, cookie: String(answer.headers['set-cookie'] ?? '') }
  }
  /** Signs in; answers the headers that the browser and the page send from then on. */
  const signIn = async (by = token) => {
    const { status, body, cookie } = await ask(
      'POST',
      '/v1/session',
      { 'sec-fetch-site': 'same-origin' },
      { token: by },
    )
    t.equal(status, 201)
    const [pair = ''] = cookie.split(';', 1)
    return { cookie: pair, 'x-congruent-csrf': String(body['csrf']), whole: cookie }
  }
  const later = (ms: number): void => {
    stored.clock.now = new Date(stored.clock.now.getTime() + ms)
  }
  return { stored, ask, signIn, later, token, told, lines }
}

const me = '/v1/me'

t.test('a browser signs in, changes something, and signs out', async (t) => {
  const { ask, signIn, token, told, lines, later, stored } = await world(t)
  t.match(await ask('GET', '/v1/session'), { status: 200, body: { ways: ['token'] } })
  t.match(await ask('GET', me), { status: 401 })
  for (const [body, status] of [
    [{ token: 'junk' }, 401],
    [{ token: `cgt_${'u'.repeat(43)}` }, 401],
    [{ token: 'two words\r\nx: y' }, 401],
    [{ token: '' }, 400],
    [{}, 400],
    [{ token: 'x'.repeat(40_000) }, 413],
  ] as const)
    t.match(await ask('POST', '/v1/session', {}, body), { status, cookie: '' }, JSON.stringify(body).slice(0, 60))

  const { whole, ...signedIn } = await signIn()
  t.match(whole, /^congruent-session=cgs_[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=604800$/)
  const { cookie } = signedIn
  const { body } = await ask('GET', me, { cookie })
  t.match(body, {
    name: 'anna',
    teams: [{ team: 'web' }],
    csrf: signedIn['x-congruent-csrf'],
    until: '2026-05-11T09:30:00.000Z',
  })
  t.match(await ask('GET', me, { cookie: `a=b; ${cookie}; c=d` }), { status: 200 })

  const document = { workspace: 'plant', teams: { web: { fragments: ['./web'] } } }
  const put = (headers: Readonly<Record<string, string>>) => ask('PUT', '/v1/workspaces/plant', headers, document)
  t.match(
    await put({ cookie }),
    { status: 403, body: { detail: /X-Congruent-CSRF/ } },
    'the cookie alone changes nothing',
  )
  t.match(await put({ ...signedIn, 'x-congruent-csrf': 'f'.repeat(64) }), { status: 403 })
  for (const site of ['cross-site', 'same-site'])
    t.match(await put({ ...signedIn, 'sec-fetch-site': site }), {
      status: 403,
      body: { detail: /page of another site/ },
    })
  t.match(await put({ ...signedIn, origin: 'https://evil.example' }), { status: 403, body: { detail: /--base-url/ } })
  t.match(await put({ ...signedIn, origin: 'null' }), { status: 403 })
  t.match(await put({ ...signedIn, origin: 'https://congruent.example' }), { status: 201, body: { by: 'anna' } })
  t.match(await put({ ...signedIn, 'sec-fetch-site': 'same-origin', origin: 'https://seen.example' }), { status: 200 })
  t.match(
    await ask('GET', me, { cookie, authorization: 'Bearer junk' }),
    { status: 401 },
    'what is said aloud comes first',
  )
  t.match(await put({ authorization: `Bearer ${token}` }), { status: 200 }, 'programs ask as before')

  t.match(await ask('DELETE', '/v1/session', { cookie }), { status: 403 })
  t.match(await ask('DELETE', '/v1/session', signedIn), { status: 204, cookie: /^congruent-session=; .*Max-Age=0$/ })
  later(believedMs)
  t.match(await ask('GET', me, { cookie }), { status: 401, body: { detail: 'the session has ended: sign in again' } })

  const { items } = await stored.service.listAudit(undefined, { limit: 10 })
  t.match(
    items.map(({ action, by }) => `${action} ${by}`),
    ['sign out anna', 'put workspace anna', 'sign in anna', 'create token test'],
  )
  const kept = JSON.stringify((await stored.service.store.sql('select * from congruent.sessions')).rows)
  const secrets = [token.slice(4), cookie.split('cgs_')[1] ?? '', signedIn['x-congruent-csrf']]
  for (const secret of secrets) {
    t.ok(secret.length > 40)
    t.notOk(
      [...lines, kept].some((text) => text.includes(secret)),
      'no log and no table has it',
    )
  }
  t.notOk(
    told.some((text) => text.includes('cgs_')),
    'no answer says what the cookie is',
  )
})

t.test('another replica knows the session; signing in anew ends the one before', async (t) => {
  const { stored, signIn, ask, token, later } = await world(t)
  const { app } = await appWithSessions(t, stored)
  const { cookie } = await signIn()
  const other = await app.inject({ url: me, headers: { host: 'b', cookie } })
  t.match(other.json(), { name: 'anna' })
  const answer = await ask('POST', '/v1/session', { cookie }, { token })
  t.equal(answer.status, 201)
  later(believedMs)
  t.match(await ask('GET', me, { cookie }), { status: 401 })
  t.match(await ask('GET', me, { cookie: answer.cookie.split(';', 1)[0] ?? '' }), { status: 200 })
  const crossed = await ask('POST', '/v1/session', { 'sec-fetch-site': 'cross-site' }, { token })
  t.match(crossed, { status: 403, cookie: '' }, 'no other page signs a reader in')
})

t.test('a session ends with its token, without use, and at its end', async (t) => {
  const { stored, ask, signIn, later } = await world(t)
  const state = async (cookie: string): Promise<string> => {
    later(believedMs)
    const { status, body } = await ask('GET', me, { cookie })
    const { detail } = body
    return `${status} ${typeof detail === 'string' ? detail : ''}`
  }
  const first = await signIn(await tokenFor(stored, 'ben', ['read:plant']))
  t.match(await state(first.cookie), /^200/)
  const ben = (await stored.service.listTokens()).find(({ name }) => name === 'ben')
  await stored.service.revokeToken({ id: ben?.id ?? '', asker: { by: 'test' } })
  t.match(await state(first.cookie), /^401 the token `ben` was revoked/)

  const { secret } = await stored.service.createToken({
    name: 'cora',
    scopes: ['read:plant'],
    expiresAt: new Date(stored.clock.now.getTime() + 60_000).toISOString(),
    asker: { by: 'test' },
  })
  const short = await signIn(secret)
  t.match(short.whole, /Max-Age=60$/, 'it does not outlive its token')
  later(60_000)
  t.match(await state(short.cookie), /^401 the session ended at /)

  const unused = await signIn()
  later(idleMs - 2 * believedMs)
  t.match(await state(unused.cookie), /^200/)
  later(idleMs - 2 * believedMs)
  t.match(await state(unused.cookie), /^200/, 'each use counts')
  later(idleMs)
  t.match(await state(unused.cookie), /^401 the session ended at /)

  const used = await signIn()
  for (let time = 0; time < longestMs.token - idleMs; time += idleMs / 2) {
    t.match(await state(used.cookie), /^200/)
    later(idleMs / 2)
  }
  later(idleMs)
  t.match(await ask('GET', me, { cookie: used.cookie }), { status: 401, body: { since: String } })
  await stored.service.store.prune(stored.clock.now)
  t.same((await stored.service.store.sql('select * from congruent.sessions')).rows, [])
})

t.test('over TLS, and where the address of the pages is known', async (t) => {
  const { ask, signIn } = await world(t, { secure: true, pages: 'https://seen.example/congruent' })
  const { whole, ...signedIn } = await signIn()
  t.match(
    whole,
    /^__Secure-congruent-session=cgs_[^;]+; Path=\/congruent; HttpOnly; SameSite=Strict; Secure; Max-Age=\d+$/,
  )
  t.match(await ask('DELETE', '/v1/session', { ...signedIn, origin: 'https://seen.example' }), { status: 204 })
})

t.test('without tokens there is nothing to sign in to', async (t) => {
  const stored = await storedService(t)
  const { app } = await appWithSessions(t, stored)
  const headers = { host: 'localhost' }
  t.same((await app.inject({ url: '/v1/session', headers })).json(), { ways: [] })
  const payload = { token: `cgt_${'u'.repeat(43)}` }
  const answer = await app.inject({ method: 'POST', url: '/v1/session', headers, payload })
  t.match(answer, { statusCode: 401, headers: { 'set-cookie': undefined } })
  t.match(answer.json(), { detail: /this server has no tokens/ })
})
