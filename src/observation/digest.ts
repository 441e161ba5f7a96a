import { createHash, hash } from 'node:crypto'
import { sortedJson, sortedPieces } from '../document/sorted-json.ts'
import { toJson } from '../document/to-json.ts'
import { isDataList, isDataObject, type Data } from '../model/data.ts'
import { compareText } from '../model/order.ts'
import { formatPattern } from '../model/path.ts'
import type { Snapshot } from './snapshot.ts'

/** 64 hex digits of what a snapshot says, with its data as `write` writes it, sorted; the order of its parts and of map keys has no meaning. */
export function digestOf(
  snapshot: Omit<Snapshot, 'digest' | 'reach' | 'stale'>,
  write: (data: Data) => string = sortedJson,
): string {
  const { observer, sequence, observedAt, seen, covers, refused, parts } = snapshot
  const said: Data = {
    observer,
    sequence,
    observedAt: observedAt ?? null,
    seen: Object.fromEntries(seen),
    covers: covers.map(formatPattern).sort(compareText),
    refused: refused.map(({ path, reason }) => [formatPattern(path), reason].join('\n')).sort(compareText),
  }
  const [only, ...others] = parts
  if (only !== undefined && others.length === 0 && isSmall(only.state))
    return hash('sha256', `${toJson(said, { sorted: true })}\n${sortedJson(only.state)}`)
  const hashing = createHash('sha256').update(toJson(said, { sorted: true }))
  if (only !== undefined && others.length === 0) {
    hashing.update('\n')
    for (const text of joined(sortedPieces(only.state, write))) hashing.update(text)
    return hashing.digest('hex')
  }
  for (const text of parts.map(({ state }) => write(state)).sort(compareText)) hashing.update('\n').update(text)
  return hashing.digest('hex')
}

const fewValues = 500

/** Whether a value holds so little that nothing is won by writing it in pieces. */
function isSmall(state: Data): boolean {
  let left = fewValues
  const isWithin = (value: Data): boolean => {
    if (--left < 0) return false
    if (isDataList(value)) return value.every(isWithin)
    if (!isDataObject(value)) return true
    for (const label in value) if (!isWithin(value[label] ?? null)) return false
    return true
  }
  return isWithin(state)
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
