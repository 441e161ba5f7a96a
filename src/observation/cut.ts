import type { Applied } from '../model/applied.ts'
import type { Observation } from '../model/finding.ts'
import type { Note } from '../model/report.ts'
import type { Path } from '../model/path.ts'
import type { Data, DataObject } from '../model/data.ts'
import type { Observed } from '../engine/protocol.ts'

/** What observers reported, cut to one state, as data. */
export interface ObservedState extends Pick<Observed, 'coverage' | 'contested' | 'masked'> {
  /** From the root; contested leaves are absent. */
  readonly state: DataObject
}

/** The newest snapshots that happen not before one another, as one observed state, with the way back to each observer's words. */
export interface Cut {
  /** What the fragments are checked against. */
  readonly observed: ObservedState
  /** Snapshots that take part, sorted by observer and sequence. */
  readonly snapshots: readonly {
    readonly observer: string
    readonly sequence: number
    readonly observedAt?: string
    /** File names, comma-separated, or `-`. */
    readonly source: string
    /** 64 hex digits of the content. */
    readonly digest: string
  }[]
  /** Who said what at a path: every observer that reported it, each with file, line, column, pointer and value (cut at 1 kB, masked where masked or sensitive). At an absent path: the nearest reported ancestor, without a value. */
  observe(path: Path): readonly Observation[]
  /** What earlier applies set of objects that were observed, sorted by object and who applied. */
  readonly applied: readonly Applied[]
  /** Values at sensitive paths, of any snapshot that was read: nobody is to be told of them. */
  readonly secrets: readonly Data[]
  /** Documents that could not be read, reused sequences, cycles of `seen`, globs without a file. */
  readonly problems: readonly CutProblem[]
  readonly notes: readonly Note[]
  /** The last moment, in milliseconds since 1970, at which the same documents give the same cut; `-Infinity` where it tells ages. */
  readonly holdsUntil: number
}

/** Something of the observations themselves that becomes a finding. */
export interface CutProblem {
  readonly kind: 'unreadable' | 'unobserved'
  readonly path: Path
  readonly message: string
  readonly observations: readonly Observation[]
}
