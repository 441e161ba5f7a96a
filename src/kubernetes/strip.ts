import type { Data, DataObject } from '../model/data.ts'
import { dataMap, mapAt, withoutPrototype } from '../model/data-map.ts'

const bookkeeping = ['managedFields', 'resourceVersion']
/** The annotation in which kubectl keeps the manifest that it applied last. */
export const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** An object without its server's bookkeeping, which says nothing about its state and may repeat a Secret's values. */
export function strip(object: DataObject): DataObject {
  const metadata = mapAt(object, 'metadata')
  if (metadata === undefined) return object
  const annotations = mapAt(metadata, 'annotations')
  const kept = without(metadata, bookkeeping)
  const said = annotations && without(annotations, [lastApplied])
  const told = said === annotations ? kept : withMember(kept, 'annotations', said ?? null)
  return told === metadata ? object : withMember(object, 'metadata', told)
}

/** A map without some labels; the map itself if it has none of them. */
function without(map: DataObject, labels: readonly string[]): DataObject {
  if (!labels.some((label) => Object.hasOwn(map, label))) return map
  return dataMap(Object.entries(map).filter(([label]) => !labels.includes(label)))
}

/** A copy with another value in the place of a member. */
function withMember(map: DataObject, label: string, value: Data): DataObject {
  return withoutPrototype({ ...map, [label]: value })
}
