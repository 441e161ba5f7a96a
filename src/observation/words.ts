import { isDataList, isDataObject, type Data, type DataObject } from '../model/data.ts'
import type { Reach } from './reach.ts'
import type { Part, Snapshot } from './snapshot.ts'

/** A value, and the part of a snapshot that it is of. */
export interface Piece {
  readonly part: Part
  readonly value: Data
}

/** What one snapshot says at one place. */
export interface Word {
  readonly snapshot: Snapshot
  /** One for each of its parts that has a value here. */
  readonly pieces: readonly Piece[]
  readonly reach: Reach
  /** Whether somebody who had seen it looked at all that is here and below: it only speaks against others still. */
  readonly superseded: boolean
}

/** What each snapshot says at the root. */
export function wordsOf(snapshots: readonly Snapshot[]): readonly Word[] {
  return snapshots.map((snapshot) => ({
    snapshot,
    pieces: snapshot.parts.map((part) => ({ part, value: part.state })),
    reach: snapshot.reach,
    superseded: false,
  }))
}

/** What each says one label further down; those who say nothing there are left out. */
export function wordsBelow(words: readonly Word[], label: string): readonly Word[] {
  return words.flatMap((word) => {
    const pieces = word.pieces.flatMap(({ part, value }) =>
      isContainer(value) && Object.hasOwn(value, label) ? [{ part, value: Reflect.get(value, label) }] : [],
    )
    const reach = word.reach.below(label)
    return pieces.length > 0 || reach.anywhere ? [{ ...word, pieces, reach }] : []
  })
}

/** What each says below one place, by label, for all labels that somebody saw. */
export interface WordsBelow {
  /** In the order in which they were first seen. */
  readonly labels: Iterable<string>
  /** What each says at a label; worked out when asked, as all of it together may be as much as words times labels. */
  at(label: string): readonly Word[]
}

/** Takes no more time for a label than there are words to say there. */
export function wordsByLabel(words: readonly Word[]): WordsBelow {
  const members = words.map(membersByLabel)
  const special = new Map<string, number[]>()
  for (const own of members) for (const label of own.keys()) special.set(label, [])
  const everywhere: number[] = []
  for (const [index, word] of words.entries()) {
    const named = word.reach.labels()
    if (named === 'any') everywhere.push(index)
    else for (const label of new Set([...(members[index]?.keys() ?? []), ...named])) special.get(label)?.push(index)
  }
  const wordAt = (label: string, index: number): readonly Word[] => {
    const word = words[index]
    return word ? [{ ...word, pieces: members[index]?.get(label) ?? [], reach: word.reach.below(label) }] : []
  }
  return {
    labels: special.keys(),
    at: (label) => {
      const indexes = special.get(label)
      return indexes ? inOrder(indexes, everywhere).flatMap((index) => wordAt(label, index)) : []
    },
  }
}

/** Numbers of two sorted lists that have none in common, sorted. */
function inOrder(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a
  return [...a, ...b].sort((one, other) => one - other)
}

function membersByLabel({ pieces }: Word): ReadonlyMap<string, readonly Piece[]> {
  const members = new Map<string, Piece[]>()
  for (const { part, value } of pieces) {
    if (!isContainer(value)) continue
    for (const [label, member] of Object.entries(value)) {
      const known = members.get(label)
      if (known) known.push({ part, value: member })
      else members.set(label, [{ part, value: member }])
    }
  }
  return members
}

function isContainer(value: Data): value is readonly Data[] | DataObject {
  return isDataList(value) || isDataObject(value)
}

/**
 * Leaves out those who have nothing to say, and what their own observer has replaced, here and everywhere below: that speaks against
 * nobody. What others supersede for certain stays, marked, as long as its
 * observer may speak against a third.
 */
export function standing(words: readonly Word[]): readonly Word[] {
  const telling = words.filter((word) => saw(word) || word.reach.anywhere)
  // Nobody speaks against himself.
  if (telling.length < 2) return telling
  const current = withoutEarlier(telling, telling.filter(isWhole))
  const left = new Set(withoutSeen(current, withoutEarlier(current, current).filter(isWhole)))
  const seers = new Set(
    current.filter(({ snapshot }) => snapshot.seen.size > 0).map(({ snapshot }) => snapshot.observer),
  )
  return current.flatMap((word) => {
    if (left.has(word)) return [word]
    return seers.has(word.snapshot.observer) ? [{ ...word, superseded: true }] : []
  })
}

/** What words that stand say of one place. */
export interface Claims {
  /** Who says that nothing is here. */
  readonly absent: readonly Word[]
  /** Who says something else than a map. */
  readonly leaves: readonly Word[]
  /** Who says that a map is here, whether or not its members stand. */
  readonly maps: readonly Word[]
}

/** Of words that stand, what nobody contradicts who is newer and knows what is here. A map is only contradicted member by member. */
export function claims(words: readonly Word[]): Claims {
  const [maps, others] = [words.filter(isMap), words.filter((word) => !isMap(word))]
  const current = withoutEarlier(others, words.filter(knows))
  const kept = withoutSeen(current, [...maps, ...current].filter(knows)).filter((word) => !word.superseded)
  return {
    absent: kept.filter((word) => !saw(word) && isWhole(word)),
    leaves: kept.filter(saw),
    maps: maps.filter((word) => !word.superseded),
  }
}

/** Leaves out words of which their own observer has a later one among the judges. */
function withoutEarlier(words: readonly Word[], judges: readonly Word[]): readonly Word[] {
  if (judges.length === 0) return words
  const latest = new Map<string, number>()
  for (const { snapshot } of judges) raise(latest, snapshot.observer, snapshot.sequence)
  return words.filter(({ snapshot }) => (latest.get(snapshot.observer) ?? -1) <= snapshot.sequence)
}

/** Leaves out words that a judge of another observer had seen. */
function withoutSeen(words: readonly Word[], judges: readonly Word[]): readonly Word[] {
  const newest = new Map<string, number>()
  for (const { snapshot } of judges) {
    for (const [observer, sequence] of snapshot.seen)
      if (observer !== snapshot.observer) raise(newest, observer, sequence)
  }
  return newest.size === 0
    ? words
    : words.filter(({ snapshot }) => (newest.get(snapshot.observer) ?? -1) < snapshot.sequence)
}

function raise(highest: Map<string, number>, observer: string, sequence: number): void {
  highest.set(observer, Math.max(highest.get(observer) ?? -1, sequence))
}

function knows(word: Word): boolean {
  return saw(word) || isWhole(word)
}

function saw({ pieces }: Word): boolean {
  return pieces.length > 0
}

function isMap({ pieces }: Word): boolean {
  return pieces.length > 0 && pieces.every(({ value }) => isDataObject(value))
}

function isWhole({ reach }: Word): boolean {
  return reach.whole
}
