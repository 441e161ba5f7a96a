import t from 'tap'
import { Fault } from '../../../src/errors.ts'
import { createAccess, lacks, type Access } from '../../../src/http/access/access.ts'
import type { HeaderFields } from '../../../src/http/access/loopback.ts'
import { believedMs } from '../../../src/http/access/static-tokens.ts'
import type { Scope, StoredToken, Subject } from '../../../src/model/access.ts'
import { isTokenSecret, secretDigest, tokenId, tokenSecret } from '../../../src/model/token.ts'
import type { Tokens } from '../../../src/store/store.ts'

const start = Date.parse('2026-03-01T12:00:00Z')

/** A store of tokens in memory, and a clock that stands until it is set. */
function world(given: Partial<Parameters<typeof createAccess>[0]> = {}) {
  const kept = new Map<string, { token: StoredToken; digest: string }>()
  const state = { now: start, asked: 0 }
  const tokens: Pick<Tokens, 'find' | 'any'> = {
    find: async (id) => {
      state.asked += 1
      return kept.get(id)
    },
    any: async () => kept.size > 0,
  }
  const access = createAccess({
    tokens,
    onlyLoopback: true,
    allowedOrigins: [],
    clock: () => new Date(state.now),
    ...given,
  })
  const add = (letter: string, scopes: readonly Scope[], more: Partial<StoredToken> = {}): string => {
    const secret = tokenSecret(letter.repeat(43))
    const digest = secretDigest(secret)
    const token = { id: tokenId(digest), name: `token ${letter}`, scopes, createdAt: '', ...more }
    kept.set(token.id, { token, digest })
    return secret
  }
  return { access, state, kept, add }
}

/** The subject, or the code of the fault and its words. */
async function asking(access: Access, headers: HeaderFields, needs: 'token' | 'anyone' = 'token') {
  try {
    return (await access.subjectOf({ headers }, needs)).name
  } catch (error) {
    if (error instanceof Fault) return `${error.code} ${error.message}`
    throw error
  }
}

const bearer = (token: string): HeaderFields => ({ host: 'congruent.example', authorization: `Bearer ${token}` })

t.test('without tokens, this machine and its own pages alone', async (t) => {
  const { access } = world({ allowedOrigins: ['http://localhost:5173'] })
  for (const host of ['localhost', 'LocalHost:8080', '127.0.0.1:8080', '127.1.2.3', '[::1]:8080', '[::1]'])
    t.equal(await asking(access, { host }), 'anonymous', host)
  const subject: Subject = await access.subjectOf({ headers: { host: 'localhost' } }, 'token')
  t.ok(access.may(subject, 'admin:*'))

  for (const host of [
    undefined,
    '',
    'congruent.example',
    'localhost.example:80',
    '127.0.0.1.example',
    '[::2]',
    '10.0.0.1',
    'localhost:80:80',
  ])
    t.match(await asking(access, { host }), /^FORBIDDEN `Host` is .*congruent token create/, String(host))
  t.match(await asking(access, { host: 'a.example' }, 'anyone'), /^FORBIDDEN/, 'routes for anyone as well')

  const host = 'localhost:8080'
  for (const origin of [
    'http://localhost:8080',
    'https://localhost:8080',
    'http://LOCALHOST:8080',
    'http://localhost:5173',
  ])
    t.equal(await asking(access, { host, origin }), 'anonymous', origin)
  for (const origin of [
    'null',
    'http://localhost:9999',
    'http://evil.example',
    'http://localhost:8080.evil.example',
    '',
  ])
    t.match(await asking(access, { host, origin }), /^FORBIDDEN `Origin` is/, origin)

  for (const site of ['none', 'same-origin'])
    t.equal(await asking(access, { host, 'sec-fetch-site': site }), 'anonymous')
  for (const site of ['cross-site', 'same-site'])
    t.match(await asking(access, { host, 'sec-fetch-site': site }), /^FORBIDDEN the request was made by a page/)
  for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-host'])
    t.match(await asking(access, { host, [name]: 'x' }), /^FORBIDDEN the request came through a proxy/)
})

t.test('with a token, every request needs one', async (t) => {
  const { access, add, state } = world()
  t.equal(await asking(access, { host: 'localhost' }), 'anonymous')
  const secret = add('a', ['read:plant'])
  state.now += believedMs
  t.match(
    await asking(access, { host: 'localhost' }),
    /^UNAUTHENTICATED no token came/,
    'the door closes while it runs',
  )
  t.match(await asking(access, { host: 'localhost', authorization: 'Basic eDp5' }), /^UNAUTHENTICATED `Authorization`/)
  t.match(await asking(access, bearer('x.y.z')), /^UNAUTHENTICATED the token is none that this server makes/)
  t.match(await asking(access, bearer(tokenSecret('b'.repeat(43)))), /^UNAUTHENTICATED the token is not known/)
  t.equal(await asking(access, bearer(secret)), 'token a')
  t.equal(await asking(access, { authorization: `bearer  ${secret} ` }), 'token a')
  const nobody = await access.subjectOf({ headers: {} }, 'anyone')
  t.strictSame(nobody.scopes, [], 'routes for anyone need none, and give nothing')
  t.match(lacks(nobody, 'admin:*'), { code: 'FORBIDDEN', message: '`anonymous` lacks the scope `admin:*`' })
})

t.test('a server that others reach is never open', async (t) => {
  const { access } = world({ onlyLoopback: false })
  t.match(await asking(access, { host: 'localhost' }), /^UNAUTHENTICATED/)
  const withProvider = world({ verifyJwt: async () => ({ value: { name: 'ada', scopes: [] }, until: 0 }) })
  t.match(await asking(withProvider.access, { host: 'localhost' }), /^UNAUTHENTICATED/)
  t.equal(await asking(withProvider.access, bearer('x.y.z')), 'ada')
})

t.test('tokens end: expired, revoked, gone', async (t) => {
  const { access, add, kept, state } = world()
  const expiring = add('a', [], { expiresAt: new Date(start + 1000).toISOString() })
  const revoked = add('b', [], { revokedAt: '2026-02-01T00:00:00Z' })
  const lasting = add('c', [])
  t.equal(await asking(access, bearer(expiring)), 'token a')
  state.now += 1000
  t.match(await asking(access, bearer(expiring)), /^UNAUTHENTICATED the token `token a` expired at 2026-03-01T12:00:01/)
  t.match(await asking(access, bearer(revoked)), /^UNAUTHENTICATED the token `token b` was revoked at 2026-02-01/)

  t.equal(await asking(access, bearer(lasting)), 'token c')
  const before = state.asked
  t.notOk(access.subjectOf({ headers: bearer(lasting) }, 'token') instanceof Promise, 'a known one waits for nothing')
  t.equal(state.asked, before)
  kept.clear()
  t.equal(await asking(access, bearer(lasting)), 'token c', 'believed for a few seconds')
  state.now += believedMs
  t.match(await asking(access, bearer(lasting)), /^UNAUTHENTICATED the token is not known/)
  t.match(await asking(access, { host: 'localhost' }), /^UNAUTHENTICATED/, 'and the door stays closed')
})

t.test('askers of one token at the same time cost one question, and a failure is not remembered', async (t) => {
  const { add, kept } = world()
  const secret = add('a', [])
  let asked = 0
  const access = createAccess({
    tokens: {
      any: async () => true,
      find: async (id) => {
        asked += 1
        if (asked === 1) throw new Fault('STORE_UNAVAILABLE', 'the store is away')
        return kept.get(id)
      },
    },
    onlyLoopback: true,
    allowedOrigins: [],
    clock: () => new Date(start),
  })
  t.equal(await asking(access, bearer(secret)), 'STORE_UNAVAILABLE the store is away')
  t.strictSame(await Promise.all([1, 2, 3].map(() => asking(access, bearer(secret)))), Array(3).fill('token a'))
  t.equal(asked, 2)
})

t.test('a token whose digest begins alike is another one', async (t) => {
  const { access, add, kept } = world()
  const secret = add('a', [])
  for (const [id, { token }] of kept) kept.set(id, { token, digest: `${id}${'0'.repeat(48)}` })
  t.match(await asking(access, bearer(secret)), /^UNAUTHENTICATED the token is not known/)
  t.equal(isTokenSecret(secret), true)
  t.equal(isTokenSecret(`${secret}x`), false)
})
