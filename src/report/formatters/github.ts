import type { Finding, Outcome, Severity } from '../../model/finding.ts'
import type { Report } from '../../model/report.ts'
import { environmentProblems } from '../environment-problems.ts'
import { filePlaces, shownAt } from '../file-places.ts'
import { findingDetails, findingHeadline, ruleWords } from '../finding-words.ts'
import type { FormatOptions } from '../format.ts'
import { standingOf } from '../standing.ts'
import { workflowCommand } from '../workflow-command.ts'

/** GitHub shows so many annotations of each level for a step, and drops the others without a word. */
const mostOfALevel = 10

type Level = 'error' | 'warning' | 'notice'

const levels = ['error', 'warning', 'notice'] as const satisfies readonly Level[]
const outcomes: readonly Outcome[] = ['conflicts', 'violates', 'undecided', 'none']

/** Workflow commands that GitHub shows as annotations of the changed files: the worst ones, as many as it takes, and a line that counts what was left out. */
export function github(report: Report, options: FormatOptions): string {
  const { failOn } = options
  const problems = environmentProblems(report, failOn).map(({ message }) =>
    workflowCommand('error', { title: 'undecided' }, message),
  )
  const findings = report.findings.toSorted((a, b) => outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome))
  const lines = levels.flatMap((level) => {
    const found = findings.filter((finding) => levelOf(finding, failOn) === level)
    const commands = [
      ...(level === 'error' ? problems : []),
      ...found.slice(0, mostOfALevel).map((finding) => annotation(finding, level, options)),
    ]
    const shown = commands.slice(0, mostOfALevel)
    const left = found.length + (level === 'error' ? problems.length : 0) - shown.length
    return left === 0 ? shown : [...shown, `and ${left} more of level ${level}, which GitHub shows no annotations for`]
  })
  const count = report.findings.length
  const total = `${report.workspace} ${report.verdict}: ${count} ${count === 1 ? 'finding' : 'findings'}`
  return `${[...lines, total].join('\n')}\n`
}

/** Severity alone tells the level, but for what is excused or has no say: that is no error. */
function levelOf(finding: Finding, failOn: Severity | undefined): Level {
  const standing = standingOf(finding, failOn)
  if (standing === 'excused') return 'notice'
  if (finding.severity === 'error') return standing === 'told' ? 'warning' : 'error'
  return finding.severity === 'warning' ? 'warning' : 'notice'
}

function annotation(finding: Finding, level: Level, options: FormatOptions): string {
  const { nameOf } = options
  const { file, line, column } = shownAt(filePlaces(finding, nameOf), nameOf)
  const excused = standingOf(finding) === 'excused' ? (finding.exempted === undefined ? 'known: ' : 'exempted: ') : ''
  return workflowCommand(
    level,
    {
      file,
      line,
      col: column,
      title: `${excused}${ruleWords(finding)}`,
    },
    [findingHeadline(finding), ...findingDetails(finding, options)].join('\n'),
  )
}
