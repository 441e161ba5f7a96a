import { createHash } from 'node:crypto'
import { compareText } from '../../model/order.ts'
import { protocolVersion } from '../protocol.ts'
import type { Fragments, Part } from '../protocol.ts'

/**
 * The SHA-256 of what was unified, by the same rule as engine/evaluator/digest.go: the parts, the files that took part,
 * the tags. Equal to cue-go's wherever no part imports or embeds anything of the workspace, which this engine cannot.
 */
export function digestOf(fragments: Fragments, used: ReadonlySet<string>): string {
  const files = new Map(fragments.files.map((file) => [file.name, file]))
  const content = {
    Protocol: protocolVersion,
    Parts: orNull(sortedParts(fragments).map(partFields)),
    Files: orNull(
      [...used].sort(compareText).map((name) => ({
        Name: name,
        Text: files.get(name)?.text ?? '',
        Team: files.get(name)?.team ?? '',
      })),
    ),
    Tags: orNull(
      Object.entries(fragments.tags)
        .sort(([a], [b]) => compareText(a, b))
        .map(([Name, Value]) => ({ Name, Value })),
    ),
  }
  return createHash('sha256').update(goJson(content)).digest('hex')
}

/** The parts in an order that does not depend on the request's. */
export function sortedParts(fragments: Fragments): readonly Part[] {
  return fragments.parts
    .map((part) => ({ part, key: sortKey(part) }))
    .sort((a, b) => compareTexts(a.key, b.key))
    .map(({ part }) => part)
}

function sortKey(part: Part): readonly string[] {
  if (part.kind === 'package') return [part.kind, part.dir, part.package ?? '', part.team, '', '']
  if (part.kind === 'starlark') return [part.kind, '', '', part.team, part.file, '', part.text]
  if (part.kind === 'schema') return [part.kind, '', '', part.team, part.file, part.json, part.as]
  const masked = (part.masked ?? []).map((path) => path.join('\0')).sort(compareText)
  return [part.kind, '', '', part.team, part.file, part.json, ...masked]
}

function compareTexts(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareText(a[i] ?? '', b[i] ?? '')
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Members in the order of Go's struct; empty ones are left out. */
function partFields(part: Part): object {
  const { kind, team } = part
  if (part.kind === 'package') {
    return { kind, team, ...(part.dir && { dir: part.dir }), ...(part.package && { package: part.package }) }
  }
  if (part.kind === 'schema' || part.kind === 'starlark') return part
  const masked = part.masked?.length ? { masked: part.masked } : {}
  return { kind, team, ...(part.file && { file: part.file }), ...(part.json && { json: part.json }), ...masked }
}

function orNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list
}

/** JSON as Go's encoding/json writes it. */
function goJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[<>&\u2028\u2029]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/\\u[dD][89a-fA-F][\da-fA-F]{2}/g, '\uFFFD')
}
