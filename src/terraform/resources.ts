import { isDataList, isDataObject, type Data, type DataObject } from '../model/data.ts'
import { mapAt, memberOf } from '../model/data-map.ts'
import type { Path } from '../model/path.ts'

/** A resource as `terraform show -json` tells it. */
export interface Resource {
  readonly data: DataObject
  readonly pointer: Path
  readonly address: string
  readonly mode: 'managed' | 'data'
  readonly type: string
}

/** Something that stands where a resource, a module or a map was expected. */
export interface Wrong {
  readonly pointer: Path
  readonly message: string
}

/** Every resource of all modules below `values` or `planned_values`, in the order of the document; what is none is told. */
export function resourcesIn(values: DataObject, pointer: Path, wrong: (one: Wrong) => void): readonly Resource[] {
  const found: Resource[] = []
  const open: { readonly module: Data; readonly pointer: Path }[] = [
    { module: memberOf(values, 'root_module') ?? null, pointer: [...pointer, 'root_module'] },
  ]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { module, pointer: at } = next
    if (module === null) continue
    if (!isDataObject(module)) {
      wrong({ pointer: at, message: 'a module was expected: a map with `resources`' })
      continue
    }
    for (const [index, resource] of listAt(module, 'resources', at, wrong).entries()) {
      const place = [...at, 'resources', String(index)]
      const read = readResource(resource, place)
      if (read === undefined)
        wrong({ pointer: place, message: 'a resource was expected: a map with `address`, `mode` and `type`' })
      else found.push(read)
    }
    const children = listAt(module, 'child_modules', at, wrong)
    for (const [index, child] of [...children.entries()].toReversed())
      open.push({ module: child, pointer: [...at, 'child_modules', String(index)] })
  }
  return found
}

function readResource(data: Data, pointer: Path): Resource | undefined {
  if (!isDataObject(data)) return undefined
  const { address, mode, type } = data
  if (typeof address !== 'string' || typeof type !== 'string') return undefined
  if (mode !== 'managed' && mode !== 'data') return undefined
  return { data, pointer, address, mode, type }
}

function listAt(module: DataObject, label: string, pointer: Path, wrong: (one: Wrong) => void): readonly Data[] {
  const list = memberOf(module, label) ?? null
  if (list === null) return []
  if (isDataList(list)) return list
  wrong({ pointer: [...pointer, label], message: `\`${label}\` must be a list` })
  return []
}

/** What a plan says of the values that are known only after apply, by address. */
export function unknownByAddress(plan: DataObject): ReadonlyMap<string, Data> {
  const changes = memberOf(plan, 'resource_changes')
  const unknown = new Map<string, Data>()
  for (const change of changes !== undefined && isDataList(changes) ? changes : []) {
    const address = memberOf(change, 'address')
    const marks = memberOf(mapAt(change, 'change'), 'after_unknown')
    if (typeof address === 'string' && marks !== undefined && memberOf(change, 'deposed') === undefined)
      unknown.set(address, marks)
  }
  return unknown
}
