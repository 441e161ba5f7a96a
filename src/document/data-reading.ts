import type { Data } from '../model/data.ts'
import { exactJson } from '../model/exact-json.ts'
import { jsonPlaces } from './json-places.ts'
import { linesOf } from './lines.ts'
import type { Reading } from './reading.ts'

/** Data as it is written where it has no text of its own: JSON indented by two spaces. */
export function dataText(data: Data): string {
  return exactJson(data, { indent: 2 })
}

/** One document that was read already; it stands where its text would, which is written only when somebody asks. */
export function dataReading(file: string, data: Data): Reading {
  const places = lazily(() => {
    const text = dataText(data)
    return { at: jsonPlaces(text, 0), lines: linesOf(text) }
  })
  const document = {
    file,
    index: 0,
    data,
    locate: (pointer: readonly string[], target: 'value' | 'key' = 'value') =>
      places().lines(places().at(pointer, target)),
  }
  return { documents: [document], unreadable: [], notes: [] }
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
