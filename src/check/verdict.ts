import { counts } from '../model/counting.ts'
import type { Finding, Severity, Verdict } from '../model/finding.ts'

const verdicts: readonly Verdict[] = ['conforms', 'undecided', 'violates', 'conflicts']

/** The worst outcome of the findings that count, undecided ones included. */
export function verdictOf(findings: readonly Finding[], failOn: Severity): Verdict {
  const outcomes = findings.filter((finding) => counts(finding, failOn)).map(({ outcome }) => outcome)
  return worstVerdict(outcomes.filter((outcome) => outcome !== 'none'))
}

/** The worst of several verdicts: conflicts, violates, undecided, conforms; none is conforms. */
export function worstVerdict(several: readonly Verdict[]): Verdict {
  return verdicts.findLast((verdict) => several.includes(verdict)) ?? 'conforms'
}
