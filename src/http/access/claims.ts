import { Fault } from '../../errors.ts'
import type { Scope } from '../../model/access.ts'
import { parseScope } from '../../model/scope.ts'

const longestName = 200

/** The name in `sub` of an identity provider's word. Throws UNAUTHENTICATED where it is none that could be shown. */
export function nameIn(sub: string): string {
  if (sub !== '' && sub.length <= longestName && !/[\p{Cc}\p{Cf}]/u.test(sub)) return sub
  throw new Fault('UNAUTHENTICATED', `the token's \`sub\` is no name: required are 1 to ${longestName} characters`)
}

/** Scopes of ours in claims, each a list or a text of words; others in them are none of our business. */
export function scopesIn(claims: readonly unknown[]): readonly Scope[] {
  const words = claims.flatMap((claim) =>
    Array.isArray(claim) ? claim.map(String) : typeof claim === 'string' ? claim.split(/\s+/) : [],
  )
  const read = [...new Set(words)].map(parseScope)
  return read.flatMap((result) => ('scope' in result ? [result.scope] : []))
}
