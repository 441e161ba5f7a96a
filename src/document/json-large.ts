import { isUtf8 } from 'node:buffer'
import type { Data } from '../model/data.ts'
import { withoutPrototype } from '../model/data-map.ts'
import { afterSpaces, isContainerAt, visitMembers, type ByteMember } from './json-bytes.ts'
import { scanJson } from './json-scan.ts'
import { jsonValue } from './json-value.ts'
import type { ReadingTime } from './reading-time.ts'
import { textSpots, type Spot } from './text-spots.ts'

// A large JSON file is read some members at a time, so that neither one text of all of it nor anything else of that size is ever made
// beside its bytes and its data. Whatever is wrong with it is left to the reader that takes it as a whole.

/** Some members of a map or list that follow one another. */
export interface JsonGroup {
  /** Offsets of bytes. */
  readonly start: number
  readonly end: number
  /** Where it starts. */
  readonly spot: Spot
  /** The position of its first member. */
  readonly first: number
}

/** A map or list that was read in groups of members, apart from members that are large themselves. */
export interface JsonContainer {
  readonly isMap: boolean
  readonly spot: Spot
  readonly groups: readonly JsonGroup[]
  readonly large: ReadonlyMap<string, { readonly key: Spot; readonly container: JsonContainer }>
}

/** A large JSON file as it was read. */
export interface LargeJson {
  readonly bytes: Uint8Array
  readonly data: Data
  readonly container: JsonContainer
}

/** From how many bytes on a map or list is taken apart, and into groups of how many bytes. */
export interface JsonSizes {
  readonly large: number
  readonly group: number
}

const defaultSizes: JsonSizes = { large: 4 * 2 ** 20, group: 2 ** 18 }

/** Smaller files are read faster as a whole. */
const largeFile = 32 * 2 ** 20

/** Whether a file is so large that it is worth taking apart. */
export function isLargeJson(bytes: Uint8Array): boolean {
  return bytes.length > largeFile && isContainerAt(bytes, afterSpaces(bytes, 0))
}

/** The data of a file that holds one JSON value, and what its places are found by; undefined leaves it to the reader of the whole. */
export function readLargeJson(
  bytes: Uint8Array,
  time: ReadingTime,
  sizes: JsonSizes = defaultSizes,
): LargeJson | undefined {
  const start = afterSpaces(bytes, 0)
  if (!isContainerAt(bytes, start) || !isUtf8(bytes) || bytes.includes(0)) return undefined
  try {
    const reader: Reader = { bytes, time, sizes, spots: textSpots(bytes) }
    const { data, container, end } = readContainer(reader, start, 1)
    return afterSpaces(bytes, end) === bytes.length ? { bytes, data, container } : undefined
  } catch (error) {
    if (error instanceof LeftToTheWhole || error instanceof SyntaxError) return undefined
    throw error
  }
}

interface Reader {
  readonly bytes: Uint8Array
  readonly time: ReadingTime
  readonly sizes: JsonSizes
  readonly spots: ReturnType<typeof textSpots>
}

/** Ends the reading in groups; never leaves this file. */
class LeftToTheWhole extends Error {}

/** Deeper ones are rarely large. */
const deepestContainer = 8
/** Deeper values may be too deep together with what is around them. */
const deepestValue = 400

function readContainer(
  reader: Reader,
  start: number,
  depth: number,
): { readonly data: Data; readonly container: JsonContainer; readonly end: number } {
  const { bytes, sizes, spots } = reader
  const isMap = bytes[start] === 0x7b
  const spot = spots.at(start)
  const groups: JsonGroup[] = []
  const large = new Map<string, { readonly key: Spot; readonly container: JsonContainer }>()
  const list: Data[] = []
  const map: Record<string, Data> = {}
  let count = 0
  let open: ByteMember[] = []

  const add = (members: Data): void => {
    if (Array.isArray(members)) for (const member of members) list.push(member)
    else for (const [label, member] of Object.entries(members ?? {})) addMember(map, label, member)
  }
  const flush = (): void => {
    const [first, last] = [open[0], open.at(-1)]
    if (!first || !last) return
    reader.time.check()
    groups.push({ start: first.start, end: last.end, spot: spots.at(first.start), first: count })
    add(readGroup(textOf(bytes, isMap, first.start, last.end)))
    count += open.length
    open = []
  }
  const visit = (member: ByteMember): void => {
    if (member.depth > deepestValue) throw new LeftToTheWhole()
    const isLarge =
      member.end - member.value > sizes.large && depth < deepestContainer && isContainerAt(bytes, member.value)
    if (!isLarge) {
      open.push(member)
      if (member.end - (open[0]?.start ?? 0) > sizes.group) flush()
      return
    }
    flush()
    const key = spots.at(member.start)
    const label = isMap ? keyOf(bytes, member) : String(count)
    const inner = readContainer(reader, member.value, depth + 1)
    if (inner.end !== member.end) throw new LeftToTheWhole()
    large.set(label, { key, container: inner.container })
    if (isMap) addMember(map, label, inner.data)
    else list.push(inner.data)
    count++
  }

  const end = visitMembers(bytes, start, visit)
  flush()
  if (end === undefined) throw new LeftToTheWhole()
  return { data: isMap ? withoutPrototype(map) : list, container: { isMap, spot, groups, large }, end }
}

/** The text of some members, as a map or list of its own. */
export function textOf(bytes: Uint8Array, isMap: boolean, start: number, end: number): string {
  const members = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString()
  return isMap ? `{${members}}` : `[${members}]`
}

/** The members of a text that is a map or list of its own; throws where it is not quite ordinary. */
export function readGroup(text: string): Data {
  const [slice, more] = scanJson(text)
  if (!slice || more) throw new LeftToTheWhole()
  const { data, keys, unusableNumber } = jsonValue(text, slice)
  if (keys < slice.colons || unusableNumber !== undefined) throw new LeftToTheWhole()
  return data
}

function keyOf(bytes: Uint8Array, member: ByteMember): string {
  const text = textOf(bytes, true, member.start, member.value)
  const key: unknown = JSON.parse(text.slice(1, text.lastIndexOf(':')))
  if (typeof key !== 'string') throw new LeftToTheWhole()
  return key
}

function addMember(map: Record<string, Data>, label: string, value: Data): void {
  if (label === '__proto__' || Object.hasOwn(map, label)) throw new LeftToTheWhole()
  map[label] = value
}
