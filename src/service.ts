import type { StoredDependencies } from './operations/stored/dependencies.ts'
import { revisionSources } from './operations/stored/revision-source.ts'
import type { Store } from './store/store.ts'

/** What a service works with. */
export type ServiceOptions = Omit<StoredDependencies, 'sourceOf'>

/** Workspaces over time: what was desired, observed and found. The HTTP routes and the workers call it. */
export interface Service {
  readonly store: Store
}

/** Brings the operations on stored workspaces together. */
export function createService(options: ServiceOptions): Service {
  const dependencies: StoredDependencies = { ...options, sourceOf: revisionSources(options.store.files) }
  return { store: dependencies.store }
}
