import { parsePattern, type PathPattern } from '../../../model/path.ts'
import type { StoredSnapshot } from '../../../model/stored-snapshot.ts'
import type { ObservationEntry } from '../../../model/workspace.ts'
import { parseAt } from '../../../observation/at.ts'
import { freshUntil } from '../checks/stale-snapshots.ts'

/** Where one snapshot looked, from the root. */
export interface Look {
  readonly observer: string
  readonly covers: readonly PathPattern[]
  readonly refused: readonly { readonly path: PathPattern; readonly reason: string }[]
  readonly isStale: boolean
}

/** Where a snapshot looked, by its own word or that of its entry in the workspace, and whether it is too old by now. */
export function lookOf(snapshot: StoredSnapshot, entry: ObservationEntry | undefined, now: Date): Look {
  const place = parseAt(entry?.at).prefix
  const placed = (text: string): PathPattern => [...place, ...parsePattern(text)]
  const covers = snapshot.covers ?? (Array.isArray(entry?.covers) ? entry.covers : [''])
  const until = freshUntil(snapshot, entry)
  return {
    observer: snapshot.observer,
    covers: covers.map((text: string) => placed(text)),
    refused: snapshot.refused.map(({ path, reason }) => ({ path: placed(path), reason })),
    isStale: until !== undefined && until < now.getTime(),
  }
}
