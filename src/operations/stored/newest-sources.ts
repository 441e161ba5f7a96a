import type { Store, Transaction } from '../../store/store.ts'
import type { Source } from '../../workspace/source.ts'
import type { StoredDependencies } from './dependencies.ts'
import { chosenRevision } from './stored-workspace.ts'

/** So long a revision counts as the newest without a look at the store: what another server made is seen after this time at the latest. */
const mostAgeMs = 250

/** The newest revisions of stored workspaces, for requests that are many and small. */
export interface NewestSources {
  of(workspace: string): Promise<Source>
  /** The same store; once a revision that was made with it is kept, the next request sees it. */
  readonly store: Store
}

interface Known {
  readonly source: Promise<Source>
  readonly since: number
}

const mostKnown = 1000

/** Remembers the newest revision of each workspace for a moment. */
export function newestSources(
  store: Store,
  sourceOf: StoredDependencies['sourceOf'],
  clock: () => Date,
): NewestSources {
  const known = new Map<string, Known>()
  const look = async (workspace: string): Promise<Source> => sourceOf(await chosenRevision(store, workspace))
  return {
    of: (workspace) => {
      const now = clock().getTime()
      const before = known.get(workspace)
      if (before !== undefined && Math.abs(now - before.since) <= mostAgeMs) return before.source
      const source = look(workspace)
      known.delete(workspace)
      known.set(workspace, { source, since: now })
      // What failed is asked for again.
      source.catch(() => known.delete(workspace))
      const [oldest] = known.keys()
      if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
      return source
    },
    store: {
      ...store,
      transaction: async (work) => {
        const changed = new Set<string>()
        const result = await store.transaction((tables) => work(watched(tables, (workspace) => changed.add(workspace))))
        for (const workspace of changed) known.delete(workspace)
        return result
      },
    },
  }
}

function watched(tables: Transaction, changed: (workspace: string) => void): Transaction {
  return {
    ...tables,
    revisions: {
      ...tables.revisions,
      append: (workspace, revision) => {
        changed(workspace)
        return tables.revisions.append(workspace, revision)
      },
    },
    workspaces: {
      ...tables.workspaces,
      delete: (workspace) => {
        changed(workspace)
        return tables.workspaces.delete(workspace)
      },
    },
  }
}
