import { compareTeams, concernedTeam } from '../model/concerned-team.ts'
import type { Finding, Outcome, Severity } from '../model/finding.ts'
import { sameFindings, type SameFindings } from './same-findings.ts'
import { standingOf } from './standing.ts'

/** What one team has to look at. */
export interface TeamGroup {
  /** Absent for what concerns no team. */
  readonly team?: string
  /** What has a say in the verdict: conflicts, violations, then what is undecided. */
  readonly open: readonly SameFindings[]
  /** What is exempted, has no say in the verdict, or is for information. */
  readonly rest: readonly SameFindings[]
}

const outcomes: readonly Outcome[] = ['conflicts', 'violates', 'undecided', 'none']

/** Findings by the team that is to look at them, sorted by its name, what concerns none last; each once for all environments in which it is the same. */
export function teamGroups(findings: readonly Finding[], failOn: Severity | undefined): readonly TeamGroup[] {
  const byTeam = new Map<string | undefined, SameFindings[]>()
  for (const same of sameFindings(findings)) {
    const team = concernedTeam(same.finding)
    const group = byTeam.get(team)
    if (group === undefined) byTeam.set(team, [same])
    else group.push(same)
  }
  const rank = ({ finding }: SameFindings): number => outcomes.indexOf(finding.outcome)
  return Array.from(byTeam, ([team, group]): TeamGroup => {
    const sorted = group.toSorted((a, b) => rank(a) - rank(b))
    const isOpen = ({ finding }: SameFindings): boolean => ['fails', 'undecided'].includes(standingOf(finding, failOn))
    return {
      ...(team === undefined ? {} : { team }),
      open: sorted.filter(isOpen),
      rest: sorted.filter((same) => !isOpen(same)),
    }
  }).toSorted((a, b) => compareTeams(a.team, b.team))
}

/** What findings come to: `1 in conflict, 2 in violation, 1 undecided, 3 to know`; empty for none. */
export function countWords(findings: readonly Finding[], failOn: Severity | undefined): string {
  const counts = new Map<string, number>()
  for (const finding of findings) {
    const word = wordOf(finding, failOn)
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return words
    .filter((word) => counts.has(word))
    .map((word) => `${counts.get(word)} ${word}`)
    .join(', ')
}

const words = ['in conflict', 'in violation', 'undecided', 'not counted', 'exempted', 'known', 'to know'] as const

function wordOf(finding: Finding, failOn: Severity | undefined): (typeof words)[number] {
  const standing = standingOf(finding, failOn)
  if (standing === 'excused') return finding.exempted === undefined ? 'known' : 'exempted'
  if (standing === 'lesser') return 'not counted'
  if (standing === 'told') return 'to know'
  if (standing === 'undecided') return 'undecided'
  return finding.outcome === 'conflicts' ? 'in conflict' : 'in violation'
}
