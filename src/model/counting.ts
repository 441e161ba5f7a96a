import type { Finding, Severity } from './finding.ts'

/** Severities from mild to grave. */
export const severities = ['info', 'warning', 'error'] as const satisfies readonly Severity[]

/** Whether nothing excuses a finding: no exemption and no baseline. */
export function stands(finding: Finding): boolean {
  return finding.exempted === undefined && finding.known !== true
}

/** Whether a finding has a say in the verdict: it is not excused, and at or above the least severity that fails. */
export function counts(finding: Finding, failOn: Severity): boolean {
  return stands(finding) && severities.indexOf(finding.severity) >= severities.indexOf(failOn)
}
