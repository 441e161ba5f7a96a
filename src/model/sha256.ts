import { createHash } from 'node:crypto'

/** SHA-256 of a text or of bytes, in 64 hex digits: by it contents are named. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
