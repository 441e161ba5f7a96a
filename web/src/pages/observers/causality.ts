// Who had seen what, without any clock: an observer's own sequence orders its snapshots, and `seen` those of others. What a snapshot
// had seen is handed on here, as a picture of causes shows chains; a check takes each snapshot's own word only.

/** What a snapshot says that orders it. */
export interface Reported {
  readonly observer: string
  readonly sequence: number
  /** The newest sequence of each other observer that its own had seen. */
  readonly seen: Readonly<Record<string, number>>
}

/** How a snapshot stands to the chosen one. */
export type Relation = 'chosen' | 'past' | 'future' | 'concurrent'

/** Snapshots in the order of their causes. A key is `cluster-us#977`. */
export interface Causality<S extends Reported> {
  /** Observers, sorted. */
  readonly lanes: readonly string[]
  /** Sorted by observer and sequence. `column`: the length of the longest chain of causes, so that all of its past lies to the left. */
  readonly places: readonly {
    readonly key: string
    readonly lane: number
    readonly column: number
    readonly snapshot: S
  }[]
  /** From what was seen to who had seen it, of different observers; keys. */
  readonly lines: readonly { readonly from: string; readonly to: string }[]
  readonly columns: number
  find(key: string): S | undefined
  /** How each of the snapshots stands to one of them. Those that are each in the past of the other, which cannot be, are concurrent. */
  relations(key: string): ReadonlyMap<string, Relation>
  /** The newest sequence of each observer of which a snapshot knew, itself included. */
  vector(key: string): ReadonlyMap<string, number>
}

/** `cluster-us#977` */
export function keyOf({ observer, sequence }: Pick<Reported, 'observer' | 'sequence'>): string {
  return `${observer}#${sequence}`
}

/** Orders snapshots by their causes. Of two with one key the first is taken. */
export function causality<S extends Reported>(reported: readonly S[]): Causality<S> {
  const known = new Map<string, S>()
  for (const snapshot of reported) if (!known.has(keyOf(snapshot))) known.set(keyOf(snapshot), snapshot)
  const snapshots = [...known.values()].sort((a, b) => compare(a.observer, b.observer) || a.sequence - b.sequence)
  const lanes = [...new Set(snapshots.map(({ observer }) => observer))]
  const causes = causesOf(snapshots)
  const effects = new Map<string, string[]>(snapshots.map((snapshot) => [keyOf(snapshot), []]))
  for (const [key, before] of causes) for (const cause of before) effects.get(cause)?.push(key)
  const columns = columnsOf(causes)
  return {
    lanes,
    places: snapshots.map((snapshot) => {
      const key = keyOf(snapshot)
      return { key, lane: lanes.indexOf(snapshot.observer), column: columns.get(key) ?? 0, snapshot }
    }),
    lines: [...causes].flatMap(([to, before]) =>
      before.filter((from) => known.get(from)?.observer !== known.get(to)?.observer).map((from) => ({ from, to })),
    ),
    columns: Math.max(0, ...columns.values()) + 1,
    find: (key) => known.get(key),
    relations: (chosen) => {
      const past = reached(chosen, causes)
      const future = reached(chosen, effects)
      return new Map(
        snapshots.map((snapshot) => {
          const key = keyOf(snapshot)
          if (key === chosen) return [key, 'chosen']
          if (past.has(key) === future.has(key)) return [key, 'concurrent']
          return [key, past.has(key) ? 'past' : 'future']
        }),
      )
    },
    vector: (key) => {
      const newest = new Map<string, number>()
      for (const one of [key, ...reached(key, causes)]) {
        const snapshot = known.get(one)
        if (snapshot === undefined) continue
        for (const [observer, sequence] of [[snapshot.observer, snapshot.sequence] as const, ...seenOf(snapshot)])
          newest.set(observer, Math.max(sequence, newest.get(observer) ?? 0))
      }
      return newest
    },
  }
}

type Edges = ReadonlyMap<string, readonly string[]>

/** Of each snapshot the ones just before it: its observer's own, and the newest known ones of what it had seen. */
function causesOf(snapshots: readonly Reported[]): Edges {
  const byObserver = new Map<string, Reported[]>()
  for (const snapshot of snapshots) {
    const own = byObserver.get(snapshot.observer)
    if (own === undefined) byObserver.set(snapshot.observer, [snapshot])
    else own.push(snapshot)
  }
  const upTo = (observer: string, sequence: number): readonly string[] => {
    const newest = byObserver.get(observer)?.findLast((one) => one.sequence <= sequence)
    return newest === undefined ? [] : [keyOf(newest)]
  }
  return new Map(
    snapshots.map((snapshot) => [
      keyOf(snapshot),
      [
        ...upTo(snapshot.observer, snapshot.sequence - 1),
        ...seenOf(snapshot).flatMap(([observer, sequence]) => upTo(observer, sequence)),
      ],
    ]),
  )
}

/** What it says of itself is nothing new. */
function seenOf({ observer, seen }: Reported): readonly (readonly [string, number])[] {
  return Object.entries(seen).filter(([other]) => other !== observer)
}

/** A cause that has the snapshot itself as a cause, which cannot be, counts for nothing. */
function columnsOf(causes: Edges): ReadonlyMap<string, number> {
  const columns = new Map<string, number>()
  const begun = new Set<string>()
  for (const start of causes.keys()) {
    const open = [start]
    for (let key = open.at(-1); key !== undefined; key = open.at(-1)) {
      begun.add(key)
      const before = causes.get(key) ?? []
      const next = before.find((cause) => !begun.has(cause))
      if (next !== undefined) {
        open.push(next)
        continue
      }
      open.pop()
      if (!columns.has(key)) columns.set(key, Math.max(-1, ...before.map((cause) => columns.get(cause) ?? -1)) + 1)
    }
  }
  return columns
}

/** All that edges lead to, without the start. */
function reached(start: string, edges: Edges): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [start]
  for (let key = open.pop(); key !== undefined; key = open.pop())
    for (const next of edges.get(key) ?? []) {
      if (next === start || found.has(next)) continue
      found.add(next)
      open.push(next)
    }
  return found
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
