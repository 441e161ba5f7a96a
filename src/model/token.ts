import { sha256 } from './sha256.ts'

const secretForm = /^cgt_[A-Za-z0-9_-]{43}$/

/** The secret of a token from 256 random bits in base64url; scanners for secrets know it by how it begins. */
export function tokenSecret(random: string): string {
  return `cgt_${random}`
}

/** Whether a text has the form of a token that this service makes; a JSON Web Token never has. */
export function isTokenSecret(text: string): boolean {
  return secretForm.test(text)
}

/** SHA-256 of a secret in hex, which is all that is kept of it: 256 random bits need no slower one. */
export function secretDigest(secret: string): string {
  return sha256(secret)
}

/** What a token is called by, from the digest of its secret. */
export function tokenId(digest: string): string {
  return digest.slice(0, 16)
}
