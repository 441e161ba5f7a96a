import type { FlatJson } from './flat-json.ts'
import type { SortedWriter } from './flat-sorted.ts'

/** A value where it lies in bytes, until others are read. */
export interface FlatState {
  readonly json: FlatJson
  readonly value: number
  readonly sorted: SortedWriter
}
