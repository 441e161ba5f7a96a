import { Decimal, isDataObject, type Data } from '../model/data.ts'
import { hadSeen, isLater } from './order.ts'
import { reachOf, type Reach } from './reach.ts'
import type { Snapshot } from './snapshot.ts'

/** What one snapshot says at one place. */
export interface Word {
  readonly snapshot: Snapshot
  readonly values: readonly Data[]
  readonly reach: Reach
  /** Whether somebody who had seen it looked at all that is here and below: it only speaks against others still. */
  readonly superseded: boolean
}

/** What each snapshot says at the root. */
export function wordsOf(snapshots: readonly Snapshot[]): readonly Word[] {
  return snapshots.map((snapshot) => ({
    snapshot,
    values: snapshot.parts.map(({ state }) => state),
    reach: reachOf(snapshot),
    superseded: false,
  }))
}

/** What each says one label further down; those who say nothing there are left out. */
export function wordsBelow(words: readonly Word[], label: string): readonly Word[] {
  return wordsByLabel(words, [label]).get(label) ?? []
}

/** By label, for all labels that are there or for those given: what each says there. Takes no more time than there are words to say. */
export function wordsByLabel(words: readonly Word[], wanted?: readonly string[]): ReadonlyMap<string, readonly Word[]> {
  const members = words.map(({ values }) => membersByLabel(values, wanted))
  const labels = new Map<string, Word[]>()
  for (const label of wanted ?? members.flatMap((byLabel) => [...byLabel.keys()])) labels.set(label, [])
  for (const [index, { snapshot, reach, superseded }] of words.entries()) {
    const own = members[index]
    const everywhere = reach.named === 'any'
    for (const label of everywhere ? labels.keys() : new Set([...(own?.keys() ?? []), ...reach.named])) {
      labels.get(label)?.push({ snapshot, values: own?.get(label) ?? [], reach: reach.below(label), superseded })
    }
  }
  return labels
}

function membersByLabel(
  values: readonly Data[],
  wanted: readonly string[] | undefined,
): ReadonlyMap<string, readonly Data[]> {
  const members = new Map<string, Data[]>()
  for (const value of values) {
    if (typeof value !== 'object' || value === null || value instanceof Decimal) continue
    for (const [label, member] of wanted ? pick(value, wanted) : Object.entries(value)) {
      const known = members.get(label)
      if (known) known.push(member)
      else members.set(label, [member])
    }
  }
  return members
}

function pick(value: object, labels: readonly string[]): [string, Data][] {
  return labels.flatMap((label): [string, Data][] =>
    Object.hasOwn(value, label) ? [[label, Reflect.get(value, label)]] : [],
  )
}

/**
 * Leaves out those who have nothing to say, and what their own observer has replaced, here and everywhere below: that speaks against
 * nobody. What others supersede for certain stays, marked, as long as its
 * observer may speak against a third.
 */
export function standing(words: readonly Word[]): readonly Word[] {
  const telling = words.filter((word) => saw(word) || word.reach.anywhere)
  const current = without(telling, telling.filter(isWhole), isLater)
  const latest = without(current, current, isLater)
  const left = new Set(without(current, latest.filter(isWhole), hadSeen))
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
  const current = without(others, words.filter(knows), isLater)
  const kept = without(current, [...maps, ...current].filter(knows), hadSeen).filter((word) => !word.superseded)
  return {
    absent: kept.filter((word) => !saw(word) && isWhole(word)),
    leaves: kept.filter(saw),
    maps: maps.filter((word) => !word.superseded),
  }
}

/** Leaves out whom a newer word of the judges contradicts. */
function without(words: readonly Word[], judges: readonly Word[], isNewer: typeof isLater): readonly Word[] {
  if (judges.length === 0) return words
  return words.filter((word) => !judges.some((other) => isNewer(other.snapshot, word.snapshot)))
}

function knows(word: Word): boolean {
  return saw(word) || isWhole(word)
}

function saw({ values }: Word): boolean {
  return values.length > 0
}

function isMap({ values }: Word): boolean {
  return values.length > 0 && values.every(isDataObject)
}

function isWhole({ reach }: Word): boolean {
  return reach.whole
}
