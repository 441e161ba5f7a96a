/** A number that a JavaScript number cannot hold exactly: its source text, in JSON's notation (`1e-400`, `0.10000000000000000001`). */
export class Decimal {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  /** As with a bigint, JSON.stringify would lose the number: use `toJson`. */
  toJSON(): never {
    throw new TypeError('an exact number is written by toJson, not by JSON.stringify')
  }
}

/** An observed or plain-data map. Made without a prototype, so that a key such as `__proto__` is a key like any other. */
export interface DataObject {
  readonly [key: string]: Data
}

/**
 * Plain data as read from JSON or YAML, numbers exact: a `number` only where it says the same as the source text,
 * a `bigint` for integers beyond 2^53, a `Decimal` for every other number.
 */
export type Data = null | boolean | number | bigint | Decimal | string | readonly Data[] | DataObject

/** Whether a value is a map, rather than a scalar or a list. */
export function isDataObject(value: Data): value is DataObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal)
}

/** Whether a value is a list. */
export function isDataList(value: Data): value is readonly Data[] {
  return Array.isArray(value)
}
