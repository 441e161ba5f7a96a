import { toJson } from '../document/to-json.ts'
import type { Contested } from '../engine/protocol.ts'
import { Decimal, isDataList, isDataObject, type Data, type DataObject } from '../model/data.ts'
import { compareText } from '../model/order.ts'
import type { Path } from '../model/path.ts'
import { isNewer } from './order.ts'
import { reachOf, type Reach } from './reach.ts'
import type { Snapshot } from './snapshot.ts'

// Snapshots are joined from the root down. At each place every snapshot says something: values (one for each of its parts
// that has one), that nothing is there (it looked, at everything below too), or nothing at all. What a newer snapshot says
// refutes what an older one says. If what is left agrees, it is the state; maps are joined label by label, and so are
// lists of equally many maps; anything else is contested, as a whole.

/** One state made of concurrent snapshots. */
export interface Joined {
  readonly state: DataObject
  /** Where they differ; absent from the state. */
  readonly contested: readonly Contested[]
}

/** What one snapshot says at one place. */
export interface Word {
  readonly snapshot: Snapshot
  readonly values: readonly Data[]
  readonly reach: Reach
}

/** Joins snapshots, none of which is stale; their order has no meaning. */
export function joinSnapshots(snapshots: readonly Snapshot[]): Joined {
  const contested: Contested[] = []
  const state = joinWords([], wordsOf(snapshots), contested)
  return { state: state !== undefined && isDataObject(state) ? state : emptyMap(), contested }
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
function wordsByLabel(words: readonly Word[], wanted?: readonly string[]): ReadonlyMap<string, readonly Word[]> {
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

/** Leaves out what is refuted here and everywhere below, as someone newer looked at all of it; and those who have nothing to say. */
export function standing(words: readonly Word[]): readonly Word[] {
  const wholes = words.filter(({ reach }) => reach.whole)
  return words.filter(
    (word) =>
      (word.values.length > 0 || word.reach.anywhere) &&
      !wholes.some((other) => isNewer(other.snapshot, word.snapshot)),
  )
}

/** Of words that stand: who says that nothing is here, and who says something else than a map, unless someone newer saw something here. */
export function claims(words: readonly Word[]): {
  readonly absent: readonly Word[]
  readonly leaves: readonly Word[]
  readonly maps: readonly Word[]
} {
  const refuted = (word: Word): boolean =>
    words.some((other) => other.values.length > 0 && isNewer(other.snapshot, word.snapshot))
  return {
    absent: words.filter((word) => word.values.length === 0 && word.reach.whole && !refuted(word)),
    leaves: words.filter((word) => !word.values.every(isDataObject) && !refuted(word)),
    maps: words.filter((word) => word.values.length > 0 && word.values.every(isDataObject)),
  }
}

function joinWords(path: Path, all: readonly Word[], contested: Contested[]): Data | undefined {
  const words = standing(all)
  const [first, ...others] = words
  if (!first) return undefined
  if (others.length === 0 && first.values.length <= 1) return first.values[0]
  const { absent, leaves, maps } = claims(words)
  if (maps.length === 0 && leaves.length === 0) return undefined
  if (absent.length === 0 && leaves.length === 0) return joinMaps(path, words, contested)
  if (absent.length === 0 && maps.length === 0) {
    const values = distinct(leaves.flatMap((word) => word.values))
    if (values.length === 1) return values[0]?.value
    if (values.every(({ value }) => isListOfMaps(value, values[0]?.value))) return joinLists(path, words, contested)
  }
  const differing = [
    ...leaves.flatMap((word) => word.values),
    ...maps.flatMap((word) => joinWords(path, [word], []) ?? []),
  ]
  contested.push({
    path,
    values: distinct(differing).map(({ text }) => text),
    ...(absent.length > 0 && { absent: true }),
  })
  return undefined
}

function joinMaps(path: Path, words: readonly Word[], contested: Contested[]): DataObject {
  const state = emptyMap()
  for (const [label, below] of wordsByLabel(words)) {
    const member = joinWords([...path, label], below, contested)
    if (member !== undefined) state[label] = member
  }
  return state
}

function joinLists(path: Path, words: readonly Word[], contested: Contested[]): Data {
  const elements: Data[] = []
  for (const [label, below] of wordsByLabel(words))
    elements.push(joinWords([...path, label], below, contested) ?? emptyMap())
  return elements
}

/** Whether two lists can be joined element by element: as many elements in both, all of them maps. */
function isListOfMaps(value: Data, other: Data | undefined): boolean {
  return (
    isDataList(value) &&
    other !== undefined &&
    isDataList(other) &&
    value.length === other.length &&
    value.every(isDataObject)
  )
}

/** Different values with their texts, sorted by these. */
function distinct(values: readonly Data[]): readonly { readonly value: Data; readonly text: string }[] {
  const [first] = values
  if (first !== undefined && values.every((value) => value === first))
    return [{ value: first, text: toJson(first, { sorted: true }) }]
  const byText = new Map(values.map((value) => [toJson(value, { sorted: true }), value]))
  return [...byText].map(([text, value]) => ({ value, text })).sort((a, b) => compareText(a.text, b.text))
}

function emptyMap(): Record<string, Data> {
  return Object.create(null)
}
