import { compareText } from '../model/order.ts'
import { reaches } from '../model/path-pattern.ts'
import { parsePattern, type Path, type PathPattern } from '../model/path.ts'
import type { Team } from '../model/workspace.ts'

/** Says which team owns a path, if any. */
export type OwnerOf = (path: Path) => string | undefined

/** The owners of a workspace's paths: the team with the most specific pattern that reaches a path; of equal patterns the first team by name. */
export function ownersOf(teams: Readonly<Record<string, Team>>): OwnerOf {
  const owned = Object.entries(teams)
    .flatMap(([team, { owns = [] }]) => owns.map((text) => ({ team, pattern: parsePattern(text) })))
    .toSorted((a, b) => comparePatterns(a.pattern, b.pattern) || compareText(a.team, b.team))
  return (path) => owned.find(({ pattern }) => reaches(pattern, path))?.team
}

/** The more specific pattern first: the longer one; of equal length the one that names a label where the other has `*`. */
function comparePatterns(a: PathPattern, b: PathPattern): number {
  if (a.length !== b.length) return b.length - a.length
  for (const [index, label] of a.entries()) {
    if ((label === null) !== (b[index] === null)) return label === null ? 1 : -1
  }
  return 0
}
