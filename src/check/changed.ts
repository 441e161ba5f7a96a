import type { Finding, Severity } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import { withFindings } from './with-findings.ts'

/** What changed, as far as findings can lie in it. */
export interface ChangedPlaces {
  /** The commit as it was named, and the one where the histories part. */
  readonly base: string
  readonly commit: string
  /** How many tracked files differ. */
  readonly files: number
  /** Whether a file may differ. */
  has(file: string): boolean
}

/** A report of what lies in changed files alone: a constraint of the finding, or what was observed. */
export function keepChanged(report: Report, changed: ChangedPlaces, failOn: Severity): Report {
  const findings = report.findings.filter((finding) => filesOf(finding).some((file) => changed.has(file)))
  const { base, commit, files } = changed
  const left = report.findings.length - findings.length
  return { ...withFindings(report, findings, failOn), changed: { base, commit, files, left } }
}

function filesOf({ conjuncts, observations, alternatives = [] }: Finding): readonly string[] {
  const places = [...conjuncts, ...observations, ...alternatives.flatMap((one) => one.conjuncts)]
  return [...new Set(places.flatMap(({ file }) => file ?? []))]
}
