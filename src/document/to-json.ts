import type { Data } from '../model/data.ts'
import { exactJson } from '../model/exact-json.ts'
import { sortedJson } from './sorted-json.ts'

/** JSON text with exact numbers, integral ones as ints. With `sorted`, keys stand in the order of their UTF-16 units: equal data, equal text. */
export function toJson(data: Data, options: { readonly sorted?: boolean } = {}): string {
  if (options.sorted) return sortedJson(data)
  try {
    return JSON.stringify(data)
  } catch (error) {
    if (error instanceof TypeError) return exactJson(data)
    throw error
  }
}
