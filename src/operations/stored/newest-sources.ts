import { keepNewest } from '../../model/keep-newest.ts'
import type { Store, Transaction } from '../../store/store.ts'
import type { Source } from '../../workspace/source.ts'
import type { StoredDependencies } from './dependencies.ts'
import { chosenRevision } from './stored-workspace.ts'

/** After this time the store is looked at again, beside the requests that come meanwhile. */
const freshMs = 250
/** After this time they wait for it: what another server made is seen by then at the latest. */
const mostAgeMs = 1000

/** The newest revisions of stored workspaces, for requests that are many and small. */
export interface NewestSources {
  of(workspace: string): Promise<Source>
  /** The same, and how many milliseconds ago the store was asked. */
  withAge(workspace: string): Promise<{ readonly source: Source; readonly ageMs: number }>
  /** The same store; once a revision that was made with it is kept, the next request sees it. */
  readonly store: Store
}

interface Known {
  readonly source: Promise<Source>
  /** In milliseconds since 1970: when the store was asked. */
  readonly since: number
  /** Whether the store is being asked again. */
  renewing: boolean
}

const mostKnown = 1000

/** Told of workspaces that were changed, before whoever changed them is told that it is done. */
export type Changed = (workspaces: readonly string[]) => Promise<void>

/** Remembers the newest revision of each workspace for a moment. */
export function newestSources(
  store: Store,
  sourceOf: StoredDependencies['sourceOf'],
  clock: () => Date,
  tellChanged?: Changed,
): NewestSources {
  const known = new Map<string, Known>()
  const look = async (workspace: string): Promise<Source> => sourceOf(await chosenRevision(store, workspace))
  const keep = (workspace: string, entry: Known): void => keepNewest(known, workspace, entry, mostKnown)
  const renew = async (workspace: string, before: Known, since: number): Promise<void> => {
    before.renewing = true
    try {
      const source = await look(workspace)
      // Unless it was forgotten meanwhile, since there is a newer one.
      if (known.get(workspace) === before) keep(workspace, { source: Promise.resolve(source), since, renewing: false })
    } catch {
      // Whoever has to wait for it learns why.
      before.renewing = false
    }
  }
  const newest = (workspace: string): Known => {
    const now = clock().getTime()
    const before = known.get(workspace)
    const age = before === undefined ? Infinity : Math.abs(now - before.since)
    if (before !== undefined && age <= mostAgeMs) {
      if (age > freshMs && !before.renewing) void renew(workspace, before, now)
      return before
    }
    const entry: Known = { source: look(workspace), since: now, renewing: false }
    keep(workspace, entry)
    entry.source.catch(() => {
      if (known.get(workspace) === entry) known.delete(workspace)
    })
    return entry
  }
  return {
    of: (workspace) => newest(workspace).source,
    withAge: async (workspace) => {
      const { source, since } = newest(workspace)
      return { source: await source, ageMs: Math.abs(clock().getTime() - since) }
    },
    store: {
      ...store,
      transaction: async (work) => {
        const changed = new Set<string>()
        const result = await store.transaction((tables) => work(watched(tables, (workspace) => changed.add(workspace))))
        for (const workspace of changed) known.delete(workspace)
        if (changed.size > 0) await tellChanged?.([...changed])
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
