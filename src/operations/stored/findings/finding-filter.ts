import { compareFindings } from '../../../check/sort.ts'
import { countedAs, type Severity } from '../../../model/finding.ts'
import { compareText } from '../../../model/order.ts'
import type { TrackedFinding } from '../../../model/tracked-finding.ts'
import type { FindingFilter, FindingGroup, FindingOrder } from '../../../store/store.ts'

// What the store does with findings that it keeps, for those that were worked out anew.

/** Those that meet everything that is asked. */
export function meeting(findings: readonly TrackedFinding[], filter: FindingFilter): readonly TrackedFinding[] {
  const { environments, owner, team, rule, kind, outcome, countsAs, severity, exempted, since, path, q } = filter
  const words = q?.toLowerCase()
  return findings.filter(
    (finding) =>
      (environments === undefined || environments.includes(finding.environment)) &&
      (owner === undefined || answering(finding) === owner) &&
      (team === undefined || finding.owner === team || finding.teams.includes(team)) &&
      (rule === undefined || finding.rule.id === rule) &&
      (kind === undefined || kind.includes(finding.kind)) &&
      (outcome === undefined || finding.outcome === outcome) &&
      (countsAs === undefined || countsAs.includes(countedAs(finding))) &&
      (severity === undefined || severity.includes(finding.severity)) &&
      (since === undefined || Date.parse(finding.since) >= since.getTime()) &&
      (exempted === undefined || (finding.exempted !== undefined) === exempted) &&
      (path === undefined ||
        path.every((label, index) => (label === '*' ? index < finding.path.length : label === finding.path[index]))) &&
      (words === undefined ||
        [finding.at, finding.message, finding.rule.id].some((text) => text.toLowerCase().includes(words))),
  )
}

const gravity: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** Sorted as asked, then by environment, path, kind and rule. */
export function ordered(findings: readonly TrackedFinding[], order: FindingOrder): readonly TrackedFinding[] {
  return findings.toSorted(
    (a, b) => (order === 'severity' ? gravity[a.severity] - gravity[b.severity] : 0) || compareFindings(a, b),
  )
}

const memberOf: Readonly<Record<FindingGroup, (finding: TrackedFinding) => string | undefined>> = {
  environment: ({ environment }) => environment,
  outcome: ({ outcome }) => outcome,
  countsAs: countedAs,
  severity: ({ severity }) => severity,
  kind: ({ kind }) => kind,
  owner: answering,
  rule: ({ rule }) => rule.id,
}

/** Who answers for a finding: who owns the path, else the first of the teams that are involved. */
function answering({ owner, teams }: TrackedFinding): string | undefined {
  return owner ?? teams[0]
}

/** How many there are of each member of a group, most first; without the filter of the group itself. */
export function counted(
  findings: readonly TrackedFinding[],
  filter: FindingFilter,
  by: FindingGroup,
): readonly { readonly name: string; readonly count: number }[] {
  const { [by === 'environment' ? 'environments' : by]: _, ...others } = filter
  const counts = new Map<string, number>()
  for (const finding of meeting(findings, others)) {
    const name = memberOf[by](finding)
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return Array.from(counts, ([name, count]) => ({ name, count })).toSorted(
    (a, b) => b.count - a.count || compareText(a.name, b.name),
  )
}
