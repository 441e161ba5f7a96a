import { Decimal, type Data } from '../model/data.ts'
import { maskedValue } from '../model/masked.ts'
import { fold, type Folded } from './folded.ts'
import { canonicalNumber, numberPattern } from './number-text.ts'

/** Hides in a text every rendering of some secrets; hiding again changes nothing. */
export type TextMask = (text: string) => string

/** How many units of a secret are looked for wherever they stand; what is shorter counts as a word of its own. */
const anywhere = 4

interface Range {
  readonly from: number
  readonly to: number
}

/**
 * Hides scalars however they are written: plain, quoted as JSON or CUE do it, on one line or many, in base64, cut off with `…`; numbers in any
 * notation. It hides too much rather than too little: short texts and numbers wherever they stand as a word.
 */
export function textMask(secrets: Iterable<Data>): TextMask {
  const texts = new Set<string>()
  const numbers = new Set<string>()
  const words = new Set<string>()
  for (const secret of secrets) {
    if (typeof secret === 'boolean') words.add(String(secret))
    else if (typeof secret === 'string') for (const rendering of renderingsOf(secret)) texts.add(rendering)
    else if (typeof secret === 'number' || typeof secret === 'bigint') numbers.add(canonicalNumber(String(secret)))
    else if (secret instanceof Decimal) numbers.add(canonicalNumber(secret.text))
  }
  for (const text of texts) if (fold(text).text.length < anywhere && text.trim() !== '') words.add(text.trim())
  const needles = [false, true].map((raw) => ({
    raw,
    byStart: byStart(Array.from(texts, (text) => fold(text, raw).text)),
  }))
  if (texts.size + numbers.size + words.size === 0) return (text) => text
  return (text) => {
    if (text === maskedValue) return text
    const ranges = needles.flatMap(({ raw, byStart }) =>
      byStart.size === 0 ? [] : occurrences(fold(text, raw), text, byStart),
    )
    for (const word of words) ranges.push(...wordsIn(text, word))
    if (numbers.size > 0) ranges.push(...numbersIn(text, numbers))
    return replaced(text, ranges)
  }
}

/** Each line for itself too, since a source shows one at a time. */
function renderingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const lines = secret.split(/[\r\n]+/)
  const base64 =
    bytes.length < anywhere ? [] : [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')]
  return [secret, bytes.toString('latin1'), ...base64, ...lines]
}

type ByStart = ReadonlyMap<string, readonly string[]>

function byStart(needles: readonly string[]): ByStart {
  const found = new Map<string, string[]>()
  for (const needle of new Set(needles)) {
    if (needle.length < anywhere) continue
    const start = needle.slice(0, anywhere)
    const known = found.get(start)
    if (known) known.push(needle)
    else found.set(start, [needle])
  }
  for (const known of found.values()) known.sort((a, b) => b.length - a.length)
  return found
}

function occurrences({ text, starts, ends }: Folded, original: string, byStart: ByStart): Range[] {
  const cuts = cutsIn(original).map((cut) => starts.findIndex((start) => start >= cut))
  const found: Range[] = []
  for (let at = 0; at + anywhere <= text.length; at++) {
    const candidates = byStart.get(text.slice(at, at + anywhere))
    if (candidates === undefined) continue
    const whole = candidates.find((needle) => text.startsWith(needle, at))
    const cut = cuts.findLast(
      (end) => end >= at + anywhere && candidates.some((needle) => needle.startsWith(text.slice(at, end))),
    )
    const end = Math.max(whole === undefined ? 0 : at + whole.length, cut ?? 0)
    if (end > 0) found.push({ from: starts[at] ?? 0, to: ends[end - 1] ?? original.length })
  }
  return found
}

/** Where a text was cut off, an escape that was cut in the middle aside. */
function cutsIn(text: string): readonly number[] {
  return Array.from(text.matchAll(/\\*(?:\\[uUx][0-9a-fA-F]*)?(?:…|\.\.\.)/g), ({ index }) => index)
}

function wordsIn(text: string, word: string): readonly Range[] {
  const isWord = /[\p{L}\p{N}]/u.test(word)
  const found: Range[] = []
  for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + 1)) {
    const to = from + word.length
    const around = [text.charAt(from - 1), text.charAt(to)]
    const stands = isWord
      ? around.every((unit) => !/[\p{L}\p{N}]/u.test(unit))
      : around.every((unit) => ['"', "'", '`'].includes(unit))
    if (stands) found.push({ from, to })
  }
  return found
}

function numbersIn(text: string, numbers: ReadonlySet<string>): readonly Range[] {
  return Array.from(text.matchAll(numberPattern)).flatMap(({ 0: written, index }) =>
    numbers.has(canonicalNumber(written)) ? [{ from: index, to: index + written.length }] : [],
  )
}

function replaced(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text
  let shown = ''
  let at = 0
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (from >= at) shown += text.slice(at, from) + maskedValue
    at = Math.max(at, to)
  }
  return shown + text.slice(at)
}
