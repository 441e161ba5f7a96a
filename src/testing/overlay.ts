import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { dataMap, memberOf } from '../model/data-map.ts'
import { exactJson } from '../model/exact-json.ts'
import type { Given } from '../model/test-document.ts'
import { mapOf, observerOf } from './given-data.ts'

/** What a case gives, laid over what its file gives: maps member by member, objects and snapshots by who they are, everything else added or replaced. */
export function overlaid(common: Given, own: Given): Given {
  const joined = <T>(all: readonly T[] | undefined, more: readonly T[] | undefined): readonly T[] => [
    ...(all ?? []),
    ...(more ?? []),
  ]
  const state =
    common.state === undefined || own.state === undefined ? undefined : over(mapOf(common.state), mapOf(own.state))
  return {
    ...common,
    ...own,
    ...(state !== undefined && isDataObject(state) ? { state } : {}),
    ...(common.objects && { objects: byName(common.objects, own.objects ?? [], objectName) }),
    ...(common.snapshots && { snapshots: byName(common.snapshots, own.snapshots ?? [], observerOf) }),
    ...(common.files && { files: joined(common.files, own.files) }),
    ...(common.fragments && { fragments: joined(common.fragments, own.fragments) }),
  }
}

/** `null` takes away what is there below it, and is a value where nothing is. */
function over(below: Data, above: Data): Data {
  if (!isDataObject(below) || !isDataObject(above)) return above
  const kept = Object.entries(below).flatMap(([label, value]): [string, Data][] => {
    const other = memberOf(above, label)
    if (other === undefined) return [[label, value]]
    return other === null ? [] : [[label, over(value, other)]]
  })
  return dataMap([...kept, ...Object.entries(above).filter(([label]) => memberOf(below, label) === undefined)])
}

function byName(
  common: readonly object[],
  own: readonly object[],
  nameOf: (one: DataObject) => string,
): readonly object[] {
  const all = new Map(common.map(mapOf).map((one) => [nameOf(one), one]))
  for (const one of own.map(mapOf)) {
    const known = all.get(nameOf(one))
    const laid = known === undefined ? one : over(known, one)
    if (isDataObject(laid)) all.set(nameOf(one), laid)
  }
  return [...all.values()]
}

function objectName(object: DataObject): string {
  const metadata = memberOf(object, 'metadata')
  const parts = [
    memberOf(object, 'apiVersion'),
    memberOf(object, 'kind'),
    memberOf(metadata, 'namespace'),
    memberOf(metadata, 'name'),
  ]
  return exactJson(parts.map((part) => part ?? null))
}
