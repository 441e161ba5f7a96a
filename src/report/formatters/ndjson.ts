import { exactJson } from '../../model/exact-json.ts'
import type { Report } from '../../model/report.ts'

/** One JSON document a line: `{"type":"report",…}` with all but the findings, then `{"type":"finding",…}` for each of them. */
export function ndjson({ findings, ...rest }: Report): string {
  const lines = [{ type: 'report', ...rest }, ...findings.map((finding) => ({ type: 'finding', ...finding }))]
  return lines.map((line) => `${exactJson(line)}\n`).join('')
}
