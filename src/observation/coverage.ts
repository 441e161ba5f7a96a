import type { Coverage } from '../engine/protocol.ts'
import { isDataList, isDataObject, type Data } from '../model/data.ts'
import { comparePath, compareText } from '../model/order.ts'
import { formatPattern, type Path, type PathPattern } from '../model/path.ts'
import { contains, overlaps } from '../model/path-pattern.ts'
import { isLater } from './order.ts'
import { patternSet, widestPatterns } from './pattern-set.ts'
import type { Reach } from './reach.ts'
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
  const { reach } = snapshot
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
      (other.observer !== refused.observer || isLater(other, refused)) &&
      other.covers.some((cover) => contains(cover, path)) &&
      !other.refused.some((refusal) => overlaps(refusal.path, path)),
  )
}

/** By pattern and status; each once, with the words that sort first. */
function sortedUnique(entries: readonly Coverage[]): readonly Coverage[] {
  const sorted = entries.toSorted(
    (a, b) =>
      comparePattern(a.path, b.path) || compareText(a.status, b.status) || compareText(a.reason ?? '', b.reason ?? ''),
  )
  return sorted.filter((entry, index) => {
    const before = sorted[index - 1]
    return !before || before.status !== entry.status || comparePattern(before.path, entry.path) !== 0
  })
}

function comparePattern(a: PathPattern, b: PathPattern): number {
  const labels = (pattern: PathPattern): Path => pattern.map((label) => label ?? '*')
  return comparePath(labels(a), labels(b)) || compareText(formatPattern(a), formatPattern(b))
}
