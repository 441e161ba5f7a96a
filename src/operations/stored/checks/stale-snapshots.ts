import type { StoredSnapshot } from '../../../model/stored-snapshot.ts'
import type { ObservationEntry } from '../../../model/workspace.ts'
import { parseDuration } from '../../../model/duration.ts'
import { entryOfObserver } from '../entry-of-observer.ts'

/** The newest snapshot of each observer that grew too old after one moment and until another; those that were received too old included. */
export function grownStale(
  snapshots: readonly StoredSnapshot[],
  entries: readonly ObservationEntry[],
  environment: string,
  { after, until }: { readonly after: Date | undefined; readonly until: Date },
): readonly StoredSnapshot[] {
  const newest = new Map<string, StoredSnapshot>()
  for (const snapshot of snapshots) {
    const known = newest.get(snapshot.observer)
    if (known === undefined || known.sequence < snapshot.sequence) newest.set(snapshot.observer, snapshot)
  }
  return [...newest.values()].filter((snapshot) => {
    const endsAt = freshUntil(snapshot, entryOfObserver(entries, snapshot.observer, environment))
    if (endsAt === undefined || endsAt >= until.getTime()) return false
    const known = Math.max(endsAt, Date.parse(snapshot.receivedAt))
    return after === undefined || known >= after.getTime()
  })
}

/** The next moment, in milliseconds since 1970, up to which none of the snapshots that are fresh grows too old; undefined: none ever does. */
export function nextStale(
  snapshots: readonly StoredSnapshot[],
  entries: readonly ObservationEntry[],
  environment: string,
  now: Date,
): number | undefined {
  const ends = snapshots.flatMap((snapshot) => {
    const end = freshUntil(snapshot, entryOfObserver(entries, snapshot.observer, environment))
    return end === undefined || end < now.getTime() ? [] : [end]
  })
  return ends.length === 0 ? undefined : Math.min(...ends)
}

/** The last moment, in milliseconds since 1970, at which a snapshot is not too old; undefined: it never is. */
export function freshUntil(
  { observedAt }: Pick<StoredSnapshot, 'observedAt'>,
  entry: Pick<ObservationEntry, 'maxAge'> | undefined,
): number | undefined {
  const most = entry?.maxAge === undefined ? undefined : parseDuration(entry.maxAge)
  return most === undefined ? undefined : Date.parse(observedAt) + most
}
