import type { ReadingTime } from '../../document/reading-time.ts'
import type { ReadOptions } from '../../document/reading.ts'
import type { Applied } from '../../model/applied.ts'
import type { Data, DataObject } from '../../model/data.ts'
import type { Document, Unreadable } from '../../model/document.ts'
import type { Path, PathPattern } from '../../model/path.ts'
import type { Note } from '../../model/report.ts'
import type { AdapterName } from '../../model/workspace.ts'

/** How documents of one form become observed state. */
export interface Adapter {
  readonly name: AdapterName
  /** How the text of its files is read. */
  readonly reading: ReadOptions
  /** Whether a document is of this form: asked about files that no entry of the workspace describes. */
  recognises(data: Data): boolean
  /** Makes state of the documents of one entry that are put at one place; all paths are relative to that place. */
  adapt(documents: readonly Document[], settings: AdapterSettings, time: ReadingTime): Adapted | Promise<Adapted>
}

/** What an entry, or the command line, says to an adapter. */
export interface AdapterSettings {
  readonly lists: 'keyed' | 'plain'
  /** Kubernetes only: of objects that name none, though their kind belongs to one. */
  readonly namespace?: string
  /** Kubernetes only: CustomResourceDefinitions of the fragments. */
  readonly definitions?: readonly DataObject[]
  /** Kubernetes only: whether hooks of Helm are left out. */
  readonly hooks?: 'keep' | 'skip'
}

/** What an adapter makes of documents. */
export interface Adapted {
  readonly reports: readonly Reported[]
  readonly unreadable: readonly Unreadable[]
  readonly notes: readonly Note[]
}

/** State that was reported in one piece: one plain document, one snapshot document, or the manifests of one cluster. */
export interface Reported {
  readonly state: Data
  /** Names of the files that it comes from. */
  readonly files: readonly string[]
  /** Who reported it and when, if the document itself says so; else the entry names the observer. */
  readonly identity?: Identity
  /** What the document itself says that it covers; wins over the entry. */
  readonly covers?: readonly PathPattern[]
  readonly refused?: readonly Refused[]
  /** Values that are there but hidden. */
  readonly masked?: readonly Path[]
  /** What earlier applies set of the objects in it. */
  readonly applied?: readonly Applied[]
  /** What is evidence under `covers: objects`, beside each value that is there. */
  readonly objects: readonly PathPattern[]
  /** What is evidence under `covers: kinds`; an adapter without kinds has none. */
  readonly kinds?: readonly PathPattern[]
  /** Which document says what stands at a path (with `label`: the key itself), and where in it. */
  origin(path: Path, label?: boolean): { readonly document: Document; readonly pointer: Path } | undefined
}

/** What a snapshot says of itself. */
export interface Identity {
  readonly observer: string
  readonly sequence: number
  /** RFC 3339, the observer's own clock. */
  readonly observedAt: string
  readonly environment?: string
  /** The newest sequence of other observers that this one had seen. */
  readonly seen: Readonly<Record<string, number>>
}

/** A path that an observer was not allowed to look at. */
export interface Refused {
  readonly path: PathPattern
  readonly reason: string
}
