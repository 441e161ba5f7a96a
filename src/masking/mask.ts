import { isDataList, isDataObject, type Data } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import type { Alternative, Conjunct, Finding, Observation } from '../model/finding.ts'
import { maskSensitive, maskedValue } from '../model/masked.ts'
import type { Path, PathPattern } from '../model/path.ts'
import { reaches } from '../model/path-pattern.ts'
import type { Note } from '../model/report.ts'
import { valuesIn } from './cue-values.ts'
import { textMask, type TextMask } from './text-mask.ts'

/** Hides the secrets of one environment in whatever tells of it. */
export interface Mask {
  /** A text of any kind. */
  readonly text: TextMask
  /** CUE at a path: where that is sensitive, every literal that is a value goes. */
  cue(text: string, path: Path): string
  findings(findings: readonly Finding[]): readonly Finding[]
  conjuncts<C extends Conjunct>(conjuncts: readonly C[], path: Path): readonly C[]
  observations(observations: readonly Observation[]): readonly Observation[]
  notes(notes: readonly Note[]): readonly Note[]
  /** Data that stands at a path. */
  value(data: Data, path: Path): Data
}

/** A mask for values at the paths of some patterns, of which these are known. */
export function createMask(patterns: readonly PathPattern[], secrets: Iterable<Data>): Mask {
  const known = [...secrets]
  const text = textMask(known)
  // A label is never hidden for a number or a short word in it, which would tell nothing.
  const label = textMask(known.filter((secret) => typeof secret === 'string' && secret.length >= shortestInLabel))
  const cue = (written: string, path: Path): string =>
    text(patterns.some((pattern) => reaches(pattern, path)) ? withoutValues(written) : written)
  const conjuncts = <C extends Conjunct>(given: readonly C[], path: Path): readonly C[] =>
    given.map((conjunct) => ({
      ...conjunct,
      ...(conjunct.text === undefined ? {} : { text: cue(conjunct.text, path) }),
      ...(conjunct.rule === undefined ? {} : { rule: label(conjunct.rule) }),
    }))
  const observations = (given: readonly Observation[]): readonly Observation[] =>
    given.map((observation) => ({
      ...observation,
      ...(observation.pointer === undefined ? {} : { pointer: label(observation.pointer) }),
      // Maps were masked by their paths; what was cut to a text is one now.
      ...(typeof observation.value === 'string' ? { value: text(observation.value) } : {}),
    }))
  const alternative = (given: Alternative): Alternative => ({
    message: cue(given.message, given.path),
    path: given.path.map(label),
    conjuncts: conjuncts(given.conjuncts, given.path),
  })
  const finding = (given: Finding): Finding => ({
    ...given,
    rule: {
      ...given.rule,
      id: label(given.rule.id),
      ...(given.rule.title === undefined ? {} : { title: text(given.rule.title) }),
    },
    path: given.path.map(label),
    at: label(given.at),
    message: isAuthored(given) ? text(given.message) : cue(given.message, given.path),
    ...(given.wanted === undefined ? {} : { wanted: cue(given.wanted, given.path) }),
    conjuncts: conjuncts(given.conjuncts, given.path),
    observations: observations(given.observations),
    ...(given.alternatives === undefined ? {} : { alternatives: given.alternatives.map(alternative) }),
  })
  return {
    text,
    cue,
    conjuncts,
    observations,
    value: (data, path) => withTexts(maskSensitive(data, patterns, path).data, text),
    findings: (given) => given.map(finding),
    notes: (given) => given.map((note) => ({ ...note, message: text(note.message) })),
  }
}

const shortestInLabel = 4

/** Whether the message may be the words of whoever wrote the constraint, which are not CUE. */
function isAuthored({ conjuncts }: Finding): boolean {
  return conjuncts.some(({ text = '' }) => /\berror\s*\(/.test(text))
}

function withoutValues(text: string): string {
  let shown = ''
  let at = 0
  for (const { value, start, end } of valuesIn(text)) {
    const isQuoted = typeof value === 'string' && /^["']/.test(text.slice(start, end))
    shown += text.slice(at, start) + (isQuoted ? `"${maskedValue}"` : maskedValue)
    at = end
  }
  return shown + text.slice(at)
}

/** A value with each of its strings as the mask leaves it. */
function withTexts(value: Data, text: TextMask): Data {
  if (typeof value === 'string') return text(value)
  if (isDataList(value)) return value.map((element) => withTexts(element, text))
  if (isDataObject(value)) return dataMap(Object.entries(value).map(([key, member]) => [key, withTexts(member, text)]))
  return value
}
