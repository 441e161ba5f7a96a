import type { CheckCounts } from '../../../model/check-record.ts'
import { countedAs, type Finding } from '../../../model/finding.ts'

/** Counts of findings; exempted ones apart. */
export function countsOf(findings: readonly Finding[]): CheckCounts {
  const byOutcome = { conflicts: 0, violates: 0, undecided: 0, none: 0 }
  const bySeverity = { error: 0, warning: 0, info: 0 }
  let exempted = 0
  for (const finding of findings) {
    if (finding.exempted !== undefined) {
      exempted += 1
      continue
    }
    const as = countedAs(finding)
    if (as !== 'exempted') byOutcome[as] += 1
    bySeverity[finding.severity] += 1
  }
  return { byOutcome, bySeverity, exempted }
}
