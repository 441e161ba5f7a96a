/** One operation of a JSON Patch (RFC 6902). */
export interface PatchOperation {
  readonly op: 'test' | 'add' | 'replace' | 'remove'
  /** A JSON Pointer (RFC 6901). */
  readonly path: string
  readonly value?: unknown
}

/** What to change about one thing that was observed: a Kubernetes object, or else the state as a whole. */
export interface ThingPatch {
  /** Where it stands; empty: the state as a whole. */
  readonly at: string
  /** The Kubernetes object that the operations are about, with lists as the object has them. */
  readonly object?: ObjectName
  readonly operations: readonly PatchOperation[]
}

/** What identifies a Kubernetes object. */
export interface ObjectName {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}

/** A Kubernetes object that is desired and not there. */
export interface CreatedObject {
  readonly at: string
  readonly manifest: object
}

/** Something that is wrong, and about which the desired state gives nothing definite. */
export interface OpenFinding {
  readonly at: string
  readonly kind: string
  readonly message: string
  /** CUE text. */
  readonly wanted?: string
  readonly teams: readonly string[]
}

/** The smallest change from what is observed to what is desired, where that is definite: `schemas/patch.schema.json`. */
export interface Patch {
  readonly patch: 1
  readonly workspace: string
  readonly environment: string
  /** Sorted by place. */
  readonly patches: readonly ThingPatch[]
  /** Sorted by place. */
  readonly create: readonly CreatedObject[]
  /** Sorted by place. */
  readonly open: readonly OpenFinding[]
}
