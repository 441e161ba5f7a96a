import { compareText } from '../../../model/order.ts'
import { formatPattern } from '../../../model/path.ts'
import type { StoredSnapshot } from '../../../model/stored-snapshot.ts'
import { freshUntil } from '../checks/stale-snapshots.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { entryOfObserver } from '../entry-of-observer.ts'
import { environmentIn, inForce } from '../in-force.ts'
import { lookOf } from './look.ts'

/** An observer with its newest snapshot, and how old that is. */
export interface ObserverNow extends StoredSnapshot {
  /** How many snapshots of it are kept. */
  readonly snapshots: number
  /** As the workspace says: `15m`. */
  readonly maxAge?: string
  /** Whole seconds since it was observed, by two clocks. */
  readonly ageSeconds: number
  readonly stale: boolean
  /** Path patterns from the root that its newest snapshot looked at completely, by its own word or the workspace's; sorted. */
  readonly looksAt: readonly string[]
}

/** Which observers. */
export interface ObserversInput {
  readonly workspace: string
  /** Those about it, and those about every one; absent: all. */
  readonly environment?: string
  /** As they were known then; default: now. */
  readonly at?: Date
}

/** Every observer of a workspace, sorted by name and environment. Rejects with WORKSPACE_NOT_FOUND or QUERY_INVALID. */
export async function listObservers(
  dependencies: StoredDependencies,
  { workspace, environment: asked, at }: ObserversInput,
): Promise<readonly ObserverNow[]> {
  const { read } = await inForce(dependencies, workspace, at)
  const environment = asked === undefined ? undefined : environmentIn(read, asked)
  const now = at ?? dependencies.clock()
  const observers = await dependencies.store.snapshots.observers(
    workspace,
    environment,
    at === undefined ? {} : { receivedUntil: at },
  )
  return observers.map((newest) => {
    const entry = entryOfObserver(read.workspace.observations ?? [], newest.observer, newest.environment ?? environment)
    const until = freshUntil(newest, entry)
    return {
      ...newest,
      ...(entry?.maxAge === undefined ? {} : { maxAge: entry.maxAge }),
      ageSeconds: Math.floor((now.getTime() - Date.parse(newest.observedAt)) / 1000),
      stale: until !== undefined && until < now.getTime(),
      looksAt: lookOf(newest, entry, now)
        .covers.map((pattern) => formatPattern(pattern))
        .toSorted(compareText),
    }
  })
}
