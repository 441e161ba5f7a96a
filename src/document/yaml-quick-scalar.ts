import type { Data } from '../model/data.ts'
import { exactNumber } from './number.ts'

/** What a plain scalar on one line says, as the careful reader has it; undefined where that is left to the careful reader. */
export function quickScalar(text: string, version: '1.2' | '1.1'): Data | undefined {
  if (mayBeNumber(text.charCodeAt(0))) return quickNumber(text, version)
  if (text.length > longestWord) return text
  const word = words[version].get(text)
  return word === undefined ? text : word
}

function mayBeNumber(first: number): boolean {
  return (
    (first >= 0x30 && first <= 0x39) ||
    first === 0x2b ||
    first === 0x2d ||
    first === 0x2e ||
    first === 0x65 ||
    first === 0x45
  )
}

function quickNumber(text: string, version: '1.2' | '1.1'): Data | undefined {
  if (/^-?(?:0|[1-9]\d{0,14})$/.test(text)) return Number(text) + 0
  if (/^-?(?:0|[1-9]\d*)\.\d+$/.test(text)) return exactNumber(text)
  if (/^0\d{1,14}$/.test(text)) return version === '1.1' && !/[89]/.test(text) ? Number.parseInt(text, 8) : Number(text)
  return otherNumber.test(text) ? undefined : text
}

/** Every other text that either version may take for a number. */
const otherNumber =
  /^[-+]?(?:0b[01_]+|0o[0-7]+|0x[\da-f_]+|\d[\d_]*|(?:\d[\d_]*)?\.[\d_]*|(?:\d[\d_]*)?(?:\.[\d_]*)?e[-+]?\d+|\.inf|\.nan)$/i

const forms = (word: string): readonly string[] => [
  word,
  word.charAt(0).toUpperCase() + word.slice(1),
  word.toUpperCase(),
]

const core: readonly (readonly [string, null | boolean])[] = [
  ['~', null],
  ...forms('null').map((word) => [word, null] as const),
  ...forms('true').map((word) => [word, true] as const),
  ...forms('false').map((word) => [word, false] as const),
]

/** Words that are no strings. */
const words: Readonly<Record<'1.2' | '1.1', ReadonlyMap<string, null | boolean>>> = {
  '1.2': new Map(core),
  '1.1': new Map([
    ...core,
    ...['y', 'yes', 'on'].flatMap(forms).map((word) => [word, true] as const),
    ...['n', 'no', 'off'].flatMap(forms).map((word) => [word, false] as const),
  ]),
}

const longestWord = 5
