import { isDataObject, type Data } from '../model/data.ts'
import type { PathPattern } from '../model/path.ts'
import { contains, overlaps } from '../model/path-pattern.ts'
import { hadSeen, isLater } from './order.ts'
import { patternIndex } from './pattern-set.ts'
import type { Reach } from './reach.ts'
import type { Snapshot } from './snapshot.ts'

/** Leaves out snapshots of which nothing is left, and which speak against no other: newer ones looked everywhere where they looked or saw something. */
export function newest(snapshots: readonly Snapshot[], check: () => void = () => undefined): readonly Snapshot[] {
  return unsuperseded(
    unreplaced(snapshots, isLater, () => true, check),
    check,
  )
}

/** Only the latest of an observer supersedes for certain: of an earlier one, parts may be replaced. */
function unsuperseded(snapshots: readonly Snapshot[], check: () => void): readonly Snapshot[] {
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
    check,
  )
  return left.length === snapshots.length ? left : unsuperseded(left, check)
}

function unreplaced(
  snapshots: readonly Snapshot[],
  isNewer: typeof isLater,
  may: (judge: Snapshot, snapshot: Snapshot) => boolean,
  check: () => void,
): readonly Snapshot[] {
  const judges = judgesByObserver(snapshots)
  return snapshots.filter((snapshot) => {
    check()
    return !judges(snapshot).some(
      (other) => isNewer(other, snapshot) && may(other, snapshot) && replaces(other, snapshot),
    )
  })
}

/** Finds those who may replace a snapshot: they had seen its observer, or are of it, and looked at the place where it looked first; the latest first. */
function judgesByObserver(snapshots: readonly Snapshot[]): (snapshot: Snapshot) => readonly Snapshot[] {
  const judges = new Map<string, Snapshot[]>()
  for (const snapshot of snapshots.toSorted((a, b) => b.sequence - a.sequence)) {
    for (const observer of new Set([snapshot.observer, ...snapshot.seen.keys()])) {
      const known = judges.get(observer)
      if (known) known.push(snapshot)
      else judges.set(observer, [snapshot])
    }
  }
  const byPlace = new Map<string, (pattern: PathPattern) => readonly Snapshot[]>()
  return (snapshot) => {
    const { observer } = snapshot
    const all = judges.get(observer) ?? []
    const place = firstPlace(snapshot)
    if (place === undefined || all.length < fewJudges) return all
    const those =
      byPlace.get(observer) ?? patternIndex(all.flatMap((judge) => judge.covers.map((cover) => [cover, judge])))
    byPlace.set(observer, those)
    return those(place)
  }
}

const fewJudges = 8

/** A place at which whoever replaces a snapshot must have looked: the first where it looked itself, else of what it saw; none if it said nothing at all. */
function firstPlace({ covers, refused, parts }: Snapshot): PathPattern | undefined {
  const looked = covers[0] ?? refused[0]?.path
  if (looked !== undefined || !parts[0]) return looked
  const path: string[] = []
  for (let value: Data = parts[0].state; isDataObject(value);) {
    const [label]: readonly (string | undefined)[] = Object.keys(value)
    if (label === undefined) break
    path.push(label)
    value = value[label] ?? null
  }
  return path
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
