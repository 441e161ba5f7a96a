import { createHash } from 'node:crypto'

/** 64 hex digits of texts; equal for equal lists of texts only. */
export function digestOf(texts: Iterable<string>): string {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(`${Buffer.byteLength(text)}:`).update(text)
  return hash.digest('hex')
}
