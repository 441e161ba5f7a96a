import { type FlatJson, mostFlatBytes } from './flat-json.ts'

/** So many names are sorted in place faster than by the language, and so many bytes are copied. */
const few = 16
const short = 64

const quote = 0x22
const comma = 0x2c
const none: ReadonlySet<number> = new Set()

/** How a value is written. */
export interface SortedOptions {
  /** What stands before it, not much of it. */
  readonly head?: string
  /** Maps and lists that are written as if there were nothing in them. */
  readonly emptied?: ReadonlySet<number>
}

/** The bytes of a value as `sortedJson` writes it, until the next are asked for; undefined where a name stands twice in a map. */
export type SortedWriter = (json: FlatJson, value: number, options?: SortedOptions) => Buffer | undefined

const longestHead = 4096
const bytesOfCharacter = 3

/** Writes flat JSON, names in the order of their characters. */
export function sortedWriter(): SortedWriter {
  // Nothing gets longer when it is sorted.
  const out = Buffer.alloc(bytesOfCharacter * longestHead + mostFlatBytes)
  const stack = new Int32Array(mostFlatBytes)
  let at = 0
  let top = 0

  const copy = (from: Buffer, start: number, end: number): void => {
    if (end - start > short) at += from.copy(out, at, start, end)
    else for (let place = start; place < end; place++) out[at++] = from[place] ?? 0
  }
  const value = (json: FlatJson, own: number, emptied: ReadonlySet<number>): boolean => {
    const { bytes } = json
    const kind = json.kindOf(own)
    if (kind === 'map') return map(json, own, emptied)
    if (kind === 'list') return list(json, own, emptied)
    if (kind === 'string') out[at++] = quote
    copy(bytes, json.start(own), json.end(own))
    if (kind === 'string') out[at++] = quote
    return true
  }
  const list = (json: FlatJson, own: number, emptied: ReadonlySet<number>): boolean => {
    out[at++] = 0x5b
    let element = own + 1
    for (let left = emptied.has(own) ? 0 : json.sizeOf(own); left > 0; left--) {
      if (!value(json, element, emptied)) return false
      if (left > 1) out[at++] = comma
      element = json.next(element)
    }
    out[at++] = 0x5d
    return true
  }
  const map = (json: FlatJson, own: number, emptied: ReadonlySet<number>): boolean => {
    out[at++] = 0x7b
    const size = emptied.has(own) ? 0 : json.sizeOf(own)
    const begin = top
    const end = begin + size
    let name = own + 1
    for (let index = begin; index < end; index++) {
      stack[index] = name
      name = json.next(name + 1)
    }
    sort(json, begin, end)
    top = end
    for (let index = begin; index < end; index++) {
      const next = stack[index] ?? 0
      if (index > begin) {
        if (compared(json, stack[index - 1] ?? 0, next) === 0) return false
        out[at++] = comma
      }
      value(json, next, emptied)
      out[at++] = 0x3a
      if (!value(json, next + 1, emptied)) return false
    }
    top = begin
    out[at++] = 0x7d
    return true
  }
  const sort = (json: FlatJson, begin: number, end: number): void => {
    if (end - begin > few) {
      stack.subarray(begin, end).sort((a, b) => compared(json, a, b))
      return
    }
    for (let index = begin + 1; index < end; index++) {
      const name = stack[index] ?? 0
      let place = index
      for (; place > begin && compared(json, stack[place - 1] ?? 0, name) > 0; place--)
        stack[place] = stack[place - 1] ?? 0
      stack[place] = name
    }
  }
  return (json, own, { head = '', emptied = none } = {}) => {
    if (head.length > longestHead) return undefined
    at = out.write(head)
    top = 0
    return value(json, own, emptied) ? out.subarray(0, at) : undefined
  }
}

/** Plain characters are in the order of their bytes. */
function compared(json: FlatJson, a: number, b: number): number {
  const { bytes } = json
  const [startA, startB] = [json.start(a), json.start(b)]
  const [lengthA, lengthB] = [json.end(a) - startA, json.end(b) - startB]
  const both = Math.min(lengthA, lengthB)
  for (let index = 0; index < both; index++) {
    const difference = (bytes[startA + index] ?? 0) - (bytes[startB + index] ?? 0)
    if (difference !== 0) return difference
  }
  return lengthA - lengthB
}
