import type { Finding } from '../../model/finding.ts'
import { exactJson } from '../../model/exact-json.ts'
import { overlaps } from '../../model/path-pattern.ts'
import type { Report } from '../../model/report.ts'
import type { Source } from '../../workspace/source.ts'
import { check, type CheckInput, type CheckResult } from '../check.ts'
import type { Dependencies, RequestOptions } from '../dependencies.ts'
import type { ReadCapture } from './read-capture.ts'

/** What is checked anew, and how. */
export interface ReplayInput extends RequestOptions {
  readonly captured: ReadCapture
  /** A workspace whose fragments are asked about instead of those of then. */
  readonly fragments?: Source
}

/** A report made anew, and what it has to do with that of then. */
export interface ReplayResult extends Pick<CheckResult, 'report' | 'quoted'> {
  /** `told`: as far as can be decided without masked values it is the same, and what cannot is told as it was. */
  readonly comparison: 'same' | 'told' | 'different'
  /** Findings, by their fingerprints, that only one of the reports has. */
  readonly added: number
  readonly gone: number
}

/** Checks what was captured anew. */
export async function replay(dependencies: Dependencies, input: ReplayInput): Promise<ReplayResult> {
  const { captured, fragments, engine, deadlineMs, signal } = input
  const asked: CheckInput = {
    ...captured.input,
    ...(fragments === undefined ? {} : { source: fragments }),
    ...(engine === undefined ? {} : { engine }),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
    ...(signal === undefined ? {} : { signal }),
  }
  const { report, quoted } = await check(dependencies, asked)
  const before = captured.report
  const [added, gone] = [without(report, before), without(before, report)]
  const counts = { added: added.length, gone: gone.length }
  if (exactJson(report) === exactJson(before)) return { report, quoted, comparison: 'same', ...counts }
  const isTold = captured.masked && fragments === undefined && report.faults === undefined
  if (isTold && onlyUndecided(report, added, gone) && sameDesired(report, before))
    return { report: before, quoted, comparison: 'told', added: 0, gone: 0 }
  return { report, quoted, comparison: 'different', ...counts }
}

function without({ findings }: Report, { findings: others }: Report): readonly Finding[] {
  const known = new Set(others.map(({ fingerprint }) => fingerprint))
  return findings.filter(({ fingerprint }) => !known.has(fingerprint))
}

/** Whether two reports differ by nothing but what cannot be decided any more. */
function onlyUndecided({ findings }: Report, added: readonly Finding[], gone: readonly Finding[]): boolean {
  const open = findings.filter(({ outcome }) => outcome === 'undecided')
  return (
    added.every(({ outcome }) => outcome === 'undecided') &&
    gone.every(({ environment, path }) =>
      open.some((one) => one.environment === environment && overlaps(one.path, path)),
    )
  )
}

function sameDesired({ environments }: Report, { environments: others }: Report): boolean {
  return environments.every(({ desired }, index) => desired.digest === others[index]?.desired.digest)
}
