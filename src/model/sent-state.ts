import type { AdapterName } from './workspace.ts'

/** What an observer saw, as it has it: a snapshot is made of it. `schemas/sent-state.schema.json`. */
export interface SentState {
  readonly adapter: Exclude<AdapterName, 'snapshot'>
  readonly observer: string
  /** Absent: the server counts on. */
  readonly sequence?: number
  /** RFC 3339, the observer's own clock; absent: when it was received. */
  readonly observedAt?: string
  readonly environment?: string
  /** The newest sequence of other observers that this one had seen. */
  readonly seen?: Readonly<Record<string, number>>
  /** CUE path where the state is put. */
  readonly at?: string
  /** Relative to the state. */
  readonly covers?: 'all' | 'objects' | 'kinds' | readonly string[]
  readonly refused?: readonly { readonly path: string; readonly reason: string }[]
  /** Anything; at the root a map. */
  readonly state?: unknown
  /** Kubernetes objects, or lists of them. */
  readonly documents?: readonly unknown[]
}
