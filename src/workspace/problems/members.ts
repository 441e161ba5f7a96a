import { type Data, isDataObject } from '../../model/data.ts'

/** Labels and values of a map that is a member of data. */
export function members(data: Data | undefined, key: string): readonly (readonly [string, Data])[] {
  const value = member(data, key)
  return value !== undefined && isDataObject(value) ? Object.entries(value) : []
}

/** Positions and values of a list that is a member of data. */
export function elements(data: Data | undefined, key: string): readonly (readonly [string, Data])[] {
  const value = member(data, key)
  return Array.isArray(value) ? value.map((element: Data, index) => [String(index), element] as const) : []
}

/** A member of data, if data is a map that has it. */
export function member(data: Data | undefined, key: string): Data | undefined {
  return data !== undefined && isDataObject(data) && Object.hasOwn(data, key) ? data[key] : undefined
}

/** A member of data that is text. */
export function text(data: Data | undefined, key: string): string | undefined {
  const value = member(data, key)
  return typeof value === 'string' ? value : undefined
}
