import type { Coverage } from '../engine/protocol.ts'
import type { Path } from '../model/path.ts'
import { contains, overlaps } from '../model/path-pattern.ts'

/** Whether observers looked at a place and everything below it, and nobody was refused anything there. */
export function isCoveredThroughout(path: Path, coverage: readonly Coverage[]): boolean {
  return (
    coverage.some((entry) => entry.status === 'covered' && contains(entry.path, path)) &&
    !coverage.some((entry) => entry.status === 'refused' && overlaps(entry.path, path))
  )
}
