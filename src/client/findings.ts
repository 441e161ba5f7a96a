import { Fault } from '../errors.ts'
import { isDataList, type Data } from '../model/data.ts'
import type { Finding } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import { validateFinding, validateReport } from '../schema/report-validators.js'
import { schemaProblems } from '../schema/problems.ts'

/** A report that a server sent. One that is none is a Fault SERVER_FAILED. */
export function readReport(server: string, data: Data | undefined): Report {
  const [problem] = schemaProblems(validateReport, data ?? null)
  if (problem !== undefined) throw notUnderstood(server, problem.message)
  // The schema has just been found to fit.
  return data as unknown as Report
}

/** Findings that a server sent. */
export function readFindings(server: string, data: Data | undefined): readonly Finding[] {
  if (data === undefined || !isDataList(data)) throw notUnderstood(server)
  for (const one of data) {
    const [problem] = schemaProblems(validateFinding, one)
    if (problem !== undefined) throw notUnderstood(server, problem.message)
  }
  // The schema has just been found to fit each.
  return data as unknown as readonly Finding[]
}

/** The fault of an answer that is not what this version expects. */
export function notUnderstood(server: string, why?: string): Fault {
  const more = why === undefined ? '' : ` (${why})`
  return new Fault('SERVER_FAILED', `the answer of \`${server}\` is not understood: is it of another version?${more}`)
}
