import { Decimal, isDataObject, type Data, type DataObject } from '../model/data.ts'
import { hadSeen, isLater } from './order.ts'
import { reachOf, type Reach } from './reach.ts'
import type { Snapshot } from './snapshot.ts'

/** What one snapshot says at one place. */
export interface Word {
  readonly snapshot: Snapshot
  readonly values: readonly Data[]
  readonly reach: Reach
}

/** What each snapshot says at the root. */
export function wordsOf(snapshots: readonly Snapshot[]): readonly Word[] {
  return snapshots.map((snapshot) => ({
    snapshot,
    values: snapshot.parts.map(({ state }) => state),
    reach: reachOf(snapshot),
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
  for (const [index, { snapshot, reach }] of words.entries()) {
    const own = members[index]
    const everywhere = reach.named === 'any'
    for (const label of everywhere ? labels.keys() : new Set([...(own?.keys() ?? []), ...reach.named])) {
      labels.get(label)?.push({ snapshot, values: own?.get(label) ?? [], reach: reach.below(label) })
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
 * Leaves out what is refuted here and everywhere below, as someone newer looked at all of it; and those who have nothing to say.
 * What an observer has taken back itself refutes nobody else.
 */
export function standing(words: readonly Word[]): readonly Word[] {
  const telling = words.filter(({ values, reach }) => values.length > 0 || reach.anywhere)
  return without(without(telling, isWhole, isLater), isWhole, hadSeen)
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

/** Of words that stand, what nobody refutes who is newer and saw something here. */
export function claims(words: readonly Word[]): Claims {
  const isMap = ({ values }: Word): boolean => values.length > 0 && values.every(isDataObject)
  const maps = words.filter(isMap)
  const kept = (left: readonly Word[]): readonly Word[] => [...maps, ...left.filter((word) => !isMap(word))]
  const current = kept(without(words, saw, isLater))
  const unrefuted = without(current, saw, hadSeen).filter((word) => !isMap(word))
  return { absent: unrefuted.filter((word) => !saw(word) && isWhole(word)), leaves: unrefuted.filter(saw), maps }
}

/** Leaves out whom a newer word of those that judge contradicts. */
function without(words: readonly Word[], judges: (word: Word) => boolean, isNewer: typeof isLater): readonly Word[] {
  const judging = words.filter(judges)
  return words.filter((word) => !judging.some((other) => isNewer(other.snapshot, word.snapshot)))
}

function saw({ values }: Word): boolean {
  return values.length > 0
}

function isWhole({ reach }: Word): boolean {
  return reach.whole
}
