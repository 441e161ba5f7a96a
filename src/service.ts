import type { Congruent } from './congruent.ts'
import type { Queue } from './queue/queue.ts'
import type { Store } from './store/store.ts'

/** What a service works with. */
export interface ServiceOptions {
  readonly congruent: Congruent
  readonly store: Store
  readonly queue: Queue
  readonly clock: () => Date
  /** 256 random bits in base64url, 43 characters: for what must not be guessed. */
  readonly random: () => string
}

/** Workspaces over time: what was desired, observed and found. The HTTP routes and the workers call it. */
export interface Service {
  readonly store: Store
}

/** Brings the operations on stored workspaces together. */
export function createService(options: ServiceOptions): Service {
  return { store: options.store }
}
