import { deepest } from './limits.ts'

/** One top-level value of a JSON text, seen without judging it. */
export interface JsonSlice {
  readonly start: number
  readonly end: number
  /** Colons outside of strings: the number of keys that the text writes. */
  readonly colons: number
  /** Whether a number may not fit a double: long, in exponent notation, or minus zero. */
  readonly riskyNumbers: boolean
  /** Where it becomes too deep, if it does. */
  readonly tooDeepAt?: number
}

/** Splits a text into its top-level values, in one pass that neither recurses nor allocates by character. */
export function scanJson(text: string, from = 0, to = text.length): JsonSlice[] {
  const slices: JsonSlice[] = []
  let at = from
  while (at < to) {
    if (isSpace(text.charCodeAt(at))) {
      at++
      continue
    }
    const slice = scanValue(text, at, to)
    slices.push(slice)
    at = slice.end
  }
  return slices
}

function scanValue(text: string, start: number, to: number): JsonSlice {
  let depth = 0
  let colons = 0
  let riskyNumbers = false
  let tooDeepAt: number | undefined
  let at = start
  while (at < to) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at, to)
    else if (isNumberStart(code)) {
      const end = endOfNumber(text, at, to)
      riskyNumbers ||= isRisky(text, at, end)
      at = end
    } else {
      at++
      if (code === 0x7b || code === 0x5b) {
        if (++depth > deepest) tooDeepAt ??= at - 1
        continue
      }
      if (code === 0x7d || code === 0x5d) depth--
      else if (code === 0x3a) colons++
      else if (depth === 0) at = endOfWord(text, at, to)
    }
    if (depth <= 0) break
  }
  return { start, end: at, colons, riskyNumbers, ...(tooDeepAt !== undefined && { tooDeepAt }) }
}

const quote = 0x22

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

/** Offset behind the string that begins at `start`. */
export function endOfString(text: string, start: number, to: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0 && at < to; at = text.indexOf('"', at + 1)) {
    let backslashes = 0
    while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++
    if (backslashes % 2 === 0) return at + 1
  }
  return to
}

/** Whether a number can begin with this character. */
export function isNumberStart(code: number): boolean {
  return code === 0x2d || (code >= 0x30 && code <= 0x39)
}

/** Offset behind the number that begins at `start`. */
export function endOfNumber(text: string, start: number, to: number): number {
  let at = start + 1
  for (; at < to; at++) {
    const code = text.charCodeAt(at)
    const inNumber =
      (code >= 0x30 && code <= 0x39) ||
      code === 0x2e ||
      code === 0x2b ||
      code === 0x2d ||
      code === 0x65 ||
      code === 0x45
    if (!inNumber) break
  }
  return at
}

/** A number of up to 15 digits without exponent is always exact as a double. */
export function isRisky(text: string, start: number, end: number): boolean {
  if (end - start > 16) return true
  if (text.charCodeAt(start) === 0x2d && text.charCodeAt(start + 1) === 0x30) return true
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x65 || code === 0x45) return true
  }
  return end - start > 15 && !text.slice(start, end).includes('.') && text.charCodeAt(start) !== 0x2d
}

function endOfWord(text: string, start: number, to: number): number {
  let at = start
  while (at < to && !isSpace(text.charCodeAt(at)) && !'[]{}"'.includes(text.charAt(at))) at++
  return at
}
