import type { TeamLimit } from '../engine/protocol.ts'
import { compareText } from '../model/order.ts'
import { parsePattern } from '../model/path.ts'
import type { Team } from '../model/workspace.ts'

/** What each team with `constrains` may speak about: that, and what it owns. Teams without it have no limit. Sorted by team. */
export function limitsOf(teams: Readonly<Record<string, Team>>): readonly TeamLimit[] {
  return Object.entries(teams)
    .flatMap(([team, { constrains, owns = [] }]) => {
      if (constrains === undefined) return []
      return [{ team, may: [...new Set([...owns, ...constrains])].toSorted(compareText).map(parsePattern) }]
    })
    .toSorted((a, b) => compareText(a.team, b.team))
}
