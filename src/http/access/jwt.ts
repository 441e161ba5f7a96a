import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTPayload } from 'jose'
import { Fault } from '../../errors.ts'
import type { Subject } from '../../model/access.ts'
import type { Outgoing } from '../../outgoing/outgoing.ts'
import { nameIn, scopesIn } from './claims.ts'
import type { Believed } from './remembered.ts'
import { believedMs } from './static-tokens.ts'

/** Which JSON Web Tokens are believed. */
export interface JwtSettings {
  /** Where the identity provider publishes its keys. */
  readonly jwksUrl: URL
  readonly issuer: string
  readonly audience: string
  /** How far its clock may be from ours. */
  readonly clockSkewSeconds: number
}

/** Whose a JSON Web Token is at a moment. Rejects with UNAUTHENTICATED or KEYS_UNAVAILABLE. */
export type VerifyJwt = (token: string, now: number) => Promise<Believed<Subject>>

// Only signatures whose key can be published: a shared secret would be one that every verifier could sign with.
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

const fetchTimeoutMs = 5000
const keysHoldMs = 10 * 60_000
/** After a successful fetch an unknown key leads to another only so much later, and after a failed one nothing does sooner than that. */
const cooldownMs = { afterSuccess: 30_000, afterFailure: 5000 } as const

/** Verifies tokens of an identity provider by its published keys, which are fetched when needed, and seldom. */
export function jwtVerifier(settings: JwtSettings, outgoing: Pick<Outgoing, 'call'>, clock: () => Date): VerifyJwt {
  const keys = createRemoteJWKSet(settings.jwksUrl, {
    timeoutDuration: fetchTimeoutMs,
    cacheMaxAge: keysHoldMs,
    cooldownDuration: cooldownMs.afterSuccess,
    [customFetch]: carefully(outgoing, clock),
  })
  return async (token, now) => {
    const payload = await verified(token, keys, settings, now)
    const { sub = '', exp = 0 } = payload
    const name = nameIn(sub)
    const end = (exp + settings.clockSkewSeconds) * 1000
    // `scope` as RFC 8693 has it.
    const scopes = scopesIn([payload['congruent'], payload['scope']])
    const value = { name, scopes, until: new Date(exp * 1000).toISOString() }
    return { value, until: Math.min(now + believedMs, end) }
  }
}

async function verified(
  token: string,
  keys: ReturnType<typeof createRemoteJWKSet>,
  { issuer, audience, clockSkewSeconds }: JwtSettings,
  now: number,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms,
      clockTolerance: clockSkewSeconds,
      currentDate: new Date(now),
      requiredClaims: ['exp', 'sub'],
    })
    return payload
  } catch (error) {
    throw faultOf(error)
  }
}

/** Keys that cannot be had are no fault of the token. */
function faultOf(error: unknown): Fault {
  if (error instanceof Fault && error.code === 'KEYS_UNAVAILABLE') return error
  const isOfToken =
    error instanceof errors.JOSEError &&
    !ofKeys.some((kind) => error instanceof kind) &&
    error.code !== 'ERR_JOSE_GENERIC'
  if (!isOfToken) return unavailable(error)
  if (error instanceof errors.JWTExpired) return new Fault('UNAUTHENTICATED', 'the token expired', { cause: error })
  const why =
    error instanceof errors.JWTClaimValidationFailed
      ? `its claim \`${error.claim}\` is not what is required`
      : wordsOf(error)
  return new Fault('UNAUTHENTICATED', `the token is not valid: ${why}`, { cause: error })
}

const ofKeys = [errors.JWKSTimeout, errors.JWKSInvalid, errors.JWKInvalid] as const

function wordsOf(error: InstanceType<typeof errors.JOSEError>): string {
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature does not fit'
  if (error instanceof errors.JWKSNoMatchingKey) return 'the identity provider publishes no key for it'
  if (error instanceof errors.JOSEAlgNotAllowed) return 'its algorithm is not accepted; asymmetric ones are'
  return 'it is no JSON Web Token'
}

function unavailable(cause: unknown): Fault {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new Fault('KEYS_UNAVAILABLE', `the keys of the identity provider cannot be fetched: ${why}`, {
    cause,
    details: { retryAfter: cooldownMs.afterFailure / 1000 },
  })
}

/** Who sends tokens must not make the server hammer an identity provider that is down. */
function carefully({ call }: Pick<Outgoing, 'call'>, clock: () => Date) {
  let failed: { readonly until: number; readonly fault: Fault } | undefined
  return async (url: string, { signal }: { readonly signal: AbortSignal }): Promise<Response> => {
    if (failed !== undefined && clock().getTime() < failed.until) throw failed.fault
    try {
      const { status, body } = await call({ method: 'GET', url, headers: { accept: 'application/json' }, signal })
      if (status !== 200) throw new Error(`\`${url}\` answered with ${status}`)
      const text = body.toString()
      createLocalJWKSet(JSON.parse(text))
      failed = undefined
      return new Response(text, { status, headers: { 'content-type': 'application/json' } })
    } catch (error) {
      failed = { until: clock().getTime() + cooldownMs.afterFailure, fault: unavailable(error) }
      throw failed.fault
    }
  }
}
