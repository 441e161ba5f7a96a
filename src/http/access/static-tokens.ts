import { timingSafeEqual } from 'node:crypto'
import { Fault } from '../../errors.ts'
import type { StoredToken, Subject } from '../../model/access.ts'
import { secretDigest, tokenId } from '../../model/token.ts'
import type { Tokens } from '../../store/store.ts'
import type { Believed } from './remembered.ts'

/** For how long a token that was found in force is believed to be: so soon is it refused by every replica once it is revoked. */
export const believedMs = 5000

/** Whose a token of the store is. Rejects with UNAUTHENTICATED where it is unknown, revoked or expired. */
export async function subjectOfToken(
  secret: string,
  tokens: Pick<Tokens, 'find'>,
  now: number,
): Promise<Believed<Subject>> {
  const digest = secretDigest(secret)
  const found = await tokens.find(tokenId(digest))
  if (found === undefined || !isSame(found.digest, digest))
    throw new Fault('UNAUTHENTICATED', 'the token is not known here: it is mistyped, or of another server')
  return subjectOfStored(found.token, now)
}

/** Whose a token is that is known to have been shown. Throws UNAUTHENTICATED where it is revoked or expired. */
export function subjectOfStored({ name, scopes, expiresAt, revokedAt }: StoredToken, now: number): Believed<Subject> {
  if (revokedAt !== undefined) throw new Fault('UNAUTHENTICATED', `the token \`${name}\` was revoked at ${revokedAt}`)
  const end = expiresAt === undefined ? Infinity : Date.parse(expiresAt)
  if (end <= now) throw new Fault('UNAUTHENTICATED', `the token \`${name}\` expired at ${expiresAt}`)
  const value = { name, scopes, ...(expiresAt === undefined ? {} : { until: expiresAt }) }
  return { value, until: Math.min(now + believedMs, end) }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
