import { toJson } from '../document/to-json.ts'
import { isDataList, isDataObject, type Data, type DataObject } from '../model/data.ts'
import { dataMap, memberOf } from '../model/data-map.ts'
import type { Path } from '../model/path.ts'

/** One change of a tree. */
export type Edit =
  | { readonly op: 'add' | 'replace'; readonly path: Path; readonly value: Data }
  | { readonly op: 'remove'; readonly path: Path }

/** The value at a path; positions of lists are decimal labels. */
export function valueAt(data: Data | undefined, path: Path): Data | undefined {
  return path.reduce<Data | undefined>(below, data)
}

function below(data: Data | undefined, label: string): Data | undefined {
  return data !== undefined && isDataList(data) ? data[Number(label)] : memberOf(data, label)
}

/** A copy with a value at a path; maps on the way are made, a list's element is replaced. */
export function withValue(data: Data | undefined, [label, ...rest]: Path, value: Data): Data {
  if (label === undefined) return value
  if (data !== undefined && isDataList(data))
    return data.map((element, index) => (`${index}` === label ? withValue(element, rest, value) : element))
  const map = data !== undefined && isDataObject(data) ? data : dataMap([])
  const changed = withValue(memberOf(map, label), rest, value)
  if (Object.hasOwn(map, label))
    return dataMap(Object.entries(map).map(([key, member]) => [key, key === label ? changed : member]))
  return dataMap([...Object.entries(map), [label, changed]])
}

/** A copy without what stands at a path; elements of lists behind it move up. */
export function withoutValue(data: Data, [label, ...rest]: Path): Data {
  if (label === undefined) return data
  const last = rest.length === 0
  if (isDataList(data))
    return data.flatMap((element, index) =>
      `${index}` !== label ? [element] : last ? [] : [withoutValue(element, rest)],
    )
  if (!isDataObject(data)) return data
  return dataMap(
    Object.entries(data).flatMap(([key, member]): (readonly [string, Data])[] =>
      key !== label ? [[key, member]] : last ? [] : [[key, withoutValue(member, rest)]],
    ),
  )
}

/** The fewest changes that make one tree of another: whole values are put where nothing was, and lists of another length anew. */
export function editsBetween(before: Data, after: Data, path: Path = []): readonly Edit[] {
  if (isDataObject(before) && isDataObject(after)) return memberEdits(before, after, path)
  if (isDataList(before) && isDataList(after) && before.length === after.length)
    return before.flatMap((element, index) => editsBetween(element, after[index] ?? null, [...path, `${index}`]))
  return isSame(before, after) ? [] : [{ op: 'replace', path, value: after }]
}

function memberEdits(before: DataObject, after: DataObject, path: Path): readonly Edit[] {
  const gone = Object.keys(before).flatMap((label): Edit[] =>
    Object.hasOwn(after, label) ? [] : [{ op: 'remove', path: [...path, label] }],
  )
  const left = Object.entries(after).flatMap(([label, value]): readonly Edit[] => {
    const there = memberOf(before, label)
    return there === undefined
      ? [{ op: 'add', path: [...path, label], value }]
      : editsBetween(there, value, [...path, label])
  })
  return [...gone, ...left]
}

function isSame(a: Data, b: Data): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  return toJson(a, { sorted: true }) === toJson(b, { sorted: true })
}
