import type { Path, PathPattern } from './path.ts'

/** Whether a pattern reaches a path: each of its labels is met, and everything below is in its reach. */
export function reaches(pattern: PathPattern, path: Path): boolean {
  return contains(pattern, path)
}

/** Whether a pattern reaches every path that another one reaches. */
export function contains(wide: PathPattern, narrow: PathPattern): boolean {
  return wide.length <= narrow.length && wide.every((label, index) => label === null || label === narrow[index])
}

/** Whether some path is reached by both patterns. */
export function overlaps(a: PathPattern, b: PathPattern): boolean {
  const shared = Math.min(a.length, b.length)
  return a.slice(0, shared).every((label, index) => label === null || b[index] === null || label === b[index])
}
