import type { Path } from '../model/path.ts'

/** A JSON Pointer (RFC 6901). */
export function jsonPointer(labels: Path): string {
  return labels.map((label) => `/${label.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
