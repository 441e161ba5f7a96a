import type { Document, Unreadable } from '../model/document.ts'
import type { Note } from '../model/report.ts'

/** How the text of a file becomes documents. */
export interface ReadOptions {
  /** Which YAML: `1.2` (core schema, the default), or `1.1` as Kubernetes reads it (`yes`, `0644`, `1_000`, `<<`). */
  readonly yaml?: '1.2' | '1.1'
  /** `refuse` (the default) makes the document unreadable and names both lines; `last` takes the last one, with a note. */
  readonly duplicateKeys?: 'refuse' | 'last'
  /** `note` (the default) tells of each `<<` that YAML 1.2 takes for a key like any other; `keep` is for who carries it out in the data. */
  readonly mergeKeys?: 'note' | 'keep'
  /** Default: by the name's ending, else by the first character. */
  readonly format?: 'json' | 'yaml'
  /** A larger file is unreadable; default 256 MiB. */
  readonly maxBytes?: number
}

/** The documents of one file, those that could not be read, and what was skipped on the way. */
export interface Reading {
  readonly documents: readonly Document[]
  readonly unreadable: readonly Unreadable[]
  readonly notes: readonly Note[]
}
