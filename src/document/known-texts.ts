import type { Data } from '../model/data.ts'
import { sortedJson } from './sorted-json.ts'

const defaultMostCharacters = 32 * 2 ** 20

/** Writes data as sorted JSON and remembers the texts of maps and lists, as long as these live and there is room for so many characters, twice. */
export function knownTexts(mostCharacters = defaultMostCharacters): (data: Data) => string {
  let current = new WeakMap<object, string>()
  let older = current
  let characters = 0
  return (data) => {
    if (typeof data !== 'object' || data === null) return sortedJson(data)
    const known = current.get(data)
    if (known !== undefined) return known
    const text = older.get(data) ?? sortedJson(data)
    characters += text.length
    if (characters > mostCharacters) {
      older = current
      current = new WeakMap()
      characters = text.length
    }
    current.set(data, text)
    return text
  }
}
