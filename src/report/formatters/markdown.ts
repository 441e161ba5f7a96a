import type { Report } from '../../model/report.ts'
import { environmentProblems } from '../environment-problems.ts'
import type { FormatOptions } from '../format.ts'
import { folded, marker, table } from '../markdown/blocks.ts'
import { markdownCell, markdownCode, markdownProse, summaryCode } from '../markdown/escape.ts'
import { findingItem } from '../markdown/finding-item.ts'
import { shapes } from '../shapes.ts'
import { countWords, teamGroups, type TeamGroup } from '../team-groups.ts'

/** Characters: GitHub takes comments of 65,536, and summaries of 1 MiB. */
const longest = 60_000

/**
 * For a comment on a pull request: what it comes to, then folded by the team that is to look at it, no longer than a comment may be.
 * The first line is the same each time, and no time is told: an unchanged report is an unchanged comment.
 */
export function markdown(report: Report, options: FormatOptions): string {
  const { workspace, verdict } = report
  const head = [
    marker('report', workspace),
    `### ${shapes[verdict]} ${markdownProse(workspace)} ${verdict}`,
    environmentTable(report, options),
    ...environmentProblems(report, options.failOn).map(({ message }) => `**Undecided:** ${markdownCode(message)}`),
  ]
  const groups = teamGroups(report.findings, options.failOn)
  const envelope = groups.map((group) => folded(summaryOf(group, options), [leftOut(group.open.length)]).length + 2)
  let room = longest - head.join('\n\n').length - envelope.reduce((sum, length) => sum + length, 0)
  const blocks = groups.map((group, index) => {
    const block = groupBlock(group, Math.max(0, room / (groups.length - index)), options)
    room -= block.length - (envelope[index] ?? 0)
    return block
  })
  return `${[...head, ...blocks].join('\n\n')}\n`
}

function environmentTable({ environments, faults = [], findings }: Report, { failOn }: FormatOptions): string {
  const rows = environments.map(({ name, verdict }) => {
    const words = countWords(
      findings.filter(({ environment }) => environment === name),
      failOn,
    )
    return [markdownCell(markdownCode(name)), `${shapes[verdict]} ${verdict}`, words === '' ? 'nothing found' : words]
  })
  const failed = faults.map(({ environment, code }) => [
    markdownCell(markdownCode(environment)),
    `${shapes.undecided} not checked`,
    code,
  ])
  return table(['environment', 'verdict', 'findings'], [...rows, ...failed])
}

function summaryOf({ team, open, rest }: TeamGroup, { failOn }: FormatOptions): string {
  const words = countWords(
    [...open, ...rest].map(({ finding }) => finding),
    failOn,
  )
  return `${team === undefined ? 'no team' : summaryCode(team)}: ${words}`
}

/** As many findings of a team as there is room for, in characters. */
function groupBlock(group: TeamGroup, room: number, options: FormatOptions): string {
  const items: string[] = []
  const all = [...group.open, ...group.rest]
  let used = 0
  for (const same of all) {
    const item = findingItem(same, options)
    if (used + item.length > room) break
    used += item.length + 1
    items.push(item)
  }
  const left = all.length - items.length
  const list = items.length === 0 ? [] : [items.join('\n')]
  return folded(summaryOf(group, options), left === 0 ? list : [...list, leftOut(left)])
}

function leftOut(count: number): string {
  return `… and ${count} more, in the other formats of this report`
}
