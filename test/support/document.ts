import type { Data } from '../../src/model/data.ts'
import type { Document } from '../../src/model/document.ts'

/** A document of made-up data; the line of a pointer is 100 times the document's index plus the pointer's length. */
export function documentOf(data: Data, file = 'a.yaml', index = 0): Document {
  return { file, index, data, locate: (pointer) => ({ line: 100 * index + pointer.length, column: 1 }) }
}

/** The value at a pointer of plain data. */
export function valueAt(data: Data | undefined, pointer: readonly string[]): Data | undefined {
  let value: unknown = data
  for (const label of pointer) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, label)) return undefined
    value = Reflect.get(value, label)
  }
  return value as Data | undefined
}

/** The same data in ordinary objects, which tests can compare strictly with literals. */
export function ordinary(data: Data | undefined): unknown {
  return data === undefined ? undefined : JSON.parse(JSON.stringify(data))
}
