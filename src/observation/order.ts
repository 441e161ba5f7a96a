import type { Snapshot } from './snapshot.ts'

// Who is newer than whom. There is no clock: an observer's own sequence orders its snapshots, and `seen` orders those of
// others. What a snapshot had seen is not handed on, neither to its observer's next one nor through a third observer.

/** Whether a snapshot is a later one of the same observer. */
export function isLater(a: Snapshot, b: Snapshot): boolean {
  return a.observer === b.observer && a.sequence > b.sequence
}

/** Whether a snapshot had seen another one, or a later one of its observer. */
export function hadSeen(a: Snapshot, b: Snapshot): boolean {
  const seen = a.observer === b.observer ? undefined : a.seen.get(b.observer)
  return seen !== undefined && seen >= b.sequence
}

function isNewer(a: Snapshot, b: Snapshot): boolean {
  return isLater(a, b) || hadSeen(a, b)
}

/** Groups of snapshots that are each newer than themselves through the others, which cannot be; sorted as given. */
export function cyclesOf(snapshots: readonly Snapshot[]): Snapshot[][] {
  if (snapshots.every(({ seen }) => seen.size === 0)) return []
  const doubtful = withoutLooseEnds(snapshots)
  const reachable = new Map(doubtful.map((snapshot) => [snapshot, newerThan(snapshot, doubtful)]))
  const groups: Snapshot[][] = []
  const grouped = new Set<Snapshot>()
  for (const [snapshot, below] of reachable) {
    if (grouped.has(snapshot) || !below.has(snapshot)) continue
    const group = doubtful.filter((other) => below.has(other) && reachable.get(other)?.has(snapshot))
    for (const member of group) grouped.add(member)
    groups.push(group)
  }
  return groups
}

/** What is in a cycle, or between two: the rest is taken away from both ends. */
function withoutLooseEnds(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const left = withoutEnds(snapshots, isNewer)
  return withoutEnds(left, (a, b) => isNewer(b, a))
}

/** Takes away, again and again, what nothing that is left precedes. */
function withoutEnds(
  snapshots: readonly Snapshot[],
  precedes: (a: Snapshot, b: Snapshot) => boolean,
): readonly Snapshot[] {
  const counts = new Map(
    snapshots.map((snapshot) => [snapshot, snapshots.filter((other) => precedes(other, snapshot)).length]),
  )
  const open = snapshots.filter((snapshot) => counts.get(snapshot) === 0)
  for (let snapshot = open.pop(); snapshot; snapshot = open.pop()) {
    counts.delete(snapshot)
    for (const [other, count] of counts) {
      if (!precedes(snapshot, other)) continue
      counts.set(other, count - 1)
      if (count === 1) open.push(other)
    }
  }
  return [...counts.keys()]
}

/** Everything that a snapshot is newer than, directly or through others. */
function newerThan(start: Snapshot, snapshots: readonly Snapshot[]): ReadonlySet<Snapshot> {
  const found = new Set<Snapshot>()
  const open = [start]
  for (let snapshot = open.pop(); snapshot; snapshot = open.pop()) {
    for (const other of snapshots) {
      if (found.has(other) || !isNewer(snapshot, other)) continue
      found.add(other)
      open.push(other)
    }
  }
  return found
}
