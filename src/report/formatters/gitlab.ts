import { exactJson } from '../../model/exact-json.ts'
import type { Finding } from '../../model/finding.ts'
import type { Report } from '../../model/report.ts'
import { sha256 } from '../../model/sha256.ts'
import { environmentProblems } from '../environment-problems.ts'
import { filePlaces, shownAt } from '../file-places.ts'
import { findingHeadline } from '../finding-words.ts'
import type { FormatOptions } from '../format.ts'
import { printable } from '../printable.ts'
import { excuseOf, standingOf } from '../standing.ts'

/** GitLab's code quality report, which a merge request compares with that of its target by fingerprint. What is excused is information there. */
export function gitlab(report: Report, { nameOf, pageOf, failOn }: FormatOptions): string {
  const problems = environmentProblems(report, failOn).map(({ environment, message }) => ({
    description: message,
    check_name: 'congruent:verdict',
    fingerprint: sha256(exactJson([report.workspace, environment])).slice(0, 32),
    severity: 'major',
    location: locationOf(shownAt([], nameOf)),
  }))
  const findings = report.findings.map((finding) => {
    const excuse = excuseOf(finding)
    const words = `${findingHeadline(finding)} (${finding.environment})`
    const page = pageOf === undefined ? '' : ` ${pageOf(finding)}`
    return {
      description: printable(excuse === undefined ? words : `${excuse}: ${words}`) + page,
      check_name: finding.rule.id,
      fingerprint: finding.fingerprint,
      severity: severityOf(finding, failOn),
      location: locationOf(shownAt(filePlaces(finding, nameOf), nameOf)),
    }
  })
  return `${exactJson([...problems, ...findings], { indent: 2 })}\n`
}

function locationOf({ file, line = 1 }: ReturnType<typeof shownAt>): object {
  return { path: file, lines: { begin: line } }
}

function severityOf(finding: Finding, failOn: FormatOptions['failOn']): string {
  const standing = standingOf(finding, failOn)
  if (standing === 'excused' || standing === 'told') return 'info'
  if (standing === 'lesser') return finding.severity === 'info' ? 'info' : 'minor'
  if (finding.outcome === 'conflicts') return 'blocker'
  return finding.outcome === 'undecided' ? 'major' : 'critical'
}
