import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { dataMap, memberOf } from '../model/data-map.ts'

/** A map of a file of tests as data, which everything is that was read of it. */
export function mapOf(value: object): DataObject {
  const data = value as Data
  return isDataObject(data) ? data : dataMap([])
}

/** Who a given snapshot says that it is of; the empty text where it does not say so yet. */
export function observerOf(snapshot: DataObject): string {
  const observer = memberOf(snapshot, 'observer')
  return typeof observer === 'string' ? observer : ''
}
