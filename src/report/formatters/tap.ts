import type { Finding } from '../../model/finding.ts'
import type { Report } from '../../model/report.ts'
import { environmentProblems } from '../environment-problems.ts'
import { findingDetails, findingHeadline } from '../finding-words.ts'
import type { FormatOptions } from '../format.ts'
import { printable } from '../printable.ts'
import { excuseOf, standingOf } from '../standing.ts'
import { tapDescription, tapDiagnostics, tapText, type TapPoint } from '../tap-point.ts'

/**
 * The Test Anything Protocol, version 14: a point for the verdict of each environment and one for each finding. Violations and what is undecided
 * are not ok; what is excused, or has no say in the verdict, is not ok either, and a TODO, which fails nothing.
 */
export function tap(report: Report, options: FormatOptions): string {
  const points = [
    ...verdictPoints(report, options),
    ...report.findings.map((finding) => findingPoint(finding, options)),
  ]
  return tapText(points)
}

function verdictPoints(report: Report, { failOn }: FormatOptions): readonly TapPoint[] {
  const { workspace, environments, faults = [] } = report
  const problems = environmentProblems(report, failOn)
  const messageFor = (name: string): string | undefined =>
    problems.find(({ environment }) => environment === name)?.message
  return [
    ...environments.map(({ name, verdict }) => ({
      name,
      words: messageFor(name) ?? verdict,
      isOk: verdict === 'conforms',
    })),
    ...faults.map(({ environment: name }) => ({ name, words: messageFor(name) ?? 'was not checked', isOk: false })),
  ].map(({ name, words, isOk }) => ({ isOk, text: tapDescription(`${workspace} ${name}: ${words}`) }))
}

function findingPoint(finding: Finding, options: FormatOptions): TapPoint {
  const standing = standingOf(finding, options.failOn)
  const todo =
    standing === 'excused'
      ? excuseOf(finding)
      : standing === 'lesser'
        ? `${finding.severity} without a say in the verdict`
        : undefined
  const details = {
    rule: printable(finding.rule.id),
    kind: finding.kind,
    severity: finding.severity,
    environment: printable(finding.environment),
    fingerprint: finding.fingerprint,
    details: findingDetails(finding, options),
  }
  return {
    isOk: standing === 'told',
    text: [
      `${tapDescription(findingHeadline(finding))}${todo === undefined ? '' : ` # TODO ${tapDescription(todo)}`}`,
      ...tapDiagnostics(details),
    ].join('\n'),
  }
}
