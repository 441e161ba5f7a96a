import { Decimal, isDataList, type Data } from '../model/data.ts'
import { exactJson } from '../model/exact-json.ts'

/**
 * JSON text with exact numbers, keys in the order of their UTF-16 units: equal data, equal text. Nearly all data is written fastest by the
 * language itself, of a copy whose maps are filled in that order. Recursion is as deep as the data.
 */
export function sortedJson(data: Data): string {
  const sorting: Sorting = { isPlain: true }
  const sorted = inOrder(data, sorting)
  return sorting.isPlain ? JSON.stringify(sorted) : exactJson(data, { sorted: true })
}

/** The same text, written at once: for data that is small. */
export function smallSortedJson(data: Data): string {
  if (typeof data === 'string') return textOf(data)
  if (typeof data !== 'object' || data === null) return String(data)
  if (data instanceof Decimal) return data.text
  if (isDataList(data)) {
    let text = '['
    for (let index = 0; index < data.length; index++)
      text += (index === 0 ? '' : ',') + smallSortedJson(data[index] ?? null)
    return `${text}]`
  }
  let text = '{'
  let separator = ''
  for (const key of sortedKeys(data)) {
    text += `${separator}${textOf(key)}:`
    text += smallSortedJson(data[key] ?? null)
    separator = ','
  }
  return `${text}}`
}

/** What JSON must escape, halves of characters as well. */
const special = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

function textOf(text: string): string {
  return special.test(text) ? JSON.stringify(text) : `"${text}"`
}

/** The same text in pieces, the small ones as `write` writes them: no text is made of all that a map or list of many members holds, if one stands in the uppermost levels. */
export function* sortedPieces(data: Data, write: (data: Data) => string = sortedJson, levels = 5): Generator<string> {
  if (typeof data !== 'object' || data === null || data instanceof Decimal || levels === 0) {
    yield write(data)
    return
  }
  const keys = isDataList(data) ? undefined : sortedKeys(data)
  const members = isDataList(data) ? data : (keys ?? []).map((key) => data[key] ?? null)
  const below = members.length > manyMembers ? 0 : levels - 1
  yield keys ? '{' : '['
  for (const [index, member] of members.entries()) {
    if (index > 0) yield ','
    if (keys) yield `${JSON.stringify(keys[index])}:`
    yield* sortedPieces(member, write, below)
  }
  yield keys ? '}' : ']'
}

/** The members of a larger map or list are small themselves, or there would be too much of everything. */
const manyMembers = 100

interface Sorting {
  /** Whether an ordinary object holds all keys in the order in which they are set, and JSON.stringify writes all numbers. */
  isPlain: boolean
}

function inOrder(value: Data, sorting: Sorting): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'bigint') sorting.isPlain = false
    return value
  }
  if (isDataList(value)) return value.map((element) => inOrder(element, sorting))
  if (value instanceof Decimal) {
    sorting.isPlain = false
    return value
  }
  const sorted: Record<string, unknown> = {}
  const keys = sortedKeys(value)
  for (const key of keys) {
    // An object has list positions first, by number, and a prototype by this name.
    if ((keys.length > 1 && mayBePosition(key)) || key === '__proto__') sorting.isPlain = false
    sorted[key] = inOrder(value[key] ?? null, sorting)
  }
  return sorted
}

/** Whether a key consists of digits, as every list position does. */
function mayBePosition(key: string): boolean {
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at)
    if (code < 0x30 || code > 0x39) return false
  }
  return key !== ''
}

/** Few keys are sorted in place faster than by the language. */
const fewKeys = 16

function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value)
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] ?? ''
    let at = index
    for (let before = keys[at - 1] ?? ''; at > 0 && before > key; before = keys[at - 1] ?? '') {
      if (keys.length > fewKeys) return keys.sort()
      keys[at] = before
      at -= 1
    }
    if (at < index) keys[at] = key
  }
  return keys
}
