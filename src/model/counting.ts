import type { Finding, Severity } from './finding.ts'

/** Severities from mild to grave. */
export const severities = ['info', 'warning', 'error'] as const satisfies readonly Severity[]

/** Whether a finding has a say in the verdict: not exempted, and at or above the least severity that fails. */
export function counts(finding: Finding, failOn: Severity): boolean {
  return finding.exempted === undefined && severities.indexOf(finding.severity) >= severities.indexOf(failOn)
}
