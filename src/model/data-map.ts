import { isDataObject, type Data, type DataObject } from './data.ts'

/** A map of the given members; of members with one label the last counts. */
export function dataMap(members: Iterable<readonly [string, Data]>): DataObject {
  const map: Record<string, Data> = {}
  for (const [label, value] of members) {
    if (label === '__proto__')
      Object.defineProperty(map, label, { value, enumerable: true, writable: true, configurable: true })
    else map[label] = value
  }
  return withoutPrototype(map)
}

/** The same map, its prototype taken away: a map that is made without one needs many times the memory, and longer to fill. */
export function withoutPrototype(map: DataObject): DataObject {
  Object.setPrototypeOf(map, null)
  return map
}

/** The value of a label, where the data is a map that has it. */
export function memberOf(data: Data | undefined, label: string): Data | undefined {
  return data !== undefined && isDataObject(data) && Object.hasOwn(data, label) ? data[label] : undefined
}

/** The map at a label; none where there is none, or something else. */
export function mapAt(data: Data | undefined, label: string): DataObject | undefined {
  const value = memberOf(data, label)
  return value !== undefined && isDataObject(value) ? value : undefined
}
