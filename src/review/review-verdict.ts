import { compareTeams, concernedTeam } from '../model/concerned-team.ts'
import { counts } from '../model/counting.ts'
import type { Finding, Severity } from '../model/finding.ts'
import type { FindingPair, Review, ReviewCounts, ReviewedEnvironment, ReviewVerdict } from '../model/review.ts'

/** What is bad news, by what it leads to: findings that count and did not, by being new or by having changed. */
export function newsOf(
  { conflicts, findings }: Pick<ReviewedEnvironment, 'conflicts' | 'findings'>,
  failOn: Severity,
): readonly Finding[] {
  const worse = findings.changed
    .filter(
      ({ before, after }) => counts(after, failOn) && !(counts(before, failOn) && before.outcome === after.outcome),
    )
    .map(({ after }) => after)
  return [...conflicts.new, ...findings.new.filter((finding) => counts(finding, failOn)), ...worse]
}

/** The worst of what is new in any environment: conflicts, violations, what is undecided; else whether anything changed at all. */
export function reviewVerdict(
  { environments, rules, exemptions }: Pick<Review, 'environments' | 'rules' | 'exemptions'>,
  failOn: Severity,
): ReviewVerdict {
  const outcomes = new Set(environments.flatMap((one) => newsOf(one, failOn)).map(({ outcome }) => outcome))
  if (outcomes.has('conflicts')) return 'conflicts'
  if (outcomes.has('violates')) return 'violates'
  if (outcomes.has('undecided')) return 'undecided'
  const said = [...Object.values(rules), ...Object.values(exemptions)].some((list) => list.length > 0)
  return said || environments.some(isChanged) ? 'changed' : 'unchanged'
}

function isChanged({ only, changes, conflicts, findings, latent, lints }: ReviewedEnvironment): boolean {
  return (
    only !== undefined ||
    [changes, conflicts.new, conflicts.resolved, findings.new, findings.resolved, findings.changed].some(
      (list) => list.length > 0,
    ) ||
    [latent, lints].some((silent) => silent !== undefined && silent.new.length + silent.resolved.length > 0)
  )
}

/** Counts what comes and goes in all environments, and by the team whose it is. */
export function reviewSummary(environments: readonly ReviewedEnvironment[], failOn: Severity): Review['summary'] {
  const news = new Set(environments.flatMap((one) => newsOf(one, failOn)))
  const fresh = environments.flatMap(({ conflicts, findings }) => [...conflicts.new, ...findings.new])
  const gone = environments.flatMap(({ conflicts, findings }) => [...conflicts.resolved, ...findings.resolved])
  const changed = environments.flatMap(({ findings }) => findings.changed)
  const teams = new Set([...fresh, ...gone, ...changed.map(({ after }) => after)].map(concernedTeam))
  const countsIn = (isOurs: (finding: Finding) => boolean): ReviewCounts => {
    const counted = [...news].filter(isOurs)
    const of = (outcome: Finding['outcome']): number => counted.filter((finding) => finding.outcome === outcome).length
    return {
      conflicts: of('conflicts'),
      violating: of('violates'),
      undecided: of('undecided'),
      minor: fresh.filter((finding) => isOurs(finding) && !news.has(finding)).length,
      resolved: gone.filter(isOurs).length,
      changed: changed.filter((pair: FindingPair) => isOurs(pair.after)).length,
    }
  }
  return {
    ...countsIn(() => true),
    teams: [...teams].toSorted(compareTeams).map((team) => ({
      ...(team === undefined ? {} : { team }),
      ...countsIn((finding) => concernedTeam(finding) === team),
    })),
  }
}
