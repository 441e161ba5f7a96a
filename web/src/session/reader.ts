import { signal } from '@preact/signals'
import type { Scope } from '../../../src/model/access.ts'
import { parseScope, scopeCovers } from '../../../src/model/scope.ts'
import type { Me } from '../api/operations.ts'

/** Who reads, and what they may; undefined: not known yet, or nobody is signed in. */
export const reader = signal<Me | undefined>(undefined)

/** That nobody is signed in any more; undefined: somebody is, or it is not known yet. */
export const signedOut = signal<{ readonly since: string } | undefined>(undefined)

/** Notes that the server knows nobody by the browser's cookie. The first moment stays, as that is when it was noticed. */
export function noteSignedOut(): void {
  signedOut.value ??= { since: new Date().toISOString() }
}

/** Notes who reads. */
export function noteReader(me: Me | undefined): void {
  reader.value = me
  signedOut.value = undefined
}

/** Whether the reader may do what needs a scope; not before it is known who reads. */
export function may(needed: Scope): boolean {
  return (reader.value?.scopes ?? []).some((text) => {
    const parsed = parseScope(text)
    return 'scope' in parsed && scopeCovers(parsed.scope, needed)
  })
}
