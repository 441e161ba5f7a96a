import { isDataList, isDataObject, type Data } from '../model/data.ts'
import type { Path } from '../model/path.ts'
import { writtenMap, type Written } from '../document/written.ts'

/**
 * Data whose merge keys (`<<: *base`) are carried out: what a map says itself wins, of several bases the first. A merged member keeps the
 * place where the document has it. Lists stay as they are but for their own maps.
 */
export function mergeKeys(data: Data, pointer: Path = []): Written {
  if (isDataList(data)) return mergedList(data, pointer)
  if (!isDataObject(data)) return { data, pointer }
  const own = new Map(
    Object.entries(data)
      .filter(([label]) => label !== '<<')
      .map(([label, member]) => [label, mergeKeys(member, [...pointer, label])]),
  )
  const bases = basesOf(data['<<'], [...pointer, '<<'])
  const isSame = bases.length === 0 && !('<<' in data) && [...own.values()].every(isUnmoved)
  if (isSame) return { data, pointer }
  const members = new Map<string, Written>()
  for (const base of bases.toReversed()) for (const [label, member] of base) members.set(label, member)
  for (const [label, member] of own) members.set(label, member)
  return writtenMap(pointer, members)
}

/** A list's elements are named by their position, so what was merged inside them has the place of the element. */
function mergedList(list: readonly Data[], pointer: Path): Written {
  const elements = list.map((element, index) => mergeKeys(element, [...pointer, String(index)]))
  if (elements.every(isUnmoved)) return { data: list, pointer }
  return { data: elements.map(({ data }) => data), pointer }
}

function isUnmoved({ members }: Written): boolean {
  return members === undefined
}

/** The maps that a merge key names, one or a list of them; anything else merges nothing. */
function basesOf(merged: Data | undefined, pointer: Path): readonly ReadonlyMap<string, Written>[] {
  if (merged === undefined) return []
  if (isDataList(merged)) return merged.flatMap((one, index) => basesOf(one, [...pointer, String(index)]))
  if (!isDataObject(merged)) return []
  const base = mergeKeys(merged, pointer)
  return [
    base.members ?? new Map(Object.entries(merged).map(([label, data]) => [label, at(data, [...pointer, label])])),
  ]
}

function at(data: Data, pointer: Path): Written {
  return { data, pointer }
}
