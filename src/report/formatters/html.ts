import type { Report } from '../../model/report.ts'
import { environmentProblems } from '../environment-problems.ts'
import type { FormatOptions } from '../format.ts'
import { findingEntry } from '../html/finding-entry.ts'
import type { Block } from '../html/page-model.ts'
import { writtenPage } from '../html/written-page.ts'
import { noteText } from '../summary-lines.ts'
import { countWords, teamGroups, type TeamGroup } from '../team-groups.ts'

/** A page to read and to print: what it comes to, then each team's findings with the lines of both sides. */
export function html(report: Report, options: FormatOptions): string {
  const { workspace, verdict, checkedAt, tool, findings } = report
  const words = countWords(findings, options.failOn)
  const groups = teamGroups(findings, options.failOn)
  return writtenPage({
    title: `${workspace} ${verdict}`,
    mark: verdict,
    heading: `${workspace} ${verdict}`,
    blocks: [
      { block: 'words', tone: 'lead', words: [words === '' ? 'Nothing was found.' : `${words}.`] },
      {
        block: 'words',
        tone: 'quiet',
        words: [`checked at ${checkedAt} by congruent ${tool.version} with ${tool.engine.name} ${tool.engine.cue}`],
      },
      ...environmentProblems(report, options.failOn).map(({ message }): Block => ({
        block: 'words',
        tone: 'undecided',
        words: [message],
      })),
      environmentTable(report, options),
      ...teamList(groups, options),
      ...groups.map((group, index) => teamSection(group, index, options)),
      ...notes(report, options),
    ],
  })
}

function environmentTable({ environments, faults = [], findings }: Report, { failOn }: FormatOptions): Block {
  return {
    block: 'table',
    title: 'Environments',
    heads: ['environment', 'verdict', 'findings', 'snapshots'],
    rows: [
      ...environments.map(({ name, verdict, snapshots }) => {
        const found = findings.filter(({ environment }) => environment === name)
        const words = countWords(found, failOn) || 'nothing found'
        return [name, { mark: verdict, text: verdict }, words, String(snapshots.length)]
      }),
      ...faults.map(({ environment, code }) => [
        environment,
        { mark: 'undecided' as const, text: 'not checked' },
        code,
        '0',
      ]),
    ],
  }
}

function teamList(groups: readonly TeamGroup[], { failOn }: FormatOptions): readonly Block[] {
  if (groups.length < 2) return []
  const items = groups.map(({ open, rest, ...group }, index) => [
    { text: nameOf(group), address: `#team-${index + 1}` },
    `: ${wordsOf([...open, ...rest], failOn)}`,
  ])
  return [{ block: 'list', title: 'Teams', items }]
}

function nameOf({ team }: Pick<TeamGroup, 'team'>): string {
  return team ?? 'no team'
}

function wordsOf(same: TeamGroup['open'], failOn: FormatOptions['failOn']): string {
  return countWords(
    same.map(({ finding }) => finding),
    failOn,
  )
}

function teamSection(group: TeamGroup, index: number, options: FormatOptions): Block {
  const entries = (of: TeamGroup['open']): readonly Block[] =>
    of.map((same) => ({ block: 'entry', entry: findingEntry(same, options) }))
  const { open, rest } = group
  return {
    block: 'section',
    id: `team-${index + 1}`,
    title: nameOf(group),
    blocks: [
      ...entries(open),
      ...(rest.length === 0
        ? []
        : [{ block: 'folded' as const, title: wordsOf(rest, options.failOn), blocks: entries(rest) }]),
    ],
  }
}

function notes({ notes, tool }: Report, { quiet }: FormatOptions): readonly Block[] {
  const texts = [...notes.map(noteText), ...tool.engine.lacks.map((lack) => `${tool.engine.name} cannot tell: ${lack}`)]
  if (quiet || texts.length === 0) return []
  return [{ block: 'list', title: 'Notes', items: texts.map((text) => [text]) }]
}
