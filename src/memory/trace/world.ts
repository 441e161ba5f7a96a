import type { NamedFile } from '../../observation/cut-request.ts'
import type { Source, SourceRead } from '../../workspace/source.ts'

/** All that a run reads of the world, the clock aside. */
export interface World {
  readonly source: Source
  readonly files?: readonly NamedFile[]
  readonly stdin?: () => Promise<SourceRead>
}

/** A question to the world: what was asked, and of what. Files that were named by the user are known by their position: two may have one name. */
export type Call =
  | readonly [kind: 'read' | 'above', name: string]
  | readonly [kind: 'file', position: number]
  | readonly [kind: 'list', ...globs: readonly string[]]
  | readonly [kind: 'stdin']

/** A call with the digest of what it gave. */
export interface Seen {
  readonly call: Call
  readonly digest: string
  /** Of a listing: the folders that it looked into, with digests of what they showed. While these are the same, so is the listing. */
  readonly folders?: readonly (readonly [folder: string, digest: string])[]
}
