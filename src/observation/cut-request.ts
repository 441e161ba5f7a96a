import type { Rereading } from '../document/rereading.ts'
import type { ReadingTime } from '../document/reading-time.ts'
import type { Reading } from '../document/reading.ts'
import type { Data, DataObject } from '../model/data.ts'
import type { PathPattern } from '../model/path.ts'
import type { AdapterName, Covers, ObservationEntry } from '../model/workspace.ts'
import type { Source, SourceRead } from '../workspace/source.ts'

/** What observed state is read from, for one environment: `readCut(request)` answers it. */
export interface CutRequest {
  /** The workspace's `observations`. */
  readonly entries: readonly ObservationEntry[]
  readonly environment: string
  /** Where the entries' globs are looked for. */
  readonly source: Source
  /** Files that replace what the entries' globs would find: `check FILE…`. */
  readonly files?: readonly NamedFile[]
  /** Settings of the command line for such files; they win over the entries'. */
  readonly override?: FileSettings
  /** Each input says only what it holds. */
  readonly partial?: boolean
  /** Where values are read, but not told. */
  readonly sensitive?: readonly PathPattern[]
  /** CustomResourceDefinitions of the fragments, for observed objects of their kinds. */
  readonly definitions?: readonly DataObject[]
  /** The clock, for `maxAge`. */
  readonly now: Date
  /** Standard input, for an entry that lists `-`. */
  readonly stdin?: Uint8Array
  /** How long reading may take; default: as long as it takes. */
  readonly time?: ReadingTime
  /** What earlier runs read of the same files. */
  readonly rereading?: Rereading
  /** Files already read, shared by the environments of one run; filled by `readCut`. */
  readonly cache?: Map<string, Promise<CachedRead>>
}

/** How files that are given are read, whatever the workspace says of them. */
export interface FileSettings {
  readonly adapter?: AdapterName
  readonly at?: string
  readonly covers?: Covers
  /** Kubernetes only: of objects that name none, though their kind belongs to one. */
  readonly namespace?: string
  /** Kubernetes only: whether hooks of Helm are left out. */
  readonly hooks?: 'keep' | 'skip'
}

/** A file named by the user, who may name one outside the workspace. */
export interface NamedFile {
  /** Workspace-relative with forward slashes if it lies inside, else as given; `-` is standard input. */
  readonly name: string
  read(): Promise<SourceRead>
  /** Its only document, where that is known without reading; `read` gives it as JSON indented by two spaces. */
  readonly data?: Data
  /** Set where it did not come by name but from an observer. */
  readonly reported?: ReportedAs
}

/** How something is read that came from an observer: what is not said here says the first entry of that observer. */
export interface ReportedAs extends Omit<FileSettings, 'namespace' | 'hooks'> {
  readonly observer: string
}

/** A file's documents, or why its bytes cannot be had. */
export type CachedRead = { readonly ok: true; readonly reading: Reading } | Exclude<SourceRead, { readonly ok: true }>
