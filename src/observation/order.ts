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

/** Groups of snapshots that are each newer than themselves through the others, which cannot be; in the order in which they are given. */
export function cyclesOf(snapshots: readonly Snapshot[]): Snapshot[][] {
  if (snapshots.every(({ seen }) => seen.size === 0)) return []
  const edges = nextOlder(snapshots)
  const doubtful = withoutEnds(withoutEnds(snapshots, edges), reversed(edges))
  const older = new Map(doubtful.map((snapshot) => [snapshot, reachable(snapshot, edges)]))
  const groups: Snapshot[][] = []
  const grouped = new Set<Snapshot>()
  for (const [snapshot, below] of older) {
    if (grouped.has(snapshot) || !below.has(snapshot)) continue
    const group = doubtful.filter((other) => below.has(other) && older.get(other)?.has(snapshot))
    for (const member of group) grouped.add(member)
    groups.push(group)
  }
  return groups
}

/** For each snapshot others that it is newer than. */
type Edges = ReadonlyMap<Snapshot, readonly Snapshot[]>

/** Of each observer the newest that a snapshot is newer than: what is older still follows from these. */
function nextOlder(snapshots: readonly Snapshot[]): Edges {
  const byObserver = new Map<string, Snapshot[]>()
  for (const snapshot of snapshots.toSorted((a, b) => a.sequence - b.sequence)) {
    const own = byObserver.get(snapshot.observer)
    if (own) own.push(snapshot)
    else byObserver.set(snapshot.observer, [snapshot])
  }
  const upTo = (observer: string, sequence: number): readonly Snapshot[] => {
    const own = byObserver.get(observer) ?? []
    return own.slice(Math.max(0, countUpTo(own, sequence) - 1), countUpTo(own, sequence))
  }
  return new Map(
    snapshots.map((snapshot) => {
      const others = [...snapshot.seen].filter(([observer]) => observer !== snapshot.observer)
      return [
        snapshot,
        [
          ...upTo(snapshot.observer, snapshot.sequence - 1),
          ...others.flatMap(([observer, sequence]) => upTo(observer, sequence)),
        ],
      ]
    }),
  )
}

/** How many of the snapshots of an observer, sorted, have at most a sequence. */
function countUpTo(own: readonly Snapshot[], sequence: number): number {
  let low = 0
  let high = own.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((own[middle]?.sequence ?? 0) <= sequence) low = middle + 1
    else high = middle
  }
  return low
}

function reversed(edges: Edges): Edges {
  const back = new Map<Snapshot, Snapshot[]>([...edges.keys()].map((snapshot) => [snapshot, []]))
  for (const [snapshot, others] of edges) for (const other of others) back.get(other)?.push(snapshot)
  return back
}

/** Takes away, again and again, what no edge of what is left leads to. */
function withoutEnds(snapshots: readonly Snapshot[], edges: Edges): readonly Snapshot[] {
  const counts = new Map(snapshots.map((snapshot) => [snapshot, 0]))
  const count = (snapshot: Snapshot, change: number): number => {
    const now = (counts.get(snapshot) ?? 0) + change
    if (counts.has(snapshot)) counts.set(snapshot, now)
    return now
  }
  for (const snapshot of snapshots) for (const other of edges.get(snapshot) ?? []) count(other, 1)
  const open = snapshots.filter((snapshot) => counts.get(snapshot) === 0)
  for (let snapshot = open.pop(); snapshot; snapshot = open.pop()) {
    counts.delete(snapshot)
    for (const other of edges.get(snapshot) ?? []) if (count(other, -1) === 0 && counts.has(other)) open.push(other)
  }
  return [...counts.keys()]
}

/** Everything that edges lead to from a snapshot. */
function reachable(start: Snapshot, edges: Edges): ReadonlySet<Snapshot> {
  const found = new Set<Snapshot>()
  const open = [start]
  for (let snapshot = open.pop(); snapshot; snapshot = open.pop()) {
    for (const other of edges.get(snapshot) ?? []) {
      if (found.has(other)) continue
      found.add(other)
      open.push(other)
    }
  }
  return found
}
