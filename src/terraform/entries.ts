import { pointerAt, writtenMap, type Written } from '../document/written.ts'
import type { Data, DataObject } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'
import type { Path } from '../model/path.ts'
import { hide, unknownPaths } from './hidden.ts'
import type { Resource } from './resources.ts'

/** One thing of the tree: where it stands, and what of it is not told (paths from the root). */
export interface Entry {
  readonly path: Path
  readonly written: Written
  readonly masked: readonly Path[]
}

const told: readonly (readonly [label: string, written: string])[] = [
  ['address', 'address'],
  ['mode', 'mode'],
  ['type', 'type'],
  ['name', 'name'],
  ['index', 'index'],
  ['provider', 'provider_name'],
]

/** A resource or data source, at its type and address; `unknown` marks what is known only after apply. */
export function resourceEntry({ data, pointer, address, mode, type }: Resource, unknown: Data): Entry {
  const path = [mode === 'data' ? 'data' : 'resources', type, address]
  const values = formed(data, 'values', 'sensitive_values', unknown, pointer)
  const members = told.flatMap(([label, key]) => {
    const value = memberOf(data, key)
    return value === undefined ? [] : [[label, { data: value, pointer: [...pointer, key] }] as const]
  })
  return {
    path,
    written: writtenMap(pointer, [...members, ...values.members.map((one) => ['values', one] as const)]),
    masked: values.masked.map((inside) => [...path, 'values', ...inside]),
  }
}

/** An output, by its name. */
export function outputEntry(name: string, data: DataObject, pointer: Path, unknown: Data): Entry {
  const path = ['outputs', name]
  const value = formed(data, 'value', 'sensitive', unknown, pointer)
  const type = memberOf(data, 'type')
  return {
    path,
    written: writtenMap(pointer, [
      ...value.members.map((one) => ['value', one] as const),
      ...(type === undefined ? [] : [['type', { data: type, pointer: [...pointer, 'type'] }] as const]),
    ]),
    masked: value.masked.map((inside) => [...path, 'value', ...inside]),
  }
}

/** A member without what is marked as sensitive; none where all of it is. */
function formed(
  data: DataObject,
  label: string,
  marks: string,
  unknown: Data,
  pointer: Path,
): { readonly members: readonly Written[]; readonly masked: readonly Path[] } {
  const value = memberOf(data, label)
  const later = unknownPaths(unknown)
  if (value === undefined) return { members: [], masked: later }
  const kept = hide(value, memberOf(data, marks) ?? false)
  const members = kept.data === undefined ? [] : [{ data: kept.data, pointer: [...pointer, label] }]
  return { members, masked: [...kept.masked, ...later] }
}

/** All things as one tree; each of `tops` is there, even if it is empty. */
export function treeOf(entries: readonly Entry[], tops: readonly string[]): Written {
  const root: Branch = new Map(tops.map((top) => [top, new Map()]))
  for (const { path, written } of entries) {
    let branch = root
    for (const label of path.slice(0, -1)) {
      const known = branch.get(label)
      const next: Branch = known instanceof Map ? known : new Map()
      branch.set(label, next)
      branch = next
    }
    branch.set(path.at(-1) ?? '', written)
  }
  return branchOf(root)
}

type Branch = Map<string, Branch | Written>

function branchOf(branch: Branch): Written {
  return writtenMap(
    [],
    [...branch].map(([label, below]) => [label, below instanceof Map ? branchOf(below) : below] as const),
  )
}

/** Where a thing of the tree was written; undefined above things. */
export function placeIn(tree: Written, path: Path): Path | undefined {
  const depth = path[0] === 'outputs' ? 2 : 3
  return path.length < depth ? undefined : pointerAt(tree, path)
}
