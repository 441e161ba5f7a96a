import type { Exemption } from '../../model/exemption.ts'
import type { Finding } from '../../model/finding.ts'
import type { Change, Review, ReviewVerdict, RuleRef } from '../../model/review.ts'
import { placeOfConjunct } from '../finding-lines.ts'
import { sameFindingsLines } from '../formatters/text.ts'
import { palette, type Paint } from '../paint.ts'
import { placeLines } from '../place-lines.ts'
import { printable } from '../printable.ts'
import { noteText } from '../summary-lines.ts'
import { padded } from '../width.ts'
import { type Folded, foldedChanges, foldedPairs } from './folded.ts'
import { optionsOfSide, type ReviewOptions } from './format.ts'
import { sortedChanges } from './pack-changes.ts'
import { newsOf } from './news.ts'
import { countWords, entryWords, exampleWords, sideWords, verdictWords } from './words.ts'

/** A review for people: first what comes of it and for whom, then what is desired otherwise, then what is found otherwise, last who must agree. */
export function text(review: Review, options: ReviewOptions): string {
  const { heading, faint } = palette(options.colour)
  const several = review.environments.length > 1
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [heading(title), ...lines, '']
  const lines = [
    `${heading(printable(review.workspace))} ${printable(sideWords(review.base))} → ${printable(sideWords(review.head))}`,
    '',
    ...section('by team', teamLines(review)),
    ...section('desired', desiredLines(review, several, options)),
    ...findingSections(review, options),
    ...section('changed', pairLines(review, several, options)),
    ...section('rules', ruleLines(review, options)),
    ...section('exemptions', exemptionLines(review, options)),
    ...section('approval from', approvalLines(review)),
    ...(options.quiet ? [] : noteLines(review).map((line) => faint(line))),
    ...(review.faults ?? []).map(
      ({ environment, code, message }) => `${printable(environment)}  not compared  ${code}: ${printable(message)}`,
    ),
    `${heading(printable(review.workspace))} ${paintOf(review.verdict, options.colour)(review.verdict)}: ${verdictWords(review)}`,
  ]
  return `${lines.join('\n')}\n`
}

function paintOf(verdict: ReviewVerdict, colour: boolean): Paint {
  const { conflict, violation, undecided, good, heading } = palette(colour)
  return { conflicts: conflict, violates: violation, undecided, changed: heading, unchanged: good }[verdict]
}

function teamLines({ summary }: Review): readonly string[] {
  const columns = Math.max(0, ...summary.teams.map(({ team = noTeam }) => team.length))
  return summary.teams.map((counts) => `  ${padded(printable(counts.team ?? noTeam), columns)}  ${countWords(counts)}`)
}

const noTeam = '(no team)'

/** What somebody wrote, then what of packs follows from it. */
function desiredLines(review: Review, several: boolean, options: ReviewOptions): readonly string[] {
  const { heading, faint } = palette(options.colour)
  const { own, packs } = sortedChanges(foldedChanges(review))
  return [
    ...own.flatMap((change) => changeLines(change, several, options)),
    ...packs.map(
      ({ pack, words }) => `  pack ${heading(printable(pack))}: ${words} ${faint('(each in --format json)')}`,
    ),
  ]
}

function changeLines(
  { one, environments }: Folded<Change>,
  several: boolean,
  options: ReviewOptions,
): readonly string[] {
  const { heading, faint } = palette(options.colour)
  const about = [
    ...(several ? [environments.map(printable).join(', ')] : []),
    ...(one.owner === undefined ? [] : [`owner ${printable(one.owner)}`]),
  ].join(' · ')
  const at = one.path.length === 0 ? '(the whole state)' : printable(one.at)
  const example = exampleWords(one)
  const before = one.side === 'base' ? options.linesBefore : options.lines
  return [
    `  ${one.change} ${heading(at)}${about === '' ? '' : faint(`  ${about}`)}`,
    ...fromTo(one, options),
    ...(example === '' ? [] : [`    ${printable(example)}`]),
    ...placeLines(one.conjuncts.map(placeOfConjunct), 4, { ...options, lines: before }),
  ]
}

const shortValue = 60

/** On one line where both are short. */
function fromTo({ before, after }: Change, { colour }: ReviewOptions): readonly string[] {
  const { violation, good } = palette(colour)
  const [old, now] = [before, after].map((value) => (value === undefined ? undefined : oneLine(value)))
  if (old !== undefined && now !== undefined && old.length + now.length <= shortValue) return [`    ${old} → ${now}`]
  return [
    ...(old === undefined ? [] : [`    ${violation('-')} ${old}`]),
    ...(now === undefined ? [] : [`    ${good('+')} ${now}`]),
  ]
}

function oneLine(value: string): string {
  return printable(value.replaceAll(/\s*\n\s*/g, ' ').trim())
}

function findingSections(review: Review, options: ReviewOptions): readonly string[] {
  return newsOf(review).flatMap(({ title, findings, side }) => [
    palette(options.colour).heading(title),
    '',
    ...sameFindingsLines(findings, review.environments.length, {
      ...optionsOfSide(options, side),
      groupBy: 'team',
    }),
  ])
}

function pairLines(review: Review, several: boolean, { colour }: ReviewOptions): readonly string[] {
  const { heading, faint } = palette(colour)
  return foldedPairs(review).flatMap(({ one: { before, after }, environments }) => {
    const about = [
      printable(after.rule.id),
      ...(several ? [environments.map(printable).join(', ')] : []),
      ...(after.owner === undefined ? [] : [`owner ${printable(after.owner)}`]),
    ].join(' · ')
    const was = before.severity === after.severity && before.outcome === after.outcome
    return [
      `  ${after.kind} ${heading(printable(after.at))}  ${faint(about)}`,
      ...(was ? [] : [`    ${weight(before)} → ${weight(after)}`]),
      ...(before.message === after.message
        ? [`    ${printable(after.message)}`]
        : [`    - ${printable(before.message)}`, `    + ${printable(after.message)}`]),
      ...excusedWords(before, after),
    ]
  })
}

function weight({ severity, outcome }: Finding): string {
  return outcome === 'none' ? severity : `${severity}, ${outcome}`
}

function excusedWords(before: Finding, after: Finding): readonly string[] {
  if (after.exempted !== undefined && before.exempted === undefined)
    return [`    exempted by ${printable(after.exempted.id)} until ${printable(after.exempted.expires)}`]
  if (before.exempted !== undefined && after.exempted === undefined)
    return [`    exempted no more by ${printable(before.exempted.id)}`]
  return []
}

function ruleLines({ rules, environments }: Review, options: ReviewOptions): readonly string[] {
  const { warning, faint } = palette(options.colour)
  const nameOf = ({ id, title, team }: RuleRef): string =>
    [printable(id), ...(title === undefined ? [] : [printable(title)])].join(' ') + faint(`  ${printable(team)}`)
  const where = (rule: RuleRef): string =>
    rule.environments.length === environments.length ? '' : faint(` · ${rule.environments.map(printable).join(', ')}`)
  const untested = ({ id, team }: RuleRef): string =>
    rules.untested?.some((one) => one.id === id && one.team === team) === true
      ? `: ${warning('no test expects it')}`
      : ''
  return [
    ...rules.severity.map((change) => {
      const how = change.lowered ? warning('lowered') : 'raised'
      const entries = entryWords(change)
      return `  ${how} ${nameOf(change.rule)}${where(change.rule)}: ${change.before} → ${change.after}${entries === '' ? '' : ` (${entries})`}`
    }),
    ...rules.removed.map((rule) => `  ${warning('removed')} ${nameOf(rule)}${where(rule)}`),
    ...rules.added.map((rule) => `  added ${nameOf(rule)}${where(rule)}${untested(rule)}`),
  ]
}

function exemptionLines({ exemptions }: Review, { colour }: ReviewOptions): readonly string[] {
  const { warning } = palette(colour)
  const said = ({ id, rule, path, owner, expires, reason, environments }: Exemption): string => {
    const where = environments === undefined ? '' : ` in ${environments.map(printable).join(', ')}`
    return `${printable(id)}: ${printable(rule)} at ${printable(path)}${where} until ${printable(expires)}, by ${printable(owner)}: ${printable(reason)}`
  }
  return [
    ...exemptions.added.map((one) => `  ${warning('added')} ${said(one)}`),
    ...exemptions.widened.map(({ before, after }) => `  ${warning('widened')} ${said(after)}\n    was ${said(before)}`),
    ...exemptions.narrowed.map(({ after }) => `  narrowed ${said(after)}`),
    ...exemptions.removed.map((one) => `  removed ${said(one)}`),
  ]
}

const mostPaths = 6

function approvalLines({ approvals }: Review): readonly string[] {
  return approvals.map(({ team, contact, paths }) => {
    const left = paths.length - mostPaths
    const shown = paths.slice(0, mostPaths).map((path) => printable(path === '' ? '(the whole state)' : path))
    const who = contact === undefined ? printable(team) : `${printable(team)} (${printable(contact)})`
    return `  ${who}: ${[...shown, ...(left > 0 ? [`${left} more`] : [])].join(', ')}`
  })
}

function noteLines({ notes, tool }: Review): readonly string[] {
  const lines = [
    ...notes.map((note) => `note  ${noteText(note)}`),
    ...tool.engine.lacks.map((lack) => `note  ${tool.engine.name} cannot tell: ${printable(lack)}`),
  ]
  return lines.length === 0 ? [] : [...lines, '']
}
