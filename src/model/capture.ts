import type { Severity } from './finding.ts'
import type { AdapterName } from './workspace.ts'

/** What a file holds: text, or bytes that are no UTF-8. */
export type CapturedContent = string | { readonly base64: string }

/** Files as they were read, by name, and those that could not be, or were only listed. */
export interface CapturedFiles {
  readonly files: { readonly [name: string]: CapturedContent }
  readonly unread: readonly {
    readonly name: string
    readonly reason: 'absent' | 'outside' | 'directory' | 'denied' | 'too-large' | 'other'
    readonly message: string
  }[]
}

/** What was observed, as documents. */
export interface CapturedDocuments extends CapturedFiles {
  /** Files that were named instead of the workspace's own, and how they were read. */
  readonly given?: readonly { readonly name: string; readonly content: CapturedContent }[]
  /** Standard input, where the workspace reads it. */
  readonly stdin?: CapturedContent
  readonly override?: {
    readonly adapter?: AdapterName
    readonly at?: string
    readonly covers?: 'all' | 'objects' | 'kinds' | readonly string[]
    readonly namespace?: string
    readonly hooks?: 'keep' | 'skip'
  }
}

/** What was observed in one environment as one state, without values that nobody is to be told: where that stood in documents is not kept. */
export interface CapturedState {
  readonly state: unknown
  readonly coverage: readonly {
    readonly path: readonly (string | null)[]
    readonly status: 'covered' | 'stale' | 'refused'
    readonly reason?: string
  }[]
  readonly contested: readonly {
    readonly path: readonly string[]
    readonly values: readonly string[]
    readonly absent?: boolean
  }[]
  /** Where something is that is hidden. */
  readonly masked: readonly (readonly string[])[]
  /** What earlier applies set of objects. */
  readonly applied?: readonly { readonly at: readonly string[]; readonly by: string; readonly fields: object }[]
}

/** All that a check read and what it came to, in one file: `schemas/capture.schema.json`. */
export interface Capture {
  readonly capture: 1
  /** RFC 3339: the time of the check. */
  readonly now: string
  readonly environments: readonly string[]
  readonly failOn: Severity
  readonly team?: string
  readonly partial?: boolean
  /** Whether all that there is to be observed was; default: if no files were named. */
  readonly complete?: boolean
  /** `congruent.yaml`, fragments and exemptions. */
  readonly workspace: CapturedFiles
  /** Absent where something observed is masked. */
  readonly documents?: CapturedDocuments
  /** By environment, instead of documents. */
  readonly states?: { readonly [environment: string]: CapturedState }
  /** The report, as `schemas/report.schema.json` says. */
  readonly report: unknown
}
