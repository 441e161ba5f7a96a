import type { Data, Decimal } from '../model/data.ts'
import { endOfNumber, endOfString, isNumberStart, isRisky } from './json-scan.ts'
import type { JsonSlice } from './json-scan.ts'
import { exactNumber } from './number.ts'

/** A JSON value with exact numbers, and how many keys its maps have. */
export interface JsonValue {
  readonly data: Data
  readonly keys: number
  /** Offset of a number that is too long or out of range. */
  readonly unusableNumber?: number
}

/**
 * The value that a slice says. `JSON.parse` judges (a SyntaxError passes through) and does nearly all of the work: numbers that a double
 * may not hold are replaced by marked strings first and put back afterwards, and maps lose their prototype in place.
 */
export function jsonValue(text: string, slice: JsonSlice): JsonValue {
  const source = text.slice(slice.start, slice.end)
  const plain: unknown = JSON.parse(source)
  if (!slice.riskyNumbers) return settle(plain)
  const marked = markNumbers(source)
  if ('unusable' in marked) return { data: null, keys: 0, unusableNumber: slice.start + marked.unusable }
  return settle(JSON.parse(marked.text), marked)
}

interface Marked {
  readonly text: string
  readonly mark: string
  readonly numbers: readonly (number | bigint | Decimal)[]
}

function markNumbers(source: string): Marked | { readonly unusable: number } {
  const mark = unusedCharacter(source)
  const numbers: (number | bigint | Decimal)[] = []
  const pieces: string[] = []
  let copied = 0
  for (let at = 0; at < source.length;) {
    const code = source.charCodeAt(at)
    if (code === 0x22) at = endOfString(source, at, source.length)
    else if (isNumberStart(code)) {
      const end = endOfNumber(source, at, source.length)
      if (isRisky(source, at, end)) {
        const number = exactNumber(source.slice(at, end))
        if (number === undefined) return { unusable: at }
        pieces.push(source.slice(copied, at), `"${mark}${numbers.length}"`)
        numbers.push(number)
        copied = end
      }
      at = end
    } else at++
  }
  pieces.push(source.slice(copied))
  return { text: pieces.join(''), mark, numbers }
}

/** A character of the private use area that the text holds neither as such nor escaped. */
function unusedCharacter(source: string): string {
  const escaped = new Set(
    [...source.matchAll(/\\u([eE][0-9a-fA-F]{3})/g)].map((match) => Number.parseInt(match[1] ?? '', 16)),
  )
  for (let code = 0xe000; code <= 0xefff; code++) {
    const character = String.fromCharCode(code)
    if (!escaped.has(code) && !source.includes(character)) return character
  }
  throw new SyntaxError('the text uses every character of the private use area')
}

/** Takes the prototype from every map, counts keys, and puts marked numbers back; iterative, in place. */
function settle(value: unknown, marked?: Marked): { data: Data; keys: number } {
  const top: Mutable = { value: asData(value) }
  const open: (Mutable | Data[])[] = [top]
  let keys = -1
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    if (Array.isArray(container)) {
      for (let index = 0; index < container.length; index++) {
        const element = container[index]
        if (typeof element === 'object' && element !== null) open.push(asContainer(element))
        else if (marked && typeof element === 'string') container[index] = unmarked(element, marked)
      }
    } else {
      Object.setPrototypeOf(container, null)
      for (const key in container) {
        keys++
        const member = container[key]
        if (typeof member === 'object' && member !== null) open.push(asContainer(member))
        else if (marked && typeof member === 'string') container[key] = unmarked(member, marked)
      }
    }
  }
  return { data: top['value'] ?? null, keys }
}

type Mutable = Record<string, Data>

/** What JSON.parse made is data. */
function asData(value: unknown): Data {
  return value as Data
}

/** A container that nobody else has seen yet may still be changed. */
function asContainer(value: object): Mutable | Data[] {
  return value as Mutable | Data[]
}

function unmarked(text: string, marked: Marked): Data {
  return text.startsWith(marked.mark) ? (marked.numbers[Number(text.slice(1))] ?? text) : text
}
