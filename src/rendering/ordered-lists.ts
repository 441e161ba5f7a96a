import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { mapAt, memberOf } from '../model/data-map.ts'
import type { Path } from '../model/path.ts'

/**
 * Lists by key of several elements whose order means something to Kubernetes: `initContainers`, which run one after the
 * other, and an `env` that names other variables, which must stand before. In the order of the tree.
 */
export function orderedLists(data: Data, path: Path = []): readonly Path[] {
  if (!isDataObject(data)) return []
  return Object.entries(data).flatMap(([label, member]) => {
    const here = [...path, label]
    const list = mapAt(data, label)
    const isOrdered = list !== undefined && Object.keys(list).length > 1 && needsOrder(label, list)
    return isOrdered ? [here, ...orderedLists(member, here)] : orderedLists(member, here)
  })
}

function needsOrder(label: string, list: DataObject): boolean {
  if (label === 'initContainers') return true
  if (label !== 'env') return false
  return Object.values(list).some((variable) => {
    const value = memberOf(variable, 'value')
    return typeof value === 'string' && value.includes('$(')
  })
}
