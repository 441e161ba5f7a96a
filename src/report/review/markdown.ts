import type { Change, FindingPair, Review } from '../../model/review.ts'
import { messageOf, subjectOf } from '../finding-words.ts'
import { asReported } from '../format.ts'
import { folded, marker, table } from '../markdown/blocks.ts'
import { markdownCell, markdownCode, markdownProse, summaryCode } from '../markdown/escape.ts'
import { findingItem } from '../markdown/finding-item.ts'
import { shapes } from '../shapes.ts'
import type { Folded } from './folded.ts'
import { optionsOfSide, type ReviewOptions } from './format.ts'
import { type TeamNews, teamNews } from './news.ts'
import { sortedChanges } from './pack-changes.ts'
import { calledOut, countWords, exampleWords, plural, sideWords, verdictWords } from './words.ts'

/** Characters: a comment on GitHub takes 65,536. */
const longest = 60_000

/**
 * For a comment on a pull request: what it comes to, for whom, and who has to agree; then folded by team, no longer than a comment may be. The first
 * line is the same each time, by which who posts it finds the comment to replace, and no time is told.
 */
export function markdown(review: Review, options: ReviewOptions): string {
  const { workspace, verdict, base, head, faults = [] } = review
  const called = calledOut(review)
  const lines = [
    marker('review', workspace),
    `### ${shapes[verdict === 'unchanged' || verdict === 'changed' ? 'conforms' : verdict]} ${markdownProse(workspace)} ${verdict}`,
    `${verdictWords(review)}. From ${markdownCode(sideWords(base))} to ${markdownCode(sideWords(head))}.`,
    ...(review.summary.teams.length === 0 ? [] : [teamTable(review)]),
    ...(review.approvals.length === 0 ? [] : [`**Approval from** ${approvers(review)}`]),
    ...called.map((words) => `- ${words.map((word, index) => (index % 2 === 0 ? word : markdownCode(word))).join('')}`),
    ...faults.map(({ environment, code }) => `**Not compared:** ${markdownCode(environment)} (${code})`),
  ]
  const groups = teamNews(review).map((group) => ({ group, items: itemsOf(group, options) }))
  let room = longest - lines.join('\n\n').length
  const blocks = groups.map(({ group, items }, index) => {
    const block = groupBlock(group, items, room / (groups.length - index))
    room -= block.length + 2
    return block
  })
  return `${[...lines, ...blocks].join('\n\n')}\n`
}

function teamTable({ summary }: Review): string {
  const rows = summary.teams.map(({ team, ...counts }) => [
    team === undefined ? 'no team' : markdownCell(markdownCode(team)),
    countWords(counts),
  ])
  return table(['team', 'findings'], rows)
}

function approvers({ approvals }: Review): string {
  return approvals
    .map(({ team, contact }) =>
      contact === undefined ? markdownCode(team) : `${markdownCode(team)} (${markdownCode(contact)})`,
    )
    .join(', ')
}

/** A title, or an item of the list below it. */
type Item = { readonly title: string } | { readonly item: string }

function itemsOf({ changes, news, changed }: TeamNews, options: ReviewOptions): readonly Item[] {
  const section = (title: string, items: readonly string[]): readonly Item[] =>
    items.length === 0 ? [] : [{ title }, ...items.map((item) => ({ item }))]
  return [
    ...section('desired', changeItems(changes, options)),
    ...news.flatMap(({ title, findings, side }) =>
      section(
        title,
        findings.map((same) => findingItem(same, optionsOfSide(options, side))),
      ),
    ),
    ...section('changed', changed.map(pairItem)),
  ]
}

function changeItems(changes: TeamNews['changes'], options: ReviewOptions): readonly string[] {
  const { own, packs } = sortedChanges(changes)
  return [
    ...own.map((change) => changeItem(change, options)),
    ...packs.map(({ pack, words }) => `- pack ${markdownCode(pack)}: ${words}`),
  ]
}

/** As many items as there is room for, in characters, each below its title. */
function groupBlock({ team, changes, news, changed }: TeamNews, items: readonly Item[], room: number): string {
  const words = [
    ...(changes.length === 0 ? [] : [plural(changes.length, 'change')]),
    ...news.map(({ title, findings }) => `${findings.length} ${title}`),
    ...(changed.length === 0 ? [] : [`${changed.length} changed`]),
  ].join(', ')
  const summary = `${team === undefined ? 'no team' : summaryCode(team)}: ${words}`
  const blocks: string[] = []
  let used = folded(summary, [leftOut(items.length)]).length
  let left = items.filter((one) => 'item' in one).length
  for (const one of items) {
    const block = 'title' in one ? `**${one.title}**` : one.item
    if (used + block.length + 2 > room) break
    used += block.length + 2
    if ('item' in one) left -= 1
    blocks.push(block)
  }
  return folded(summary, left === 0 ? blocks : [...blocks, leftOut(left)])
}

function leftOut(count: number): string {
  return `… and ${count} more, in the other formats of this review`
}

const mostPlaces = 4

function changeItem({ one, environments }: Folded<Change>, { nameOf = asReported }: ReviewOptions): string {
  const { change, at, path, before, after, conjuncts, side } = one
  const values = [before, after].map((value) =>
    value === undefined ? 'nothing' : markdownCode(value.replaceAll(/\s*\n\s*/g, ' ')),
  )
  const example = exampleWords(one)
  const places = conjuncts
    .slice(0, mostPlaces)
    .map(
      ({ team, file, line }) =>
        `${side === 'base' ? 'was ' : ''}by ${markdownCode(team)} in ${markdownCode(`${nameOf(file)}:${line}`)}`,
    )
  const left = conjuncts.length - mostPlaces
  const lines = [
    `**${change}** ${markdownCode(path.length === 0 ? '(the whole state)' : at)} · ${environments.map(markdownCode).join(', ')}`,
    ...(before === undefined && after === undefined ? [] : [values.join(' → ')]),
    ...(example === '' ? [] : [markdownCode(example)]),
    ...(places.length === 0 ? [] : [`${places.join('; ')}${left > 0 ? `; and ${left} more` : ''}`]),
  ]
  return `- ${lines.join('<br>\n  ')}`
}

function pairItem({ one: { before, after }, environments }: Folded<FindingPair>): string {
  const head = `**${after.kind}** ${markdownCode(subjectOf(after))} · rule ${markdownCode(after.rule.id)} · ${environments.map(markdownCode).join(', ')}`
  const weights = before.severity === after.severity ? [] : [`${before.severity} → ${after.severity}`]
  const said = messageOf(before) === messageOf(after) ? [] : [`was ${markdownCode(messageOf(before))}`]
  return `- ${[head, ...weights, markdownCode(messageOf(after)), ...said].join('<br>\n  ')}`
}
