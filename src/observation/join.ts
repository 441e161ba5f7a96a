import { toJson } from '../document/to-json.ts'
import type { Contested } from '../engine/protocol.ts'
import { isDataList, isDataObject, type Data, type DataObject } from '../model/data.ts'
import { compareText } from '../model/order.ts'
import type { Path } from '../model/path.ts'
import type { Snapshot } from './snapshot.ts'
import { claims, standing, wordsByLabel, wordsOf, type Claims, type Word } from './words.ts'

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

/** Joins snapshots, none of which is stale; their order has no meaning. */
export function joinSnapshots(snapshots: readonly Snapshot[], check: () => void = () => undefined): Joined {
  const disputes: Dispute[] = []
  const masked = new Set(snapshots.flatMap(({ parts }) => parts.flatMap((part) => part.masked.map(keyOf))))
  const state = joinWords([], wordsOf(snapshots), { masked, disputes, check })
  const contested = disputes.map(({ path, values, absent }) => ({
    path,
    values: [...new Set(values.map(sortedText))].sort(compareText),
    ...(absent && { absent }),
  }))
  return { state: state !== undefined && isDataObject(state) ? state : emptyMap(), contested }
}

/** A place about which snapshots differ, and what they say of it. */
interface Dispute {
  readonly path: Path
  readonly values: readonly Data[]
  readonly absent: boolean
}

interface Joining {
  /** Paths of hidden values: nobody can differ about these. */
  readonly masked: ReadonlySet<string>
  readonly disputes: Dispute[]
  /** Asked at every member: throws once no more time may be spent. */
  check(): void
  /** Whose word alone is wanted, as far as it stands against all others. */
  readonly only?: Snapshot
}

function joinWords(path: Path, all: readonly Word[], joining: Joining): Data | undefined {
  const words = standing(all)
  const [first, ...others] = words
  if (!first) return undefined
  if (others.length === 0 && first.pieces.length <= 1)
    return isWanted(first, joining) ? first.pieces[0]?.value : undefined
  const { absent, leaves, maps } = claimsOf(words, joining)
  if (maps.length === 0 && leaves.length === 0) return undefined
  if (leaves.length === 0) return joinMaps(path, words, { maps, absent }, joining)
  const values = leaves.flatMap(valuesOf)
  if (absent.length === 0 && maps.length === 0) {
    const [value, ...differing] = distinct(values)
    if (value !== undefined && (differing.length === 0 || joining.masked.has(keyOf(path)))) return value
    if (values.every((other) => isListOfMaps(other, value))) return Object.values(joinMembers(path, words, joining))
  }
  return joinDifferent(path, words, { maps, absent }, values, joining)
}

/** The one value that is left; none if there are several, which is a dispute. */
function joinDifferent(
  path: Path,
  words: readonly Word[],
  { maps, absent }: Others,
  values: readonly Data[],
  joining: Joining,
): Data | undefined {
  const views = maps.flatMap(({ snapshot }) => viewsOf(snapshot, path, words, joining))
  const told = distinct([...values, ...views])
  if (absent.length === 0 && told.length < 2) return told[0]
  if (told.length > 0) joining.disputes.push({ path, values: told, absent: absent.length > 0 })
  return undefined
}

/** What of a snapshot's own map stands against all others; where its parts differ, with each of their values. */
function viewsOf(snapshot: Snapshot, path: Path, words: readonly Word[], joining: Joining): readonly Data[] {
  const disputes: Dispute[] = []
  const view = joinWords(path, words, { ...joining, disputes, only: snapshot })
  if (view === undefined) return []
  if (disputes.length === 0) return [view]
  return disputes.flatMap((dispute) =>
    dispute.values.map((value) => withValue(view, dispute.path.slice(path.length), value)),
  )
}

/** A copy with a value put at a path. */
function withValue(data: Data, [label, ...rest]: Path, value: Data): Data {
  if (label === undefined) return value
  if (isDataList(data))
    return data.map((element, index) => (String(index) === label ? withValue(element, rest, value) : element))
  const map = isDataObject(data) ? data : emptyMap()
  return Object.assign(emptyMap(), map, { [label]: withValue(map[label] ?? emptyMap(), rest, value) })
}

function claimsOf(words: readonly Word[], joining: Joining): Claims {
  const { absent, leaves, maps } = claims(words)
  const wanted = (word: Word): boolean => isWanted(word, joining)
  return { absent: absent.filter(wanted), leaves: leaves.filter(wanted), maps: maps.filter(wanted) }
}

function valuesOf({ pieces }: Word): readonly Data[] {
  return pieces.map(({ value }) => value)
}

type Others = Pick<Claims, 'maps' | 'absent'>

function isWanted({ snapshot, superseded }: Word, { only }: Joining): boolean {
  return !superseded && (only === undefined || snapshot === only)
}

/** One map; none if each member that somebody saw is refuted. Where the presence of every member is disputed, that of the map is. */
function joinMaps(path: Path, words: readonly Word[], { maps, absent }: Others, joining: Joining): Data | undefined {
  const disputes: Dispute[] = []
  const state = joinMembers(path, words, { ...joining, disputes })
  const isBare = Object.keys(state).length === 0
  const wasEmpty = maps.some((word) => valuesOf(word).every((value) => Object.keys(Object(value)).length === 0))
  if (isBare && absent.length > 0 && (wasEmpty || disputes.length > 0) && disputes.every((dispute) => dispute.absent)) {
    return joinDifferent(path, words, { maps, absent }, [], joining)
  }
  for (const dispute of disputes) joining.disputes.push(dispute)
  return isBare && disputes.length === 0 && !wasEmpty ? undefined : state
}

/** Members of maps by label, or of lists by position; an element that is contested as a whole leaves an empty map in its place. */
function joinMembers(path: Path, words: readonly Word[], joining: Joining): DataObject {
  const isList = words.some((word) => valuesOf(word).some(isDataList))
  const members = emptyMap()
  const below = wordsByLabel(words)
  for (const label of below.labels) {
    joining.check()
    const member = joinWords([...path, label], below.at(label), joining) ?? (isList ? emptyMap() : undefined)
    if (member !== undefined) members[label] = member
  }
  return members
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

/** Different values, sorted by their texts. */
function distinct(values: readonly Data[]): readonly Data[] {
  const [first] = values
  if (first === undefined || values.every((value) => value === first)) return values.slice(0, 1)
  const byText = new Map(values.map((value) => [sortedText(value), value]))
  return [...byText].sort(([a], [b]) => compareText(a, b)).map(([, value]) => value)
}

function sortedText(value: Data): string {
  return toJson(value, { sorted: true })
}

function keyOf(path: Path): string {
  return JSON.stringify(path)
}

function emptyMap(): Record<string, Data> {
  return Object.create(null)
}
