import type { NamedEntity, PlanAnswer } from '../../engine/protocol.ts'
import { isDataList, isDataObject, type Data, type DataObject } from '../../model/data.ts'
import { isNormalLabel } from '../../model/normal-label.ts'
import type { Path } from '../../model/path.ts'
import type { ObservedState } from '../../observation/cut.ts'
import { coveredPlaces, type Covered } from './covered.ts'
import { entityKey } from '../entity-key.ts'
import { marksOf, type MarkedPlaces, type Marks } from './marks.ts'

/** A map or list of the state whose members are evaluated one by one. */
export interface Collection {
  /** Index of its pattern in the plan. */
  readonly pattern: number
  readonly path: Path
  readonly value: DataObject | readonly Data[]
}

/** A member of a collection. */
export interface Entity {
  readonly collection: Collection
  readonly label: string
  readonly path: Path
  /** Absent: fragments name it, or observers differ about it, and it is not in the state. */
  readonly value?: Data
  readonly named?: NamedEntity
  /** What of it is masked or contested. */
  readonly marks?: Marks
}

/** A state, divided. */
export interface Division {
  /** Patterns that have a collection here, as indices into the plan. */
  readonly patterns: readonly number[]
  readonly collections: readonly Collection[]
  /** By collection; each in the order of the state, then what is not there. */
  readonly entities: ReadonlyMap<Collection, readonly Entity[]>
  /** Named entities of collections that are not divided: they stay with the rest. */
  readonly undivided: readonly Path[]
}

/**
 * Finds the collections that can be divided: those that observers looked at throughout, or at every member of, of the shape that the fragments expect, none of
 * it contested or masked as a whole. What is elsewhere, and entities that are named elsewhere, is the rest.
 */
export function divide(plan: PlanAnswer, observed: ObservedState, readsObserved: boolean): Division {
  const marks = marksOf(observed)
  const covered = coveredPlaces(observed.coverage)
  const collections: Collection[] = []
  const entities = new Map<Collection, readonly Entity[]>()
  const undivided: Path[] = []
  for (const [pattern, { path, list, named }] of plan.separable.entries()) {
    const at = path.slice(0, -1)
    const mayDivide = path.at(-1) === null && !(list && (readsObserved || named.length > 0)) && !marks.above(at)
    const found = mayDivide ? Array.from(valuesAt(observed.state, at), (one) => ({ ...one, pattern })) : []
    const divided = found.flatMap((one) => asCollection(one, list)).filter((one) => isPlain(one))
    if (divided.length === 0) continue
    const namedIn = byCollection(named)
    const taken = new Set<string>()
    for (const collection of divided) {
      const key = entityKey(collection.path)
      const members = entitiesOf(collection, namedIn.get(key) ?? new Map(), marks)
      if (!isSeen(collection, members, covered, readsObserved)) continue
      collections.push(collection)
      entities.set(collection, members)
      taken.add(key)
    }
    for (const [key, rest] of namedIn) if (!taken.has(key)) for (const { path } of rest.values()) undivided.push(path)
  }
  return {
    patterns: [...new Set(collections.map(({ pattern }) => pattern))],
    collections,
    entities,
    undivided,
  }
}

interface Found {
  readonly pattern: number
  readonly path: Path
  readonly value: Data
}

/** The values at a pattern whose `null` stands for any member of a map. */
function* valuesAt(
  value: Data,
  pattern: readonly (string | null)[],
  path: Path = [],
): Generator<{ path: Path; value: Data }, void, undefined> {
  const [label, ...below] = pattern
  if (label === undefined) yield { path, value }
  else if (!isDataObject(value) || !Object.keys(value).every(isNormalLabel)) return
  else if (label === null) {
    for (const [key, member] of Object.entries(value)) yield* valuesAt(member, below, [...path, key])
  } else {
    const member = Object.hasOwn(value, label) ? value[label] : undefined
    if (member !== undefined) yield* valuesAt(member, below, [...path, label])
  }
}

function asCollection({ pattern, path, value }: Found, list: boolean): readonly Collection[] {
  if (list ? isDataList(value) : isDataObject(value)) {
    if (isDataList(value) || isDataObject(value)) return [{ pattern, path, value }]
  }
  return []
}

/** Labels of several spellings may be one for the engine. A member `[]` could not be told from the pattern in the path of a finding, nor `_x` and `#x` from what is no field. */
function isPlain({ path, value }: Collection): boolean {
  const labels = isDataList(value) ? path : [...path, ...Object.keys(value)]
  return labels.every(isPlainLabel)
}

/** Whether a label of a collection, or on the way there, can be told from all else in the path of a finding. */
export function isPlainLabel(label: string): boolean {
  return !/^(?:[_#]|\[\]$)/.test(label) && isNormalLabel(label)
}

/**
 * Whether observers looked at all of a collection; where nothing reads what else was observed, it is enough that they looked at all of
 * every member.
 */
function isSeen(
  { path, value }: Collection,
  entities: readonly Entity[],
  covered: Covered,
  readsObserved: boolean,
): boolean {
  if (covered.throughout(path)) return true
  const eachAlone = !readsObserved && !isDataList(value) && !covered.isDoubtful(path)
  return eachAlone && entities.every((entity) => covered.throughout(entity.path))
}

export type NamedByLabel = ReadonlyMap<string, NamedEntity>

/** A plan is asked again and again while its fragments are the same. */
const grouped = new WeakMap<readonly NamedEntity[], ReadonlyMap<string, NamedByLabel>>()

/** Named entities by the key of their collection, and their label. */
export function byCollection(named: readonly NamedEntity[]): ReadonlyMap<string, NamedByLabel> {
  const known = grouped.get(named)
  if (known !== undefined) return known
  const groups = new Map<string, Map<string, NamedEntity>>()
  for (const entity of named) {
    const key = entityKey(entity.path.slice(0, -1))
    const group = groups.get(key) ?? new Map<string, NamedEntity>()
    groups.set(key, group.set(entity.path.at(-1) ?? '', entity))
  }
  grouped.set(named, groups)
  return groups
}

function entitiesOf(collection: Collection, byLabel: NamedByLabel, marks: MarkedPlaces): readonly Entity[] {
  const { path, value } = collection
  const marked = marks.below(path)
  if (byLabel.size === 0 && marked.size === 0)
    return Object.entries(value).map(([label, member]) => ({
      collection,
      label,
      path: [...path, label],
      value: member,
    }))
  const found = Object.entries(value).map(([label, member]) => entityOf(label, member))
  const absent = new Set<string>()
  for (const labels of [byLabel.keys(), marked.keys()])
    for (const label of labels) if (!Object.hasOwn(value, label)) absent.add(label)
  return [...found, ...Array.from(absent, (label) => entityOf(label))]

  function entityOf(label: string, member?: Data): Entity {
    const [own, ownMarks] = [byLabel.get(label), marked.get(label)]
    return {
      collection,
      label,
      path: [...path, label],
      ...(member === undefined ? {} : { value: member }),
      ...(own === undefined ? {} : { named: own }),
      ...(ownMarks === undefined ? {} : { marks: ownMarks }),
    }
  }
}
