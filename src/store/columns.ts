import { jsonValue } from '../document/json-value.ts'
import { scanJson } from '../document/json-scan.ts'
import { exactJson } from '../model/exact-json.ts'
import { timeOf } from '../model/time.ts'

/** The first moment that a column can hold. */
export const earliest = new Date('0001-01-01T00:00:00.000Z')
const latest = new Date('9999-12-31T23:59:59.999Z')

/** A moment as a column can hold it; RFC 3339 allows a year 0, which PostgreSQL does not. */
export function moment(time: string | Date): Date {
  const milliseconds = typeof time === 'string' ? timeOf(time) : time.getTime()
  return new Date(Math.min(Math.max(milliseconds, earliest.getTime()), latest.getTime()))
}

declare const holds: unique symbol
/** The JSON text of a value of that type; there is no such member, only the type knows. */
export type Json<T> = string & { readonly [holds]: T }

/** A value as JSON text, every digit of its numbers kept. */
export function toColumn<T>(value: T): Json<T> {
  return exactJson(value) as Json<T>
}

/** The value again; the text is taken at its word, since only `toColumn` makes one. */
export function fromColumn<T>(text: Json<T>): T {
  const [slice] = scanJson(text)
  if (slice === undefined) throw new TypeError('a column holds no JSON')
  return (slice.riskyNumbers ? jsonValue(text, slice).data : JSON.parse(text)) as T
}

/** A text as a column to search or sort by: the character U+0000, which PostgreSQL refuses, becomes U+FFFD. */
export function searchable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD')
}
