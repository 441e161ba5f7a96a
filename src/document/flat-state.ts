import type { FlatJson } from './flat-json.ts'
import type { SortedWriter } from './flat-sorted.ts'

/** A value where it lies in bytes, until others are read. */
export interface FlatState {
  readonly json: FlatJson
  readonly value: number
  readonly sorted: SortedWriter
}

/** The member of a map; undefined where there is none, or where this is no map. */
export function flatMember(json: FlatJson, map: number, name: string): number | undefined {
  if (json.kindOf(map) !== 'map') return undefined
  let own = map + 1
  for (let left = json.sizeOf(map); left > 0; left--) {
    if (json.end(own) - json.start(own) === name.length && json.textOf(own) === name) return own + 1
    own = json.next(own + 1)
  }
  return undefined
}
