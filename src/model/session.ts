import type { Scope } from './access.ts'
import { sha256 } from './sha256.ts'

/** A browser that is signed in: who by, and until when at the latest. */
export interface Session {
  /** Who it speaks for, as {@link Subject} has it. */
  readonly name: string
  /** What vouches for it: a token of the store, by whose state it stands and falls, or what an identity provider said once. */
  readonly source:
    { readonly kind: 'token'; readonly id: string } | { readonly kind: 'provider'; readonly scopes: readonly Scope[] }
  /** RFC 3339, by the server's clock. */
  readonly createdAt: string
  readonly endsAt: string
}

const hourMs = 60 * 60 * 1000
/** A session that nobody uses for so long ends. */
export const idleMs = 24 * hourMs
/** One ends after this time, however much it is used: by a token, which can be revoked; by a provider's word, which cannot. */
export const longestMs = { token: 7 * 24 * hourMs, provider: 12 * hourMs } as const
/** Uses are noted this seldom, so that reading does not write. */
export const usedEveryMs = 5 * 60 * 1000

/** The secret that a browser keeps, from 256 random bits in base64url. */
export function sessionSecret(random: string): string {
  return `cgs_${random}`
}

/** What a page of ours has to send along with whatever changes something: only who knows the secret, or asked the server, knows it. */
export function csrfOf(secret: string): string {
  return sha256(`csrf ${secret}`)
}
