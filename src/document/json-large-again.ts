import { isUtf8 } from 'node:buffer'
import { isDataList, isDataObject, type Data } from '../model/data.ts'
import { memberOf, withoutPrototype } from '../model/data-map.ts'
import { byteChange, type ByteChange } from './byte-change.ts'
import { readGroup, textOf, type JsonContainer, type JsonGroup, type LargeJson } from './json-large.ts'
import { spotAfter, type Spot } from './text-spots.ts'

// A large file that is read again, after a change in one place: only the groups of members around that place are read. What
// stands outside of them is the same text in the same surroundings, so it is the same data.

/** From how many bytes on so much has changed that all is read. */
const mostBytes = 2 ** 21

/** A large file after a change in one place; undefined leaves it to those who read all of it. */
export function readLargeAgain(before: LargeJson, bytes: Uint8Array): LargeJson | undefined {
  const change = byteChange(before.bytes, bytes)
  if (change === undefined) return { ...before, bytes }
  if (!isUtf8(bytes) || bytes.includes(0)) return undefined
  const place = placeOf(before.container, before.data, change)
  const delta = change.endAfter - change.endBefore
  if (place === undefined || place.to.end + delta - place.from.start > mostBytes) return undefined
  try {
    return readAround(before, bytes, place, delta)
  } catch {
    // Whatever is wrong with it, the reader of the whole says.
    return undefined
  }
}

function readAround(before: LargeJson, bytes: Uint8Array, place: Place, delta: number): LargeJson | undefined {
  const { container, labels, data, from, to } = place
  const { start, spot, first } = from
  const end = to.end + delta
  const [old, members] = [
    readGroup(textOf(before.bytes, container.isMap, start, to.end)),
    readGroup(textOf(bytes, container.isMap, start, end)),
  ]
  const changed = replaced(data, first, old, members)
  const count = countOf(members) - countOf(old)
  if (changed === undefined || (count !== 0 && !container.isMap && container.large.size > 0)) return undefined
  const behind = (all: Uint8Array, last: number): Spot => spotAfter(spot, textOf(all, true, start, last).slice(1, -1))
  const shift: Shift = {
    container,
    group: { start, end, spot, first },
    behind: to.end,
    delta,
    count,
    before: behind(before.bytes, to.end),
    after: behind(bytes, end),
  }
  return { bytes, data: put(before.data, labels, changed), container: shifted(before.container, shift) }
}

interface Place {
  readonly container: JsonContainer
  /** Where it is, and what it holds. */
  readonly labels: readonly string[]
  readonly data: Data
  readonly from: JsonGroup
  readonly to: JsonGroup
}

/** The groups that follow one another around a change. */
function placeOf(
  container: JsonContainer,
  data: Data,
  change: ByteChange,
  labels: readonly string[] = [],
): Place | undefined {
  const from = container.groups.findLast((group) => group.start <= change.start)
  const to = container.groups.find((group) => group.end >= change.endBefore)
  if (from !== undefined && to !== undefined && from.start <= to.start && areNeighbours(container, from, to))
    return { container, labels, data, from, to }
  for (const [label, { container: inner }] of container.large) {
    const below = at(data, label)
    const found = below === undefined ? undefined : placeOf(inner, below, change, [...labels, label])
    if (found !== undefined) return found
  }
  return undefined
}

function at(data: Data, label: string): Data | undefined {
  return isDataList(data) ? data[Number(label)] : memberOf(data, label)
}

/** Whether nothing stands between groups but further ones: no member that is large itself. */
function areNeighbours({ large }: JsonContainer, from: JsonGroup, to: JsonGroup): boolean {
  if (from === to) return true
  return Array.from(large.values()).every(({ key }) => isBefore(key, from.spot) || isBefore(to.spot, key))
}

function isBefore(a: Spot, b: Spot): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column)
}

/** Members with some of them, which begin at a position, replaced; undefined where a label would stand twice, or none is left. */
function replaced(data: Data, first: number, old: Data, members: Data): Data | undefined {
  if (countOf(members) === 0) return undefined
  if (isDataList(data) && isDataList(old) && isDataList(members))
    return [...data.slice(0, first), ...members, ...data.slice(first + old.length)]
  if (!isDataObject(data) || !isDataObject(old) || !isDataObject(members)) return undefined
  // An object has labels of digits first, wherever they stand.
  if ([...Object.keys(old), ...Object.keys(members)].some((label) => /^\d+$/.test(label))) return undefined
  const map: Record<string, Data> = {}
  let isPut = false
  for (const [label, member] of Object.entries(data)) {
    if (!Object.hasOwn(old, label)) {
      if (Object.hasOwn(members, label)) return undefined
      map[label] = member
    } else if (!isPut) {
      isPut = true
      for (const [own, value] of Object.entries(members)) map[own] = value
    }
  }
  return Object.hasOwn(members, '__proto__') || !isPut ? undefined : withoutPrototype(map)
}

/** The same data with another value at a path. */
function put(data: Data, [label, ...rest]: readonly string[], value: Data): Data {
  if (label === undefined) return value
  if (isDataList(data))
    return data.map((element, index) => (String(index) === label ? put(element, rest, value) : element))
  if (!isDataObject(data)) return data
  const map: Record<string, Data> = {}
  for (const [own, member] of Object.entries(data)) map[own] = own === label ? put(member, rest, value) : member
  return withoutPrototype(map)
}

function countOf(members: Data): number {
  return typeof members === 'object' && members !== null ? Object.keys(members).length : 0
}

/** What a change moves. */
interface Shift {
  /** What changed, and the group that is there now. */
  readonly container: JsonContainer
  readonly group: JsonGroup
  /** The first byte behind the groups that were there before. */
  readonly behind: number
  /** By how many bytes, and by how many members, what is behind is moved. */
  readonly delta: number
  readonly count: number
  /** The place behind the groups, before and after. */
  readonly before: Spot
  readonly after: Spot
}

function shifted(container: JsonContainer, shift: Shift): JsonContainer {
  const isChanged = container === shift.container
  const groups = container.groups.flatMap((group) => {
    if (group.start >= shift.behind) return [shiftedGroup(group, shift, isChanged ? shift.count : 0)]
    if (!isChanged || group.start < shift.group.start) return [group]
    return group.start === shift.group.start ? [shift.group] : []
  })
  const large = new Map(
    Array.from(container.large, ([label, { key, container: inner }]) => [
      label,
      { key: shiftedSpot(key, shift), container: shifted(inner, shift) },
    ]),
  )
  return { isMap: container.isMap, spot: shiftedSpot(container.spot, shift), groups, large }
}

function shiftedGroup({ start, end, spot, first }: JsonGroup, shift: Shift, count: number): JsonGroup {
  return { start: start + shift.delta, end: end + shift.delta, spot: shiftedSpot(spot, shift), first: first + count }
}

function shiftedSpot(spot: Spot, { before, after }: Shift): Spot {
  if (isBefore(spot, before)) return spot
  const column = spot.line === before.line ? spot.column - before.column + after.column : spot.column
  return { line: spot.line - before.line + after.line, column }
}
