import { stands } from '../model/counting.ts'
import type { Severity } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import { excusedLines } from './excused-lines.ts'
import { findingsLines } from './formatters/text.ts'
import type { FormatOptions } from './format.ts'
import { palette } from './paint.ts'
import { printable } from './printable.ts'
import { sameFindings } from './same-findings.ts'
import { noteText } from './summary-lines.ts'

/** A report of lints for people: no verdict is spoken, since nothing was observed. */
export function lintText(report: Report, options: FormatOptions): string {
  const { heading, faint } = palette(options.colour)
  const { environments, faults = [], findings, notes, workspace } = report
  const count = environments.length + faults.length
  const linted = environments.length === 0 && faults.length > 0 ? [] : [countsOf(report)]
  const lines = [
    ...findingsLines(findings.filter(stands), count, options),
    ...excusedLines(sameFindings(findings.filter((finding) => !stands(finding))), count > 1, options),
    ...(options.quiet ? [] : notes.map((note) => faint(`note  ${noteText(note)}`))),
    ...faults.map(
      ({ environment, code, message }) => `${printable(environment)}: not linted: ${code}: ${printable(message)}`,
    ),
    ...linted.map(
      (found) => `${heading(printable(workspace))}: ${found} in ${plural(environments.length, 'environment')}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

const words = { error: 'error', warning: 'warning', info: 'hint' } as const satisfies Record<Severity, string>

/** `2 warnings, 1 hint, 1 exempted`: a finding of several environments counts in each. */
function countsOf({ findings }: Report): string {
  const severities: readonly Severity[] = ['error', 'warning', 'info']
  const standing = findings.filter(stands)
  const counts = severities.map((severity) => ({
    count: standing.filter((finding) => finding.severity === severity).length,
    word: words[severity],
  }))
  const said = counts.filter(({ count }) => count > 0).map(({ count, word }) => plural(count, word))
  const excused = findings.length - standing.length
  const all = excused === 0 ? said : [...said, `${excused} exempted`]
  return all.length === 0 ? 'nothing found' : all.join(', ')
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
