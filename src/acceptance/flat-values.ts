import { type FlatJson, flatName } from '../document/flat-json.ts'
import type { Values } from './values.ts'

/** Values of the JSON that lies in `at.json` when they are looked at. */
export function flatValues(at: { json: FlatJson | undefined }): Values<number> {
  const lying = (): FlatJson => {
    if (at.json === undefined) throw new Error('no JSON is looked at')
    return at.json
  }
  const textOf = (value: number): string => lying().textOf(value)
  const lengthOf = (value: number): number => lying().end(value) - lying().start(value)
  return {
    kindOf: (value) => lying().kindOf(value),
    isTrue: (value) => lengthOf(value) === 'true'.length,
    numberOf: (value) => Number(textOf(value)),
    textOf,
    isText: (text) => {
      const name = flatName(text)
      return (value) => lying().kindOf(value) === 'string' && lying().isText(value, name)
    },
    unitsOf: lengthOf,
    lengthOf,
    sizeOf: (value) => lying().sizeOf(value),
    // A name is one comparison in most maps, and few have many.
    stepsToFind: (map) => 1 + lying().sizeOf(map) / 4,
    member: (text) => {
      const name = flatName(text)
      return (map) => lying().member(map, name)
    },
    everyMember: (map, holds) => {
      const json = lying()
      let own = map + 1
      for (let left = json.sizeOf(map); left > 0; left--) {
        if (!holds(own, own + 1)) return false
        own = json.next(own + 1)
      }
      return true
    },
    everyElement: (list, holds) => {
      const json = lying()
      const size = json.sizeOf(list)
      let own = list + 1
      for (let index = 0; index < size; index++) {
        if (!holds(own, index)) return false
        own = json.next(own)
      }
      return true
    },
  }
}
