import { type FlatJson, type FlatKind, mixedWith } from '../document/flat-json.ts'
import type { Values } from './values.ts'

/** Values of the JSON that lies in `at.json` when they are looked at. */
export function flatValues(at: { json: FlatJson | undefined }): Values<number> {
  const lying = (): FlatJson => {
    if (at.json === undefined) throw new Error('no JSON is looked at')
    return at.json
  }
  const textOf = (value: number): string => lying().textOf(value)
  const isText = (text: string): ((value: number) => boolean) => {
    const bytes = Buffer.from(text)
    const mixed = mixedOf(bytes)
    return (value) => isSame(lying(), value, bytes, mixed)
  }
  const lengthOf = (value: number): number => lying().end(value) - lying().start(value)
  return {
    kindOf: (value): FlatKind => lying().kindOf(value),
    isTrue: (value) => lengthOf(value) === 'true'.length,
    numberOf: (value) => Number(textOf(value)),
    textOf,
    isText: (text) => {
      const is = isText(text)
      return (value) => lying().kindOf(value) === 'string' && is(value)
    },
    unitsOf: lengthOf,
    lengthOf,
    sizeOf: (value) => lying().sizeOf(value),
    // A name is one comparison in most maps, and few have many.
    stepsToFind: (map) => 1 + lying().sizeOf(map) / 4,
    member: (name) => {
      const bytes = Buffer.from(name)
      const mixed = mixedOf(bytes)
      return (map) => {
        const json = lying()
        let own = map + 1
        for (let left = json.kindOf(map) === 'map' ? json.sizeOf(map) : 0; left > 0; left--) {
          if (isSame(json, own, bytes, mixed)) return own + 1
          own = json.next(own + 1)
        }
        return undefined
      }
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

function isSame(json: FlatJson, value: number, bytes: Buffer, mixed: number): boolean {
  const start = json.start(value)
  if (json.mixed(value) !== mixed || json.end(value) - start !== bytes.length) return false
  for (let index = 0; index < bytes.length; index++) if (json.bytes[start + index] !== bytes[index]) return false
  return true
}

/** As the reader of flat JSON mixes the bytes of strings. */
function mixedOf(bytes: Buffer): number {
  let mixed = 0
  for (const byte of bytes) mixed = mixedWith(mixed, byte)
  return mixed
}
