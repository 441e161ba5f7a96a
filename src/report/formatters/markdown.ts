import type { Report } from '../../model/report.ts'
import { environmentProblems } from '../environment-problems.ts'
import { outcomeWord, messageOf, subjectOf } from '../finding-words.ts'
import { filePlaces } from '../file-places.ts'
import type { FormatOptions } from '../format.ts'
import { folded, marker, table } from '../markdown/blocks.ts'
import { markdownCell, markdownCode, markdownProse, summaryCode } from '../markdown/escape.ts'
import type { SameFindings } from '../same-findings.ts'
import { shapes, shapeWord } from '../shapes.ts'
import { excuseOf, standingOf } from '../standing.ts'
import { countWords, teamGroups, type TeamGroup } from '../team-groups.ts'

/** Characters: GitHub takes comments of 65,536, and summaries of 1 MiB. */
const longest = 60_000
const mostPlaces = 4

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
    const item = itemOf(same, options)
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

/** A finding as an item of a list: what and where, then its message, then who demands and who observed it. */
function itemOf({ finding, environments }: SameFindings, { failOn, nameOf }: FormatOptions): string {
  const standing = standingOf(finding, failOn)
  const all = filePlaces(finding, nameOf)
  const places = all.slice(0, mostPlaces).map(({ role, who, file, line }) => {
    const by = who === 'observed' ? '' : ` by ${markdownCode(who)}`
    return `${role}${by} in ${markdownCode(line === undefined ? file : `${file}:${line}`)}`
  })
  const left = all.length - mostPlaces
  const excuse = excuseOf(finding)
  const lines = [
    [
      `${shapes[shapeWord(finding.outcome, standing)]} **${outcomeWord(finding)}** ${markdownCode(subjectOf(finding))}`,
      `rule ${markdownCode(finding.rule.id)}${finding.rule.title === undefined ? '' : ` ${markdownProse(finding.rule.title)}`}`,
      environments.map(markdownCode).join(', '),
      ...(finding.severity === 'error' ? [] : [finding.severity]),
      ...(excuse === undefined ? [] : [markdownCode(excuse)]),
    ].join(' · '),
    markdownCode(messageOf(finding)),
    ...(places.length === 0 ? [] : [`${places.join('; ')}${left > 0 ? `; and ${left} more` : ''}`]),
  ]
  return `- ${lines.join('<br>\n  ')}`
}
