import type { Data } from '../../model/data.ts'
import { mapAt, memberOf } from '../../model/data-map.ts'

/** Labels and values of a map that is a member of data. */
export function members(data: Data | undefined, key: string): readonly (readonly [string, Data])[] {
  return Object.entries(mapAt(data, key) ?? {})
}

/** Positions and values of a list that is a member of data. */
export function elements(data: Data | undefined, key: string): readonly (readonly [string, Data])[] {
  const value = memberOf(data, key)
  return Array.isArray(value) ? value.map((element: Data, index) => [String(index), element] as const) : []
}

/** A member of data that is text. */
export function text(data: Data | undefined, key: string): string | undefined {
  const value = memberOf(data, key)
  return typeof value === 'string' ? value : undefined
}
