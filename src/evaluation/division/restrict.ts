import { toJson } from '../../document/to-json.ts'
import type { Observed, PlanAnswer, Restriction } from '../../engine/protocol.ts'
import { isDataList, isDataObject, type Data } from '../../model/data.ts'
import type { Path, PathPattern } from '../../model/path.ts'
import { overlaps } from '../../model/path-pattern.ts'
import type { ObservedState } from '../../observation/cut.ts'
import type { Collection, Division, Entity } from './collections.ts'
import { readByAny } from '../reads.ts'
import { reached } from '../sight.ts'

/** What an engine is asked where it is asked about some entities and the rest. */
export interface Restricted {
  readonly observed: Observed
  readonly restriction: Restriction
  /** A path of the state that is asked about, as it was before elements of lists were left out. */
  readonly original: (path: Path) => Path
  /** Whose an original path is: an entity's that is asked about, one's that is not, or the rest's. */
  readonly ownerOf: (path: Path) => Entity | 'another' | 'rest'
}

/**
 * Leaves all entities of a division but some out of a state, and out of what is known about it. What of them is read of `#observed` stays
 * in its context.
 */
export function restrict(
  plan: PlanAnswer,
  { patterns, collections, undivided }: Division,
  { state, coverage, contested, masked }: ObservedState,
  kept: readonly Entity[],
  readsObserved: boolean,
): Restricted {
  const root: Place = { below: new Map() }
  for (const collection of collections) placeAt(root, collection.path).kept = noneOf(collection)
  for (const entity of inOrder(kept)) {
    const place = placeAt(root, entity.collection.path).kept
    place?.ranks.set(entity.label, place.entities.push(entity) - 1)
  }
  const led = (path: Path): readonly Path[] => ledPath(root, path)
  const left = rebuilt(state, root)
  const read = readsObserved ? readOf(plan, collections) : []
  return {
    observed: {
      state: toJson(left, { sorted: true }),
      ...(read.length > 0 && { context: toJson(joined(left, reached(state, read)), { sorted: true }) }),
      coverage,
      contested: contested.flatMap((one) => led(one.path).map((path) => ({ ...one, path }))),
      masked: masked.flatMap(led),
    },
    restriction: {
      patterns: patterns.map((index) => plan.separable[index]?.path ?? []),
      keep: [...undivided, ...kept.filter(({ collection }) => isDataObject(collection.value)).map(({ path }) => path)],
    },
    original: (path) => originalPath(root, path),
    ownerOf: (path) => {
      const { index, kept: inside } = collectionOn(root, path)
      const label = path[index]
      if (inside === undefined || label === undefined || label === '[]') return 'rest'
      return inside.entities[inside.ranks.get(label) ?? -1] ?? 'another'
    },
  }
}

/** What is read of collections that are divided, and of all that is around what is read there; nothing where nothing is. */
function readOf({ separable, observes }: PlanAnswer, collections: readonly Collection[]): readonly PathPattern[] {
  const read = [...observes, ...separable.flatMap(({ reads }) => reads.map(readByAny))]
  const isRead = collections.some(({ path }) => read.some((pattern) => overlaps(pattern, [...path, ...anyLabel])))
  return isRead ? read : []
}

const anyLabel = [null]

/** Two parts of one state as one. */
function joined(a: Data, b: Data | undefined): Data {
  if (b === undefined || !isDataObject(a) || !isDataObject(b)) return a
  const members: Record<string, Data> = Object.create(null)
  for (const [label, member] of Object.entries(a)) members[label] = joined(member, b[label])
  for (const [label, member] of Object.entries(b)) if (!Object.hasOwn(members, label)) members[label] = member
  return members
}

/** A place of the state on the way to collections. */
interface Place {
  readonly below: Map<string, Place>
  /** Set for a collection. */
  kept?: Kept
}

/** What is left of a collection. */
interface Kept {
  readonly collection: Collection
  readonly entities: Entity[]
  /** By label: which of them. */
  readonly ranks: Map<string, number>
}

function noneOf(collection: Collection): Kept {
  return { collection, entities: [], ranks: new Map() }
}

/** Elements of lists stay in their order. */
function inOrder(entities: readonly Entity[]): readonly Entity[] {
  return entities.some(({ collection }) => isDataList(collection.value))
    ? entities.toSorted((a, b) => Number(a.label) - Number(b.label))
    : entities
}

function placeAt(root: Place, path: Path): Place {
  let place = root
  for (const label of path) {
    const next = place.below.get(label) ?? { below: new Map<string, Place>() }
    place.below.set(label, next)
    place = next
  }
  return place
}

function rebuilt(value: Data, { below, kept }: Place): Data {
  if (kept !== undefined) return membersOf(kept)
  if (below.size === 0 || !isDataObject(value)) return value
  const copy: Record<string, Data> = Object.create(null)
  for (const [label, member] of Object.entries(value)) {
    const place = below.get(label)
    copy[label] = place === undefined ? member : rebuilt(member, place)
  }
  return copy
}

function membersOf({ collection, entities }: Kept): Data {
  if (isDataList(collection.value)) return entities.flatMap(({ value }) => (value === undefined ? [] : [value]))
  const members: Record<string, Data> = Object.create(null)
  for (const { label, value } of entities) if (value !== undefined) members[label] = value
  return members
}

/** A path of the whole as one of what is left. What lies in maps the engine is told of in any case; of elements that are left out nothing. */
function ledPath(root: Place, path: Path): readonly Path[] {
  const { index, kept } = collectionOn(root, path)
  const label = path[index]
  if (kept === undefined || label === undefined || !isDataList(kept.collection.value)) return [path]
  const rank = kept.ranks.get(label)
  return rank === undefined ? [] : [withLabel(path, index, String(rank))]
}

function originalPath(root: Place, path: Path): Path {
  const { index, kept } = collectionOn(root, path)
  const position = path[index]
  if (kept === undefined || position === undefined || !isDataList(kept.collection.value)) return path
  return withLabel(path, index, kept.entities[Number(position)]?.label ?? position)
}

/** The collection on the way to a path, with the index of the label that is an entity's. */
function collectionOn(root: Place, path: Path): { readonly index: number; readonly kept?: Kept } {
  let place: Place | undefined = root
  for (const [index, label] of path.entries()) {
    if (place === undefined) break
    if (place.kept !== undefined) return { index, kept: place.kept }
    place = place.below.get(label)
  }
  return { index: path.length }
}

function withLabel(path: Path, index: number, label: string): Path {
  return path.map((own, at) => (at === index ? label : own))
}
