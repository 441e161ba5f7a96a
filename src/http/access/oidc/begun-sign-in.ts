import { createHash } from 'node:crypto'
import { ownAddress } from './own-address.ts'

/** A way to the identity provider and back that a browser has begun. */
export interface BegunSignIn {
  /** What the provider sends back with whoever comes back: the same browser began it. */
  readonly state: string
  /** What the provider writes into its word: it was given for this sign-in. */
  readonly nonce: string
  /** What shows that the code is asked for by who began (PKCE). */
  readonly verifier: string
  /** The page that is shown then, relative to the origin. */
  readonly to: string
}

/** How long somebody may take at the provider. */
export const signInSeconds = 600

/**
 * What a browser keeps meanwhile, so that any replica can go on. All three follow from one secret that nobody but the browser is told: none
 * of those that are shown in addresses gives another away.
 */
export function keptBy(secret: string, to: string): string {
  return `${secret}.${Buffer.from(to).toString('base64url')}`
}

/** What a browser kept, read; undefined where it is nothing that was given to it. */
export function begunSignIn(kept: string): BegunSignIn | undefined {
  const [, secret = '', to = ''] = /^([\w-]{43})\.([\w-]*)$/.exec(kept) ?? []
  if (secret === '') return undefined
  const from = (what: string): string => createHash('sha256').update(`${what} ${secret}`).digest('base64url')
  return {
    state: from('state'),
    nonce: from('nonce'),
    verifier: from('verifier'),
    to: ownAddress(Buffer.from(to, 'base64url').toString()) ?? '/',
  }
}
