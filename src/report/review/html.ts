import type { Change, FindingPair, Review } from '../../model/review.ts'
import { placeOfConjunct } from '../finding-lines.ts'
import { messageOf } from '../finding-words.ts'
import { findingEntry, side } from '../html/finding-entry.ts'
import type { Block, Entry, Words } from '../html/page-model.ts'
import { writtenPage } from '../html/written-page.ts'
import { noteText } from '../summary-lines.ts'
import type { Folded } from './folded.ts'
import { optionsOfSide, type ReviewOptions } from './format.ts'
import { type TeamNews, teamNews } from './news.ts'
import { calledOut, countWords, exampleWords, sideWords, verdictWords } from './words.ts'

/** A page to read and to print: what comes of a change and for whom, who has to agree, then each team's part with the lines of code. */
export function html(review: Review, options: ReviewOptions): string {
  const { workspace, verdict, base, head, reviewedAt, tool, faults = [] } = review
  const made = `, reviewed at ${reviewedAt} by congruent ${tool.version} with ${tool.engine.name} ${tool.engine.cue}`
  return writtenPage({
    title: `${workspace}: review ${verdict}`,
    mark: verdict === 'unchanged' || verdict === 'changed' ? 'conforms' : verdict,
    heading: `${workspace} ${verdict}`,
    blocks: [
      { block: 'words', tone: 'lead', words: [`${verdictWords(review)}.`] },
      {
        block: 'words',
        tone: 'quiet',
        words: ['from ', { code: sideWords(base) }, ' to ', { code: sideWords(head) }, made],
      },
      ...faults.map(({ environment, message }): Block => ({
        block: 'words',
        tone: 'undecided',
        words: [`${environment} not compared: ${message}`],
      })),
      ...teamTable(review),
      ...list('Called out', calledOut(review).map(alternating)),
      ...list('Approval from', review.approvals.map(approver)),
      ...teamNews(review).map((team, index) => teamSection(team, index, options)),
      ...(options.quiet ? [] : list('Notes', noteWords(review))),
    ],
  })
}

function list(title: string, items: readonly Words[]): readonly Block[] {
  return items.length === 0 ? [] : [{ block: 'list', title, items }]
}

/** Every second piece is somebody's own. */
function alternating(pieces: readonly string[]): Words {
  return pieces.map((piece, index) => (index % 2 === 0 ? piece : { code: piece }))
}

function approver({ team, contact, paths }: Review['approvals'][number]): Words {
  const places = paths.flatMap((path, index) => [
    ...(index === 0 ? [] : [', ']),
    { code: path === '' ? '(the whole state)' : path },
  ])
  return [{ code: team }, `${contact === undefined ? '' : ` (${contact})`}: `, ...places]
}

function noteWords({ notes, tool }: Review): readonly Words[] {
  const lacks = tool.engine.lacks.map((lack) => `${tool.engine.name} cannot tell: ${lack}`)
  return [...notes.map(noteText), ...lacks].map((text) => [text])
}

function teamTable({ summary }: Review): readonly Block[] {
  if (summary.teams.length === 0) return []
  const rows = summary.teams.map(({ team = 'no team', ...counts }) => [team, countWords(counts)])
  return [{ block: 'table', heads: ['team', 'findings'], rows }]
}

function teamSection({ team, changes, news, changed }: TeamNews, index: number, options: ReviewOptions): Block {
  const part = (title: string, entries: readonly Entry[], isFolded: boolean): readonly Block[] => {
    if (entries.length === 0) return []
    const words = `${entries.length} ${title}`
    const blocks = entries.map((entry): Block => ({ block: 'entry', entry }))
    return isFolded
      ? [{ block: 'folded', title: words, blocks }]
      : [{ block: 'words', tone: 'lead', words: [words] }, ...blocks]
  }
  const found = news.flatMap(({ title, findings, side, good }) =>
    part(
      title,
      findings.map((same) => findingEntry(same, optionsOfSide(options, side))),
      good,
    ),
  )
  const desired = changes.map((change) => changeEntry(change, options))
  return {
    block: 'section',
    id: `team-${index + 1}`,
    title: team ?? 'no team',
    blocks: [...part('desired otherwise', desired, false), ...found, ...part('changed', changed.map(pairEntry), true)],
  }
}

function changeEntry({ one, environments }: Folded<Change>, options: ReviewOptions): Entry {
  const { change, at, path, before, after, conjuncts } = one
  const example = exampleWords(one)
  const value = (who: string, text: string | undefined) =>
    text === undefined ? [] : [{ title: who, frames: [{ who, tone: 'want' as const, text }], left: 0 }]
  return {
    mark: 'none',
    word: change,
    at: path.length === 0 ? '(the whole state)' : at,
    ...(example === '' ? {} : { message: example }),
    more: [],
    facts: [environments.join(', ')],
    sides: [
      ...value('before', before),
      ...value('after', after),
      side('wanted', conjuncts.map(placeOfConjunct), 'want', optionsOfSide(options, one.side)),
    ],
  }
}

function pairEntry({ one: { before, after }, environments }: Folded<FindingPair>): Entry {
  const weight = before.severity === after.severity ? after.severity : `${before.severity} → ${after.severity}`
  return {
    mark: 'none',
    word: after.kind,
    at: after.at,
    message: messageOf(after),
    more: messageOf(before) === messageOf(after) ? [] : [`was ${messageOf(before)}`],
    facts: ['rule ', { code: after.rule.id }, ` · ${environments.join(', ')} · ${weight}`],
    sides: [],
  }
}
