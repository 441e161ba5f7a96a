import { once } from 'node:events'
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import t from 'tap'
import { Fault } from '../../../src/errors.ts'
import { jwtVerifier } from '../../../src/http/access/jwt.ts'
import { createOutgoing, type Outgoing } from '../../../src/outgoing/outgoing.ts'

const now = Date.now()
const settings = {
  jwksUrl: new URL('https://id.example/keys'),
  issuer: 'https://id.example',
  audience: 'congruent',
  clockSkewSeconds: 30,
}
const inForce = { iss: settings.issuer, aud: settings.audience, sub: 'ada', exp: Math.floor(now / 1000) + 600 }

async function provider() {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }]
  const sign = (claims: JWTPayload, kid = 'k'): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey)
  return { keys, sign }
}

function verifierOf(answer: () => { readonly status: number; readonly text: string }, clock = () => new Date(now)) {
  const fetched: string[] = []
  const call: Outgoing['call'] = async ({ url }) => {
    fetched.push(url)
    const { status, text } = answer()
    return { status, headers: {}, body: Buffer.from(text) }
  }
  const verify = jwtVerifier(settings, { call }, clock)
  const asking = async (token: string, at = now): Promise<string> => {
    try {
      const { value, until } = await verify(token, at)
      return `${value.name} ${value.scopes.join(' ')} ${until - at}`
    } catch (error) {
      if (error instanceof Fault) return `${error.code} ${error.message}`
      throw error
    }
  }
  return { asking, fetched }
}

t.test('a token of the identity provider gives its subject and scopes', async (t) => {
  const { keys, sign } = await provider()
  const { asking, fetched } = verifierOf(() => ({ status: 200, text: JSON.stringify({ keys }) }))
  t.equal(
    await asking(await sign({ ...inForce, scope: 'openid read:plant check:plant read:plant write:x' })),
    'ada read:plant check:plant 5000',
  )
  t.equal(
    await asking(await sign({ ...inForce, congruent: ['observe:plant/eu west', 7, 'publish:plant/web'] })),
    'ada observe:plant/eu west publish:plant/web 5000',
  )
  t.equal(
    await asking(await sign({ ...inForce, exp: Math.floor(now / 1000) - 29 })),
    `ada  ${(Math.floor(now / 1000) + 1) * 1000 - now}`,
  )
  t.strictSame(fetched, ['https://id.example/keys'], 'its keys are fetched once')
})

t.test('what is refused, and why', async (t) => {
  const { keys, sign } = await provider()
  const other = await provider()
  const { asking, fetched } = verifierOf(() => ({ status: 200, text: JSON.stringify({ keys }) }))
  const refused = async (token: string, why: RegExp): Promise<void> =>
    void t.match(await asking(token), new RegExp(`^UNAUTHENTICATED .*${why.source}`))
  await refused(await sign({ ...inForce, exp: Math.floor(now / 1000) - 31 }), /expired/)
  await refused(await sign({ ...inForce, nbf: Math.floor(now / 1000) + 60 }), /`nbf`/)
  await refused(await sign({ ...inForce, iss: 'https://other.example' }), /`iss`/)
  await refused(await sign({ ...inForce, aud: 'another' }), /`aud`/)
  await refused(await sign({ iss: inForce.iss, aud: inForce.aud, sub: inForce.sub }), /`exp`/)
  await refused(await sign({ ...inForce, sub: '' }), /`sub`/)
  await refused(await sign({ ...inForce, sub: 'a\nb' }), /`sub`/)
  await refused(await sign({ ...inForce, sub: 'x'.repeat(201) }), /`sub`/)
  await refused(await other.sign(inForce), /signature/)
  await refused(await sign(inForce, 'unknown'), /publishes no key/)
  await refused(await sign(inForce, 'unknown too'), /publishes no key/)
  await refused(new UnsecuredJWT(inForce).encode(), /not valid/)
  const shared = new TextEncoder().encode('x'.repeat(32))
  await refused(await new SignJWT(inForce).setProtectedHeader({ alg: 'HS256', kid: 'k' }).sign(shared), /algorithm/)
  for (const junk of ['', 'x', 'a.b.c', 'é.ü.ö']) await refused(junk, /no JSON Web Token/)
  t.equal(fetched.length, 1, 'unknown keys do not make it fetch again and again')
})

t.test('keys that cannot be had are said to be, and not asked for at once again', async (t) => {
  const { keys, sign } = await provider()
  const token = await sign(inForce)
  let moment = now
  let answer: () => { status: number; text: string } = () => ({ status: 500, text: '' })
  const { asking, fetched } = verifierOf(
    () => answer(),
    () => new Date(moment),
  )
  t.match(
    await asking(token),
    /^KEYS_UNAVAILABLE the keys of the identity provider cannot be fetched: `https:\/\/id.example\/keys` answered with 500/,
  )
  t.match(await asking(token), /^KEYS_UNAVAILABLE/)
  t.equal(fetched.length, 1)
  for (const text of ['junk', '{}', '{"keys":7}']) {
    moment += 5000
    answer = () => ({ status: 200, text })
    t.match(await asking(token), /^KEYS_UNAVAILABLE/, text)
    t.match(await asking(token), /^KEYS_UNAVAILABLE/, text)
  }
  t.equal(fetched.length, 4)
  moment += 5000
  answer = () => {
    throw new Fault('ADDRESS_REFUSED', '`id.example` is `10.0.0.1`, a private address')
  }
  t.match(await asking(token), /^KEYS_UNAVAILABLE .*a private address/)
  moment += 5000
  answer = () => ({ status: 200, text: JSON.stringify({ keys }) })
  t.equal(await asking(token), 'ada  5000')
})

t.test(
  'keys are fetched as every call that leaves the server: from a private address only if it is allowed',
  async (t) => {
    const { keys, sign } = await provider()
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.end(JSON.stringify({ keys }))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.teardown(() => server.close())
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const jwksUrl = new URL(`http://127.0.0.1:${port}/keys`)
    const token = await sign({ ...inForce, scope: 'read:plant' })
    const clock = (): Date => new Date(now)
    const verifying = (allow: readonly string[]) =>
      jwtVerifier({ ...settings, jwksUrl }, createOutgoing({ allow }), clock)
    t.match(await verifying(['127.0.0.1'])(token, now), { value: { name: 'ada', scopes: ['read:plant'] } })
    await t.rejects(verifying([])(token, now), { code: 'KEYS_UNAVAILABLE', message: /127\.0\.0\.1/ })
    t.equal(asked, 1)
  },
)
