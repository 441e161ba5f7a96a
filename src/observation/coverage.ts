import type { Coverage } from '../engine/protocol.ts'
import { isDataList, isDataObject, type Data } from '../model/data.ts'
import { compareText } from '../model/order.ts'
import type { Path, PathPattern } from '../model/path.ts'
import { contains, overlaps } from '../model/path-pattern.ts'
import { isNewer } from './order.ts'
import { patternSet, widestPatterns } from './pattern-set.ts'
import { reachOf, type Reach } from './reach.ts'
import type { Snapshot } from './snapshot.ts'

// What counts as looked at, by the union of all snapshots. A refusal stands, though somebody covers more around it, until a
// fresh snapshot of another observer, or a later one of the same, covers all of it and was refused nothing there. A stale
// snapshot covers nothing: where no fresh one looked either, that is said.

/** Who looked where, for the engine; sorted, and without what a wider entry of the same status says already. */
export function coverageOf(fresh: readonly Snapshot[], stale: readonly Snapshot[]): readonly Coverage[] {
  const covered = widestPatterns(fresh.flatMap(lookedAt))
  const isCovered = patternSet(covered)
  const refused = fresh.flatMap((snapshot) =>
    snapshot.refused
      .filter(({ path }) => !isLifted(path, snapshot, fresh))
      .map(({ path, reason }): Coverage => ({
        path,
        status: 'refused',
        reason: `\`${snapshot.observer}\`: ${reason}`,
      })),
  )
  const old = stale.flatMap((snapshot) =>
    widestPatterns([...lookedAt(snapshot), ...snapshot.refused.map(({ path }) => path)])
      .filter((path) => !isCovered(path))
      .map((path): Coverage => ({ path, status: 'stale', reason: snapshot.stale ?? '' })),
  )
  return sortedUnique([...covered.map((path): Coverage => ({ path, status: 'covered' })), ...refused, ...old])
}

/** What a snapshot covers, and every list that it holds elsewhere: a list is reported as a whole. */
function lookedAt(snapshot: Snapshot): PathPattern[] {
  const lists: PathPattern[] = []
  const reach = reachOf(snapshot)
  if (!reach.whole) for (const { state } of snapshot.parts) collectLists(state, [], reach, lists)
  return [...snapshot.covers, ...lists]
}

function collectLists(value: Data, path: Path, reach: Reach, into: PathPattern[]): void {
  if (reach.covered) return
  if (isDataList(value) && value.some((element) => isDataObject(element) || isDataList(element))) into.push(path)
  else if (isDataObject(value)) {
    for (const [label, member] of Object.entries(value))
      collectLists(member, [...path, label], reach.below(label), into)
  }
}

function isLifted(path: PathPattern, refused: Snapshot, fresh: readonly Snapshot[]): boolean {
  return fresh.some(
    (other) =>
      (other.observer !== refused.observer || isNewer(other, refused)) &&
      other.covers.some((cover) => contains(cover, path)) &&
      !other.refused.some((refusal) => overlaps(refusal.path, path)),
  )
}

/** Each pattern once, with the words that sort first; by pattern. */
function sortedUnique(entries: readonly Coverage[]): readonly Coverage[] {
  const sorted = entries
    .map((entry) => ({ entry, key: JSON.stringify([entry.path, entry.status, entry.reason ?? '']) }))
    .sort((a, b) => compareText(a.key, b.key))
  const seen = new Set<string>()
  return sorted.flatMap(({ entry }) => {
    const key = JSON.stringify([entry.path, entry.status])
    if (seen.has(key)) return []
    seen.add(key)
    return [entry]
  })
}
