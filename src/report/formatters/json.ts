import type { Report } from '../../model/report.ts'

/** The report as the document of `schemas/report.schema.json`, indented. */
export function json(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
