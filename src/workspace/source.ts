/** A file of a source: its bytes, or why it cannot be had. */
export type SourceRead =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | {
      readonly ok: false
      readonly reason: 'absent' | 'outside' | 'directory' | 'denied' | 'too-large' | 'other'
      readonly message: string
    }

/** What a listing found, and what each folder that it looked into showed: it finds the same while these show the same. */
export interface Listing {
  readonly names: readonly string[]
  readonly folders: readonly { readonly folder: string; readonly shows: string }[]
}

/** Where a workspace is read from: a folder, files in memory. Names are relative, with forward slashes. */
export interface Source {
  /** For messages: the folder, the revision. */
  readonly name: string
  /** Files may still be to come, as in a workspace whose teams publish in their own time: a fragment path that matches nothing is a note, not a fault. */
  readonly gaps?: boolean
  /** What it holds never changes. */
  readonly fixed?: boolean
  read(name: string): Promise<SourceRead>
  /** Names of the files that match any of the globs, sorted in code-point order; never outside the source, in hidden folders only where a glob names them, never in `.git` or `node_modules`, never the workspace file. */
  list(globs: readonly string[]): Promise<readonly string[]>
  /** The same with what it was found by; absent where a listing costs little. */
  look?(globs: readonly string[]): Promise<Listing>
  /** What a folder shows to a listing, as a text. */
  show?(folder: string): Promise<string>
  /** The nearest folder above the source that holds a file of that name, for a hint; absent where a source has nothing above. */
  above?(name: string): Promise<string | undefined>
}
