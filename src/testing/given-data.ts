import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'

/** A map of a file of tests as data, which everything is that was read of it. */
export function mapOf(value: object): DataObject {
  const data = value as Data
  return isDataObject(data) ? data : dataMap([])
}

/** Whether something is said. */
export function isPlaced(value: Data | undefined): value is Data {
  return value !== undefined && value !== null
}
