import type { DataObject } from '../model/data.ts'
import type { Document, Unreadable } from '../model/document.ts'
import type { Path, Position } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import type { Fragments } from '../engine/protocol.ts'

/** The fragments of one environment, ready for an engine, with the way back from data parts to their files. */
export interface FragmentSet {
  readonly environment: string
  readonly fragments: Fragments
  /** By index into `fragments.parts`: for data and schema parts, where the value at a path of the part really stands. */
  readonly origins: ReadonlyMap<number, DataOrigin>
  /** By name of a file of `fragments.files` that no reader has: where a line of it really comes from. */
  readonly made: ReadonlyMap<string, (line: number) => Place>
  /** Fragments that cannot be read: the desired state is not to be had. */
  readonly unreadable: readonly (Unreadable & { readonly team: string })[]
  readonly notes: readonly Note[]
  /** CustomResourceDefinitions among the fragments; objects that are observed take the form that these give them. */
  readonly definitions?: readonly DataObject[]
}

/** A place in a file of the workspace. */
export interface Place extends Position {
  readonly file: string
}

/** The way back from a path of a data part to a line of its file. */
export type DataOrigin = (
  path: Path,
  label: boolean,
) => { readonly document: Document; readonly pointer: Path } | undefined
