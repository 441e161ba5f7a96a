import { exactJson } from '../../model/exact-json.ts'
import type { Report } from '../../model/report.ts'

/** The report as the document of `schemas/report.schema.json`, indented. */
export function json(report: Report): string {
  return `${exactJson(report, { indent: 2 })}\n`
}
