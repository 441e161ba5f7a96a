import type { StoredDependencies } from './operations/stored/dependencies.ts'
import type { Store } from './store/store.ts'

/** Workspaces over time: what was desired, observed and found. The HTTP routes and the workers call it. */
export interface Service {
  readonly store: Store
}

/** Brings the operations on stored workspaces together. */
export function createService(options: StoredDependencies): Service {
  return { store: options.store }
}
