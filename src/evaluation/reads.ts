import type { Read } from '../engine/protocol.ts'
import type { Path, PathPattern } from '../model/path.ts'

/** A path that is read, with any label in place of one of the reader's own. */
export function readByAny(read: Read): PathPattern {
  return read.map((step) => (typeof step === 'number' ? null : step))
}

/** A path as the entity at a path reads it. */
export function readFor(read: Read, path: Path): PathPattern {
  return read.map((step) => (typeof step === 'number' ? (path[step] ?? null) : step))
}
