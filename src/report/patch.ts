import { yamlOfJson } from '../document/yaml-text.ts'
import { exactJson } from '../model/exact-json.ts'
import type { OpenFinding } from '../model/patch.ts'
import type { PatchResult } from '../model/patch-result.ts'
import type { FormatOptions } from './format.ts'
import { findingsLines } from './formatters/text.ts'
import { palette } from './paint.ts'
import { printable } from './printable.ts'
import { noteText } from './summary-lines.ts'
import { wrapped } from './wrap.ts'

/** Formats of a patch: the document with JSON Patches, or manifests for `kubectl apply --server-side`. */
export type PatchFormat = 'json' | 'kubectl'

/** The names of these formats. */
export const patchFormats: readonly PatchFormat[] = ['json', 'kubectl']

/** A patch for a machine. */
export function formatPatch({ patch, manifests }: PatchResult, format: PatchFormat): string {
  if (format === 'json') return `${exactJson(patch, { indent: 2 })}\n`
  return manifests.map((manifest) => yamlOfJson(exactJson(manifest))).join('---\n')
}

/** What a patch leaves open, for people: conflicts, what has no definite value, and what a format cannot say. */
export function patchLines(result: PatchResult, unsaid: readonly string[], options: FormatOptions): readonly string[] {
  const { faint, heading } = palette(options.colour)
  const { patch, conflicts, notes } = result
  return [
    ...findingsLines(conflicts, 1, options),
    ...(patch.open.length === 0 ? [] : [heading('left open: nothing definite is wanted, or it cannot be decided')]),
    ...patch.open.flatMap((one) => openLines(one, options)),
    ...(unsaid.length === 0 ? [] : [heading('left out: no manifest can say it, `--format json` can')]),
    ...unsaid.map((at) => `  ${printable(at)}`),
    ...(options.quiet ? [] : notes.map((note) => faint(`note  ${noteText(note)}`))),
  ]
}

function openLines({ at, kind, message, wanted, teams }: OpenFinding, options: FormatOptions): readonly string[] {
  const place = at === '' ? '(the whole state)' : at
  const words = wanted === undefined || message.includes('wanted `') ? message : `${message}; wanted \`${wanted}\``
  const whose = teams.length === 0 ? '' : ` (${teams.join(', ')})`
  const [first = '', ...more] = wrapped(
    printable(`${kind} ${place}: ${words}${whose}`),
    Math.max(40, options.width - 2),
  )
  return [`  ${first}`, ...more.map((line) => `    ${line}`)]
}
