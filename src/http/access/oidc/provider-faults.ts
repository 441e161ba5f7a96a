import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'
import { Fault } from '../../../errors.ts'

/** What went wrong with a sign-in, for a page to say in words of its own. */
export type NotLetIn = 'denied' | 'late' | 'invalid'

const again = 'begin again at `/signin`'

/** After a failure the provider is not asked again for so long by whoever begins to sign in. */
export const cooldownMs = 5000

/** A provider that cannot be asked, or refuses this server: nothing that who signs in could mend. */
export function unavailable(cause: unknown): Fault {
  const why =
    cause instanceof ResponseBodyError ? `it refuses this server with \`${shown(cause.error)}\`` : wordsOf(cause)
  return new Fault('PROVIDER_UNAVAILABLE', `the identity provider cannot be used: ${why}`, {
    cause,
    details: { retryAfter: cooldownMs / 1000 },
  })
}

/** Why somebody who came back from the provider is not let in. */
export function notLetIn(error: unknown): Fault {
  if (error instanceof Fault) return error
  if (error instanceof AuthorizationResponseError)
    return refused('denied', `the identity provider did not let you in: \`${shown(error.error)}\``, error)
  if (error instanceof ResponseBodyError && error.error === 'invalid_grant')
    return refused('late', `the identity provider takes the code of this sign-in no more; ${again}`, error)
  if (!(error instanceof ClientError) || ofProvider.has(error.code ?? '')) return unavailable(error)
  return refused('invalid', `what came from the identity provider is not valid: ${wordsOf(error)}; ${again}`, error)
}

/** Nobody began this way in this browser, or too long ago. */
export function notBegun(): Fault {
  return refused('late', `this sign-in was begun elsewhere, or too long ago: ${again}`)
}

/** Codes of what is the provider's to mend; without one it was not reached. */
const ofProvider: ReadonlySet<string> = new Set([
  '',
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_HTTP_REQUEST_FORBIDDEN',
  'OAUTH_REQUEST_PROTOCOL_FORBIDDEN',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'OAUTH_UNSUPPORTED_OPERATION',
  'OAUTH_MISSING_SERVER_METADATA',
  'OAUTH_INVALID_SERVER_METADATA',
])

function refused(reason: NotLetIn, message: string, cause?: unknown): Fault {
  return new Fault('UNAUTHENTICATED', message, { cause, details: { reason } })
}

/** The words of the error that lies deepest, which says most. */
function wordsOf(error: unknown): string {
  let deepest = error
  while (deepest instanceof Error && deepest.cause instanceof Error && !(deepest instanceof Fault))
    deepest = deepest.cause
  return deepest instanceof Error ? deepest.message : String(deepest)
}

/** A word of a provider, or of whoever made a browser come back, as it may stand in one line. */
function shown(word: string): string {
  return word.replaceAll(/[^\x21-\x7e]|`/g, '?').slice(0, 100)
}
