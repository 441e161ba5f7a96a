import { Decimal, type Data } from '../model/data.ts'
import { maskedValue } from '../model/masked.ts'
import { fold, foldedText, type Folded } from './folded.ts'
import { least, needleFinder, type Range } from './needles.ts'
import { canonicalNumber, numberPattern } from './number-text.ts'

/** Hides in a text every rendering of some secrets; hiding again changes nothing. */
export type TextMask = (text: string) => string

/**
 * Hides scalars however they are written: plain, quoted as JSON or CUE do it, on one line or many, in base64, cut off with `…`; numbers in any
 * notation. It hides too much rather than too little: texts of fewer than four characters, numbers and booleans wherever they stand as a word.
 */
export function textMask(secrets: Iterable<Data>): TextMask {
  const texts = new Set<string>()
  const numbers = new Set<string>()
  const booleans = new Set<string>()
  for (const secret of secrets) {
    if (typeof secret === 'boolean') booleans.add(String(secret))
    else if (typeof secret === 'string') for (const rendering of renderingsOf(secret)) texts.add(rendering)
    else if (typeof secret === 'number' || typeof secret === 'bigint') numbers.add(canonicalNumber(String(secret)))
    else if (secret instanceof Decimal) numbers.add(canonicalNumber(secret.text))
  }
  if (texts.size + numbers.size + booleans.size === 0) return (text) => text
  const folded = Array.from(texts, (text) => foldedText(text))
  const words = new Set(folded.filter(({ length }) => length > 0 && length < least))
  const inFolded = needleFinder(folded)
  const inRaw = needleFinder(Array.from(texts, (text) => foldedText(text, true)))
  return (text) => {
    if (text === maskedValue) return text
    const [read, raw] = [fold(text), fold(text, true)]
    return replaced(text, [
      ...original(read, inFolded(read.text, cutsIn(text, read))),
      ...original(raw, inRaw(raw.text, cutsIn(text, raw))),
      ...original(read, wordsIn(read.text, words)).filter((range) => standsAlone(text, range)),
      ...(numbers.size === 0 ? [] : numbersIn(text, numbers)),
      ...(booleans.size === 0 ? [] : booleansIn(text, booleans)),
    ])
  }
}

/** Each line for itself too, since a source shows one at a time. */
function renderingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const base64 = bytes.length < least ? [] : [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')]
  return [secret, bytes.toString('latin1'), ...base64, ...secret.split(/[\r\n]+/)]
}

/** Where in the folded text the original was cut off, an escape that was cut in the middle aside. */
function cutsIn(text: string, { starts }: Folded): readonly number[] {
  const cuts = Array.from(text.matchAll(/(?:\\[uUx][0-9a-fA-F]{0,8})?(?:…|\.\.\.)/g), ({ index }) => index)
  const found: number[] = []
  for (let [at, next] = [0, 0]; next < cuts.length && at < starts.length; at++) {
    if ((starts[at] ?? 0) < (cuts[next] ?? 0)) continue
    found.push(at)
    next++
    while (next < cuts.length && (cuts[next] ?? 0) <= (starts[at] ?? 0)) next++
  }
  return found
}

/** Ranges of a folded text as those of the original. */
function original({ starts, ends }: Folded, ranges: readonly Range[]): readonly Range[] {
  return ranges.map(({ from, to }) => ({ from: starts[from] ?? 0, to: ends[to - 1] ?? 0 }))
}

function wordsIn(text: string, words: ReadonlySet<string>): readonly Range[] {
  if (words.size === 0) return []
  const found: Range[] = []
  for (let from = 0; from < text.length; from++) {
    for (let length = least - 1; length > 0; length--)
      if (from + length <= text.length && words.has(text.slice(from, from + length)))
        found.push({ from, to: from + length })
  }
  return found
}

/** Letters and digits stand for themselves between others; what has none is told from punctuation by its quotes. */
function standsAlone(text: string, { from, to }: Range): boolean {
  const around = [text.charAt(from - 1), text.charAt(to)]
  return /[\p{L}\p{N}]/u.test(text.slice(from, to))
    ? around.every((unit) => !/[\p{L}\p{N}]/u.test(unit))
    : around.every((unit) => ['"', "'", '`', '\\'].includes(unit))
}

function numbersIn(text: string, numbers: ReadonlySet<string>): readonly Range[] {
  return Array.from(text.matchAll(numberPattern)).flatMap(({ 0: written, index }) =>
    numbers.has(canonicalNumber(written)) ? [{ from: index, to: index + written.length }] : [],
  )
}

function booleansIn(text: string, booleans: ReadonlySet<string>): readonly Range[] {
  return Array.from(text.matchAll(/(?<![\p{L}\p{N}])(?:true|false)(?![\p{L}\p{N}])/gu)).flatMap(
    ({ 0: written, index }) => (booleans.has(written) ? [{ from: index, to: index + written.length }] : []),
  )
}

function replaced(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text
  let shown = ''
  let at = 0
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (from >= at && to > from) shown += text.slice(at, from) + maskedValue
    at = Math.max(at, to)
  }
  return shown + text.slice(at)
}
