import type { DataObject } from '../model/data.ts'
import { dataMap, mapAt } from '../model/data-map.ts'

const bookkeeping = ['managedFields', 'resourceVersion']
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** An object without its server's bookkeeping, which says nothing about its state and may repeat a Secret's values. */
export function strip(object: DataObject): DataObject {
  const metadata = mapAt(object, 'metadata')
  if (metadata === undefined) return object
  const annotations = mapAt(metadata, 'annotations')
  const kept = without(metadata, bookkeeping)
  const told =
    annotations === undefined
      ? kept
      : dataMap([...Object.entries(kept), ['annotations', without(annotations, [lastApplied])]])
  return dataMap([...Object.entries(object), ['metadata', told]])
}

function without(map: DataObject, labels: readonly string[]): DataObject {
  return dataMap(Object.entries(map).filter(([label]) => !labels.includes(label)))
}
