import { isDataList, isDataObject, type Data } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import type { Path } from '../model/path.ts'

/** Data that was made of a document, and where in it that was written. */
export interface Written {
  readonly data: Data
  readonly pointer: Path
  /** Of a map whose members were written elsewhere than below its own pointer, or were made of something else: each with its place. */
  readonly members?: ReadonlyMap<string, Written>
}

/** A map of members that know their own places; of two with one label the last counts. */
export function writtenMap(pointer: Path, members: Iterable<readonly [string, Written]>): Written {
  const byLabel = new Map(members)
  return { pointer, data: dataMap(Array.from(byLabel, ([label, { data }]) => [label, data])), members: byLabel }
}

/** The members of a map, each with its place; undefined for anything else. */
export function membersOf({ data, pointer, members }: Written): ReadonlyMap<string, Written> | undefined {
  if (members !== undefined) return members
  if (!isDataObject(data)) return undefined
  return new Map(Object.entries(data).map(([label, member]) => [label, { data: member, pointer: [...pointer, label] }]))
}

/** The elements of a list, each with its place; undefined for anything else. */
export function elementsOf({ data, pointer }: Written): readonly Written[] | undefined {
  if (!isDataList(data)) return undefined
  return data.map((element, index) => ({ data: element, pointer: [...pointer, String(index)] }))
}

/** Where what stands at a path was written; below what is not there, labels are kept as they are. */
export function pointerAt(written: Written, path: Path): Path {
  let at = written
  for (const [depth, label] of path.entries()) {
    const member = at.members?.get(label)
    if (member === undefined) return [...at.pointer, ...path.slice(depth)]
    at = member
  }
  return at.pointer
}
