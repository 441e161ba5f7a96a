import type { Finding, Severity } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import { summaryOf } from './summary.ts'
import { verdictOf, worstVerdict } from './verdict.ts'

/** A report with other findings: verdicts and counts are theirs. What an engine could not tell, and faults, stay as grave as they are. */
export function withFindings(report: Report, findings: readonly Finding[], failOn: Severity): Report {
  const environments = report.environments.map((environment) => {
    const own = findings.filter(({ environment: name }) => name === environment.name)
    const verdict = verdictOf(own, failOn)
    return { ...environment, verdict: environment.lacks === undefined ? verdict : worstVerdict([verdict, 'undecided']) }
  })
  const verdicts = environments.map(({ verdict }) => verdict)
  return {
    ...report,
    verdict: worstVerdict(report.faults === undefined ? verdicts : [...verdicts, 'undecided']),
    environments,
    summary: summaryOf(findings, Object.keys(report.summary.byTeam)),
    findings,
  }
}
