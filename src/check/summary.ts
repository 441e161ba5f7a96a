import { stands } from '../model/counting.ts'
import type { Finding, Kind, Severity } from '../model/finding.ts'
import { compareText } from '../model/order.ts'
import type { Report } from '../model/report.ts'

const noneByKind: Readonly<Record<Kind, number>> = {
  conflict: 0,
  mismatch: 0,
  missing: 0,
  unexpected: 0,
  unobserved: 0,
  stale: 0,
  refused: 0,
  contested: 0,
  incomplete: 0,
  unreadable: 0,
  breach: 0,
  drift: 0,
  exemption: 0,
  lint: 0,
}

/** Counts of findings: by severity (exempted and known ones apart), by kind, and by each team that a finding concerns. */
export function summaryOf(findings: readonly Finding[], teams: readonly string[]): Report['summary'] {
  const open = findings.filter(stands)
  const ofSeverity = (severity: Severity): number => open.filter((finding) => finding.severity === severity).length
  const byKind = { ...noneByKind }
  const byTeam = new Map(teams.toSorted(compareText).map((team) => [team, 0]))
  for (const finding of findings) {
    byKind[finding.kind] += 1
    for (const team of concernedTeams(finding)) byTeam.set(team, (byTeam.get(team) ?? 0) + 1)
  }
  const exempted = findings.filter((finding) => finding.exempted !== undefined).length
  const known = findings.length - open.length - exempted
  return {
    error: ofSeverity('error'),
    warning: ofSeverity('warning'),
    info: ofSeverity('info'),
    exempted,
    ...(known === 0 ? {} : { known }),
    byKind,
    byTeam: Object.fromEntries(byTeam),
  }
}

/** The teams that a finding concerns: those involved, and the owner of its path. */
function concernedTeams(finding: Finding): ReadonlySet<string> {
  return new Set(finding.owner === undefined ? finding.teams : [...finding.teams, finding.owner])
}

/** Whether a finding concerns a team; one that names no team at all concerns everyone. */
export function concerns(finding: Finding, team: string): boolean {
  const teams = concernedTeams(finding)
  return teams.size === 0 || teams.has(team)
}
