/** A snapshot document (`snapshot: 1`): what one observer reported, once. `schemas/snapshot.schema.json`. */
export interface SnapshotDocument {
  readonly snapshot: 1
  readonly observer: string
  /** The observer's own counter. */
  readonly sequence: number
  /** RFC 3339, the observer's own clock: shown, never used to order observers. */
  readonly observedAt: string
  readonly environment?: string
  /** The newest sequence of other observers that this one had seen. */
  readonly seen?: Readonly<Record<string, number>>
  /** Path patterns that were looked at completely; default everything. */
  readonly covers?: readonly string[]
  readonly refused?: readonly { readonly path: string; readonly reason: string }[]
  /** Paths of values that are there but hidden. */
  readonly masked?: readonly string[]
  /** What earlier applies set of objects in the state: where, by whom, and below that which members. */
  readonly applied?: readonly { readonly at: string; readonly by: string; readonly fields: object }[]
  readonly state: object
}
