import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import type { Test } from 'tap'

/** What a provider in a test says otherwise than a right one would. */
export interface Bent {
  /** Instead of those of a right id token; undefined leaves one out. */
  readonly claims?: JWTPayload
  readonly userInfo?: object
  /** Signs with a key that is not published. */
  readonly otherKey?: boolean
  /** Members of the published metadata. */
  readonly metadata?: object
  /** Lets nobody in who is sent there, for this reason. */
  readonly denies?: string
  /** Answers with this status to whatever is asked at that path. */
  readonly down?: { readonly path: string; readonly status: number; readonly body?: object }
}

export const clientSecret = 's3cret of the client'

/** An OpenID Connect provider on loopback, at which whoever is sent is let in; it holds the client to PKCE and its secret. */
export async function identityProvider(t: Test) {
  const [published, other] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')]
  const codes = new Map<string, URLSearchParams>()
  const asked: string[] = []
  let bent: Bent = {}
  let issuer = ''

  const token = async (request: IncomingMessage): Promise<readonly [status: number, body: object]> => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const body = new URLSearchParams(text)
    const [, basic = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? []
    const credentials = Buffer.from(basic, 'base64').toString().replaceAll('+', ' ')
    const inBody = `${body.get('client_id')}:${body.get('client_secret')}`
    if (![credentials, inBody].includes(`congruent:${clientSecret}`)) return [401, { error: 'invalid_client' }]
    const begun = codes.get(body.get('code') ?? '')
    codes.delete(body.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url')
    const isRight = begun?.get('code_challenge') === challenge && begun.get('redirect_uri') === body.get('redirect_uri')
    if (!isRight) return [400, { error: 'invalid_grant' }]
    const now = Math.floor(Date.now() / 1000)
    const right = { iss: issuer, aud: 'congruent', sub: 'ada', iat: now, exp: now + 300, nonce: begun.get('nonce') }
    const claims: JWTPayload = { ...right, congruent: ['read:plant', 'openid'], ...bent.claims }
    const idToken = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .sign(bent.otherKey === true ? other.privateKey : published.privateKey)
    return [200, { access_token: 'access-to-userinfo', token_type: 'Bearer', expires_in: 60, id_token: idToken }]
  }
  /** Somebody signs in at the address that a browser was sent to; answers the query with which it is sent back. */
  const letIn = (location: string): URLSearchParams => {
    const { searchParams } = new URL(location)
    const code = `code-${codes.size}-${searchParams.get('state')?.slice(0, 8) ?? ''}`
    codes.set(code, searchParams)
    return new URLSearchParams({ code, state: searchParams.get('state') ?? '', session_state: 'x' })
  }
  const sentBack = (asked: URL): string => {
    const state = asked.searchParams.get('state') ?? ''
    const { denies } = bent
    const query = denies === undefined ? letIn(asked.href) : new URLSearchParams({ state, error: denies })
    return `${asked.searchParams.get('redirect_uri') ?? ''}?${query.toString()}`
  }
  const answer = async (
    request: IncomingMessage,
  ): Promise<readonly [status: number, body: object, location?: string]> => {
    const path = request.url ?? ''
    asked.push(path)
    if (path.startsWith('/authorize?')) return [303, {}, sentBack(new URL(path, issuer))]
    if (bent.down?.path === path) return [bent.down.status, bent.down.body ?? {}]
    if (path === '/token') return token(request)
    if (path === '/userinfo') return [200, bent.userInfo ?? { sub: 'ada' }]
    if (path === '/keys')
      return [200, { keys: [{ ...(await exportJWK(published.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }] }]
    if (path !== '/.well-known/openid-configuration') return [404, {}]
    const endpoints = { authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` }
    const more = { jwks_uri: `${issuer}/keys`, userinfo_endpoint: `${issuer}/userinfo` }
    const can = { response_types_supported: ['code'], subject_types_supported: ['public'] }
    const algorithms = { id_token_signing_alg_values_supported: ['RS256'] }
    return [200, { issuer, ...endpoints, ...more, ...can, ...algorithms, ...bent.metadata }]
  }
  const server = createServer((request, response) => {
    answer(request).then(
      ([status, body, location]) =>
        response
          .writeHead(status, { 'content-type': 'application/json', ...(location === undefined ? {} : { location }) })
          .end(JSON.stringify(body)),
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const address = server.address()
  issuer = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`

  return {
    issuer,
    asked,
    bend: (otherwise: Bent): void => void (bent = otherwise),
    letIn,
  }
}
