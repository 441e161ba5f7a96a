import type { Path } from '../model/path.ts'

/** A text that is equal for equal paths only. */
export function entityKey(path: Path): string {
  return JSON.stringify(path)
}
