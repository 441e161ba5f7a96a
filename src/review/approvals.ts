import { ownersOf } from '../check/owner.ts'
import { compareText } from '../model/order.ts'
import { formatPattern, parsePattern, type PathPattern } from '../model/path.ts'
import { contains } from '../model/path-pattern.ts'
import type { Change, ExemptionPair, Review } from '../model/review.ts'
import type { Exemption } from '../model/exemption.ts'
import type { Team } from '../model/workspace.ts'
import { changePath, type ChangeLabel, meansLabel } from './change-path.ts'

type Teams = Readonly<Record<string, Team>>

/** A path that a change touches, as people read it. */
interface Touched {
  readonly at: string
  readonly path: readonly ChangeLabel[]
}

/** What a change touches beside the desired state. */
export interface TouchedBy {
  readonly changes: readonly Change[]
  readonly exemptions: { readonly added: readonly Exemption[]; readonly widened: readonly ExemptionPair[] }
}

/**
 * The teams that own what a change touches, before it or after it, with the paths of theirs: those whose constraints change, where exemptions come
 * or grow, and whose owner or limits change. A pattern touches every path that it may mean.
 */
export function approvals(before: Teams, after: Teams, { changes, exemptions }: TouchedBy): Review['approvals'] {
  const touched: readonly Touched[] = [
    ...changes.map(({ at, path }) => ({ at, path: changePath(path, at) })),
    ...[...exemptions.added, ...exemptions.widened.map((pair) => pair.after)].map(({ path }) => touchedBy(path)),
    ...otherwiseSaid(before, after).map(touchedBy),
  ]
  const byTeam = new Map<string, Set<string>>()
  for (const teams of [before, after]) {
    const ownersIn = ownersAround(teams)
    for (const { at, path } of touched)
      for (const team of ownersIn(path)) byTeam.set(team, (byTeam.get(team) ?? new Set()).add(at))
  }
  return Array.from(byTeam, ([team, paths]) => {
    const contact = (after[team] ?? before[team])?.contact
    return { team, ...(contact === undefined ? {} : { contact }), paths: [...paths].toSorted(compareText) }
  }).toSorted((a, b) => compareText(a.team, b.team))
}

/** Patterns that a team owns on one side alone, and those about which it may speak only now; the empty one is everything. */
function otherwiseSaid(before: Teams, after: Teams): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => {
    const [old, now] = [before[name], after[name]]
    const [owned, owns] = [old?.owns ?? [], now?.owns ?? []]
    const handed = [...owned.filter((one) => !owns.includes(one)), ...owns.filter((one) => !owned.includes(one))]
    const limits = old?.constrains
    if (limits === undefined || now === undefined) return handed
    return [...handed, ...(now.constrains ?? ['']).filter((one) => !limits.includes(one))]
  })
}

function touchedBy(pattern: string): Touched {
  const path = parsePattern(pattern)
  return { at: formatPattern(path), path: path.map((label) => label ?? { pattern: 'string' }) }
}

/** Says who owns a path, and who owns places that it may mean or that lie below it. */
function ownersAround(teams: Teams): (path: readonly ChangeLabel[]) => readonly string[] {
  const ownerOf = ownersOf(teams)
  const owned = Object.entries(teams).flatMap(([team, { owns = [] }]) =>
    owns.map((text) => ({ team, pattern: parsePattern(text) })),
  )
  return (path) => {
    // No team owns a path by a pattern's text.
    const plain = path.map((label) => (typeof label === 'string' ? label : `[${label.pattern}]`))
    const owner = ownerOf(plain)
    const inside = owned.filter(({ pattern }) => !contains(pattern, plain) && mayMeet(pattern, path))
    return [...(owner === undefined ? [] : [owner]), ...inside.map(({ team }) => team)]
  }
}

function mayMeet(pattern: PathPattern, path: readonly ChangeLabel[]): boolean {
  const shared = Math.min(pattern.length, path.length)
  return pattern
    .slice(0, shared)
    .every((label, index) => label === null || meansLabel(path[index] ?? '', label) !== false)
}
