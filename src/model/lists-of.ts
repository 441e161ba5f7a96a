import type { ObservationEntry } from './workspace.ts'

/**
 * Whether lists with keys are maps in the tree of manifests of an environment (of every one, if none is named): fragments, and observations of
 * which no entry speaks, have the shape that its observations have.
 */
export function listsOf(entries: readonly ObservationEntry[] = [], environment?: string): 'keyed' | 'plain' {
  const here = entries.filter(
    (entry) => environment === undefined || (entry.environment ?? environment) === environment,
  )
  return here.some(({ lists }) => lists === 'plain') ? 'plain' : 'keyed'
}
