import type { DataObject } from './data.ts'
import type { Finding } from './finding.ts'
import type { Patch } from './patch.ts'
import type { Note } from './report.ts'

/** A patch, and what it can be written as. */
export interface PatchResult {
  readonly patch: Patch
  /** For `kubectl apply --server-side`: of each object what is put there and no more, and new objects. */
  readonly manifests: readonly DataObject[]
  /** Places that a manifest cannot say: what is to be removed, and what belongs to no object. */
  readonly unsaid: readonly string[]
  /** Fragments that contradict one another: then there is nothing to patch to. */
  readonly conflicts: readonly Finding[]
  readonly notes: readonly Note[]
  /** The last moment, in milliseconds since 1970, at which the same inputs give the same patch. */
  readonly holdsUntil: number
}
