import { isDataObject, type Data } from '../model/data.ts'
import { contains, overlaps } from '../model/path-pattern.ts'
import { hadSeen, isLater } from './order.ts'
import type { Reach } from './reach.ts'
import type { Snapshot } from './snapshot.ts'

/** Leaves out snapshots of which nothing is left, and which speak against no other: newer ones looked everywhere where they looked or saw something. */
export function newest(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  return unsuperseded(unreplaced(snapshots, isLater, () => true))
}

/** Only the latest of an observer supersedes for certain: of an earlier one, parts may be replaced. */
function unsuperseded(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const latest = new Map(
    snapshots.toSorted((a, b) => a.sequence - b.sequence).map((snapshot) => [snapshot.observer, snapshot]),
  )
  const heeded = new Set(
    snapshots
      .filter(({ seen }) => [...seen.keys()].some((observer) => latest.has(observer)))
      .map(({ observer }) => observer),
  )
  const left = unreplaced(
    snapshots,
    hadSeen,
    (judge, { observer }) => latest.get(judge.observer) === judge && !heeded.has(observer),
  )
  return left.length === snapshots.length ? left : unsuperseded(left)
}

function unreplaced(
  snapshots: readonly Snapshot[],
  isNewer: typeof isLater,
  may: (judge: Snapshot, snapshot: Snapshot) => boolean,
): readonly Snapshot[] {
  const judges = judgesByObserver(snapshots)
  return snapshots.filter(
    (snapshot) =>
      !judges
        .get(snapshot.observer)
        ?.some((other) => isNewer(other, snapshot) && may(other, snapshot) && replaces(other, snapshot)),
  )
}

/** By observer: those who may be newer than a snapshot of it, with the latest first. */
function judgesByObserver(snapshots: readonly Snapshot[]): ReadonlyMap<string, readonly Snapshot[]> {
  const judges = new Map<string, Snapshot[]>()
  for (const snapshot of snapshots.toSorted((a, b) => b.sequence - a.sequence)) {
    for (const observer of new Set([snapshot.observer, ...snapshot.seen.keys()])) {
      const known = judges.get(observer)
      if (known) known.push(snapshot)
      else judges.set(observer, [snapshot])
    }
  }
  return judges
}

function replaces(newer: Snapshot, older: Snapshot): boolean {
  const looked = [...older.covers, ...older.refused.map(({ path }) => path)]
  return (
    looked.every((pattern) => looksAtAllOf(newer, pattern)) &&
    older.parts.every(({ state }) => isWithin(state, newer.reach))
  )
}

function looksAtAllOf(snapshot: Snapshot, pattern: Snapshot['covers'][number]): boolean {
  return (
    snapshot.covers.some((cover) => contains(cover, pattern)) &&
    !snapshot.refused.some(({ path }) => overlaps(path, pattern))
  )
}

/** Whether all that is there lies where somebody looked. */
function isWithin(value: Data, reach: Reach): boolean {
  if (reach.whole || !isDataObject(value)) return reach.whole
  const members = Object.entries(value)
  return members.length > 0 && members.every(([label, member]) => isWithin(member, reach.below(label)))
}
