import type { Finding } from '../../model/finding.ts'
import type { Report } from '../../model/report.ts'
import { environmentProblems } from '../environment-problems.ts'
import { filePlaces, shownAt } from '../file-places.ts'
import { findingDetails, findingHeadline } from '../finding-words.ts'
import type { FormatOptions } from '../format.ts'
import { loggingCommand, loggedLine } from '../logging-command.ts'
import { printable } from '../printable.ts'
import { excuseOf, standingOf } from '../standing.ts'

/** Logging commands of Azure Pipelines: errors and warnings as issues of the run, and what is excused or for information as lines of the log. */
export function azure(report: Report, options: FormatOptions): string {
  const problems = environmentProblems(report, options.failOn).map(({ message }) =>
    loggingCommand('task.logissue', { type: 'error' }, message),
  )
  const count = report.findings.length
  const total = `${report.workspace} ${report.verdict}: ${count} ${count === 1 ? 'finding' : 'findings'}`
  return `${[...problems, ...report.findings.map((finding) => lineOf(finding, options)), total].join('\n')}\n`
}

function lineOf(finding: Finding, options: FormatOptions): string {
  const { nameOf, failOn } = options
  const { severity, environment, rule } = finding
  const standing = standingOf(finding, failOn)
  const words = `${findingHeadline(finding)} (${printable(environment)})`
  if (standing === 'excused') return loggedLine(`${excuseOf(finding)}: ${words}`)
  if (standing === 'told' || severity === 'info') return loggedLine(`to know: ${words}`)
  const { file, line, column } = shownAt(filePlaces(finding, nameOf), nameOf)
  return loggingCommand(
    'task.logissue',
    { type: severity, sourcepath: file, linenumber: line, columnnumber: column, code: rule.id },
    [findingHeadline(finding), ...findingDetails(finding, options)].join('\n'),
  )
}
