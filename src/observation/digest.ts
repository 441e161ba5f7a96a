import { createHash, hash } from 'node:crypto'
import { smallSortedJson, sortedJson, sortedPieces } from '../document/sorted-json.ts'
import { toJson } from '../document/to-json.ts'
import type { Data, DataObject } from '../model/data.ts'
import { compareText } from '../model/order.ts'
import { formatPattern } from '../model/path.ts'
import type { Snapshot } from './snapshot.ts'

/** 64 hex digits of what a snapshot says, with its data as `write` writes it, sorted; the order of its parts and of map keys has no meaning. */
export function digestOf(
  snapshot: Omit<Snapshot, 'digest' | 'reach' | 'stale'>,
  write: (data: Data) => string = sortedJson,
): string {
  const { observer, sequence, observedAt, seen, covers, refused, parts } = snapshot
  const said: Record<string, Data> = {
    observer,
    sequence,
    observedAt: observedAt ?? null,
    seen: Object.fromEntries(seen),
    covers: covers.map(formatPattern).sort(compareText),
    refused: refused.map(({ path, reason }) => [formatPattern(path), reason].join('\n')).sort(compareText),
  }
  const applied = parts.flatMap((part) =>
    part.applied.map(({ at, by, fields }) => toJson([at, by, fields], { sorted: true })),
  )
  if (applied.length > 0) said['applied'] = applied.sort(compareText)
  const [only, ...others] = parts
  const hashing = createHash('sha256').update(toJson(said, { sorted: true }))
  if (only !== undefined && others.length === 0) {
    hashing.update('\n')
    for (const text of joined(sortedPieces(only.state, write))) hashing.update(text)
    return hashing.digest('hex')
  }
  for (const text of parts.map(({ state }) => write(state)).sort(compareText)) hashing.update('\n').update(text)
  return hashing.digest('hex')
}

/** Fewer and longer pieces: handing each over costs as much as hashing many characters. */
function* joined(pieces: Iterable<string>): Generator<string> {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < 65_536) continue
    yield text
    text = ''
  }
  yield text
}

type Lone = Pick<Snapshot, 'observer' | 'sequence' | 'observedAt'>

/** What the digest of a snapshot is of that covers everything in one part, was refused nothing and had seen nobody: before the sorted JSON of its state. */
export function headOfLone({ observer, sequence, observedAt }: Lone): string {
  return `{"covers":[""],"observedAt":${JSON.stringify(observedAt ?? null)},"observer":${JSON.stringify(observer)},"refused":[],"seen":{},"sequence":${sequence}}\n`
}

/** The digest of such a snapshot; for states that are small. */
export function digestOfLone({ state, ...said }: Lone & { readonly state: DataObject }): string {
  return hash('sha256', `${headOfLone(said)}${smallSortedJson(state)}`)
}
