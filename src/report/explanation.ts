import { exactJson } from '../model/exact-json.ts'
import type { ExplainedConjunct, Explanation, Settling } from '../model/explanation.ts'
import type { Observation } from '../model/finding.ts'
import { findingLines, placeOfConjunct, placeOfObservation } from './finding-lines.ts'
import type { FormatOptions } from './format.ts'
import { palette } from './paint.ts'
import { placeLines, type Place } from './place-lines.ts'
import { printable, printableLines } from './printable.ts'
import { noteText, verdictPaint } from './summary-lines.ts'

/** Every format of an explanation, by the name that `--format` takes. */
export const explanationFormatters = {
  text: explanationText,
  json: (explanation: Explanation) => `${exactJson(explanation, { indent: 2 })}\n`,
} as const satisfies Record<string, (explanation: Explanation, options: FormatOptions) => string>

export type ExplanationFormat = keyof typeof explanationFormatters

/** The names of these formats. */
export const explanationFormats: readonly ExplanationFormat[] = ['text', 'json']

function explanationText(explanation: Explanation, options: FormatOptions): string {
  const { faint } = palette(options.colour)
  const lines = [
    ...headLines(explanation, options),
    ...section('demanded by', conjunctLines(explanation, options), options),
    ...section('closed by', placeLines(explanation.closedBy.map(placeOfConjunct), 2, options), options),
    ...section('observed by', placeLines(explanation.observations.map(seen), 2, options), options),
    ...section(
      'found',
      explanation.findings.flatMap((finding) => findingLines(finding, undefined, options)),
      options,
    ),
    ...(explanation.settling ?? []).flatMap((one) =>
      section(`to settle ${printable(at(one))}`, settlingLines(one), options),
    ),
    ...(options.quiet ? [] : explanation.notes.map((note) => faint(`note  ${noteText(note)}`))),
    ...(options.quiet
      ? []
      : explanation.lacks.map((lack) => faint(`note  the engine cannot tell: ${printable(lack)}`))),
    '',
    `${printable(at(explanation))} ${verdictPaint(explanation.verdict, options.colour)(explanation.verdict)} in ${printable(explanation.environment)}`,
  ]
  return `${lines.join('\n')}\n`
}

function at({ path, at }: Pick<Explanation, 'path' | 'at'>): string {
  return path.length === 0 ? '(the whole state)' : at
}

/** Which fragments are enough for the conflict, a line each set, and whom to call. */
function settlingLines({ enough, call }: Settling): readonly string[] {
  return [
    ...enough.map(
      (set) =>
        `  enough to conflict: ${set.map(({ team, fragment }) => `${printable(fragment)} of ${printable(team)}`).join(', ')}`,
    ),
    `  call together: ${call.map(({ team, contact }) => (contact === undefined ? printable(team) : `${printable(team)} (${printable(contact)})`)).join(', ')}`,
  ]
}

const mostValueLines = 40

/** The path with its owner, and the desired value. */
function headLines(explanation: Explanation, options: FormatOptions): readonly string[] {
  const { heading, faint } = palette(options.colour)
  const { exists, value, kind, owner } = explanation
  const about = [kind, owner === undefined ? undefined : `owner ${printable(owner)}`].filter(
    (word) => word !== undefined,
  )
  const head = `${heading(printable(at(explanation)))}${about.length === 0 ? '' : faint(`  ${about.join(' · ')}`)}`
  if (!exists) return [head, '  the fragments say nothing here']
  const lines = value === undefined ? [] : printableLines(value)
  const left = lines.length - mostValueLines
  return [
    head,
    ...lines.slice(0, mostValueLines).map((line) => `  ${line}`),
    ...(left > 0 ? [faint(`  … and ${left} more lines`)] : []),
    ...(explanation.default === undefined ? [] : [`  default ${printable(explanation.default)}`]),
  ]
}

/** Every conjunct at its place; what is no plain field says how it got here. */
function conjunctLines({ conjuncts }: Explanation, options: FormatOptions): readonly string[] {
  return placeLines(
    conjuncts.map((conjunct) => ({ ...placeOfConjunct(conjunct), ...wayOf(conjunct) })),
    2,
    options,
    conjuncts.length,
  )
}

function wayOf({ role, label, via }: ExplainedConjunct): { readonly about?: string } {
  const way = [
    ...(role === 'field' ? [] : [role]),
    ...(label === '' ? [] : [label]),
    ...(via === undefined ? [] : [`through ${via}`]),
  ]
  return role === 'field' && via === undefined ? {} : { about: way.join(' ') }
}

/** An observer that saw nothing there is shown with the nearest place that it saw. */
function seen(observation: Observation): Place {
  const place = placeOfObservation(observation)
  return observation.value === undefined && observation.file !== undefined
    ? { ...place, about: 'nothing at this path; the nearest that was seen' }
    : place
}

function section(title: string, lines: readonly string[], options: FormatOptions): readonly string[] {
  return lines.length === 0 ? [] : ['', palette(options.colour).heading(title), ...lines]
}
