import type { Data } from './data.ts'
import type { Position } from './path.ts'

/** One document of a YAML or JSON file, numbers exact, positions found when asked. */
export interface Document {
  /** Workspace-relative name with forward slashes, or as given on the command line; `-` is standard input. */
  readonly file: string
  /** Index of the document in its file, from 0. */
  readonly index: number
  readonly data: Data
  /** Where the value (or, for `key`, the label) at a pointer stands; the nearest ancestor's place if it does not exist. */
  locate(pointer: readonly string[], target?: 'value' | 'key'): Position
}

/** A document that could not be read: becomes an `unreadable` finding. */
export interface Unreadable {
  readonly file: string
  readonly position?: Position
  readonly message: string
}
