import type { Baseline } from '../model/baseline.ts'
import { stands } from '../model/counting.ts'
import type { Finding, Severity } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import { withFindings } from './with-findings.ts'

/** What a report knows of: all that may be left for later. Conflicts may not, what is exempted is excused already, and what leads to nothing needs no excuse. */
export function baselineOf({ workspace, findings }: Report): Baseline {
  return {
    baseline: 1,
    workspace,
    findings: findings.filter(mayBeKnown).map(({ environment, kind, at, rule, fingerprint }) => ({
      environment,
      kind,
      at,
      rule: rule.id,
      fingerprint,
    })),
  }
}

/** A report in which only what is not in a baseline counts; the rest stays, marked. */
export function againstBaseline(report: Report, baseline: Baseline, failOn: Severity): Report {
  const known = new Set(baseline.findings.map(({ fingerprint }) => fingerprint))
  const findings = report.findings.map((finding) =>
    mayBeKnown(finding) && known.has(finding.fingerprint) ? { ...finding, known: true } : finding,
  )
  const found = new Set(report.findings.map(({ fingerprint }) => fingerprint))
  const checked = new Set(report.environments.map(({ name }) => name))
  const gone = baseline.findings.filter(
    ({ environment, fingerprint }) => checked.has(environment) && !found.has(fingerprint),
  )
  return { ...withFindings(report, findings, failOn), baseline: { gone: gone.length } }
}

function mayBeKnown(finding: Finding): boolean {
  return (finding.outcome === 'violates' || finding.outcome === 'undecided') && stands({ ...finding, known: false })
}
