import type { DesiredState } from '../model/desired.ts'
import type { FormatOptions } from './format.ts'
import { findingsLines } from './formatters/text.ts'
import { indentedJson } from '../document/indented-json.ts'
import { yamlOfJson } from '../document/yaml-text.ts'
import { palette } from './paint.ts'
import { printable } from './printable.ts'
import { noteText } from './summary-lines.ts'

/** Formats of a desired state. */
export type DesiredFormat = 'cue' | 'json' | 'yaml'

/** The names of these formats. */
export const desiredFormats: readonly DesiredFormat[] = ['cue', 'json', 'yaml']

/** The desired state as CUE, JSON or YAML; empty where it is not to be had in that form. */
export function formatDesired({ cue = '', json }: DesiredState, format: DesiredFormat): string {
  if (format === 'cue') return cue === '' || cue.endsWith('\n') ? cue : `${cue}\n`
  if (json === undefined) return ''
  return format === 'json' ? indentedJson(json) : yamlOfJson(json)
}

const mostIncomplete = 30

/** What stands in the way of a desired state, for people: findings, and, where data is wanted, what is not concrete. */
export function obstacleLines(desired: DesiredState, wantsData: boolean, options: FormatOptions): readonly string[] {
  const { faint, heading } = palette(options.colour)
  const { incomplete, findings, notes } = desired
  const missing = wantsData && desired.json === undefined ? incomplete : []
  const left = missing.length - mostIncomplete
  const nothing =
    desired.cue === undefined && desired.json === undefined && incomplete.length === 0 && findings.length === 0
  return [
    ...(nothing ? ['the fragments say nothing here'] : []),
    ...findingsLines(findings, 1, options),
    ...(missing.length === 0 ? [] : [heading('not concrete, so that there is no such data')]),
    ...missing.slice(0, mostIncomplete).map(({ at, text }) => `  ${printable(at)}: ${printable(text)}`),
    ...(left > 0 ? [faint(`  … and ${left} more`)] : []),
    ...(options.quiet ? [] : notes.map((note) => faint(`note  ${noteText(note)}`))),
  ]
}
