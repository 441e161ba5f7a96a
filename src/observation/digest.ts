import { createHash } from 'node:crypto'
import { toJson } from '../document/to-json.ts'
import type { Data } from '../model/data.ts'
import { compareText } from '../model/order.ts'
import { formatPattern } from '../model/path.ts'
import type { Snapshot } from './snapshot.ts'

/** 64 hex digits of what a snapshot says; the order of its parts and of map keys has no meaning. */
export function digestOf(snapshot: Omit<Snapshot, 'digest' | 'reach' | 'stale'>): string {
  const { observer, sequence, observedAt, seen, covers, refused, parts } = snapshot
  const said: Data = {
    observer,
    sequence,
    observedAt: observedAt ?? null,
    seen: Object.fromEntries(seen),
    covers: covers.map(formatPattern).sort(compareText),
    refused: refused.map(({ path, reason }) => [formatPattern(path), reason].join('\n')).sort(compareText),
  }
  const hash = createHash('sha256').update(toJson(said, { sorted: true }))
  for (const text of parts.map(({ state }) => toJson(state, { sorted: true })).sort(compareText))
    hash.update('\n').update(text)
  return hash.digest('hex')
}
