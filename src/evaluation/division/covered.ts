import type { Coverage } from '../../engine/protocol.ts'
import type { Path } from '../../model/path.ts'
import { contains, overlaps } from '../../model/path-pattern.ts'
import { entityKey } from '../entity-key.ts'

/** What observers looked at, asked place by place. */
export interface Covered {
  /** Whether somebody looked at a place and everything below it, and nobody was refused anything there. */
  throughout(path: Path): boolean
  /** Whether anything at, above or below a place is refused, or known only from too long ago. */
  isDoubtful(path: Path): boolean
}

const everything: Covered = { throughout: () => true, isDoubtful: () => false }

/** Makes coverage quick to ask about many places. */
export function coveredPlaces(coverage: readonly Coverage[]): Covered {
  if (coverage.every(({ status }) => status === 'covered') && coverage.some(({ path }) => path.length === 0))
    return everything
  const literal = new Set<string>()
  const wide: Coverage[] = []
  const doubtful: Coverage[] = []
  for (const entry of coverage) {
    if (entry.status !== 'covered') doubtful.push(entry)
    else if (isLiteral(entry.path)) literal.add(entityKey(entry.path))
    else wide.push(entry)
  }
  const refused = doubtful.filter(({ status }) => status === 'refused')
  const isCovered = (path: Path): boolean => {
    for (let length = 0; length <= path.length; length++) if (literal.has(entityKey(path.slice(0, length)))) return true
    return wide.some((entry) => contains(entry.path, path))
  }
  return {
    throughout: (path) => isCovered(path) && !refused.some((entry) => overlaps(entry.path, path)),
    isDoubtful: (path) => doubtful.some((entry) => overlaps(entry.path, path)),
  }
}

function isLiteral(path: Coverage['path']): path is Path {
  return !path.includes(null)
}
