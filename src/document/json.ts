import type { Note } from '../model/report.ts'
import type { Position } from '../model/path.ts'
import { duplicateKeys, jsonProblem } from './json-fault.ts'
import { jsonPlaces } from './json-places.ts'
import { scanJson } from './json-scan.ts'
import type { JsonSlice } from './json-scan.ts'
import { jsonValue } from './json-value.ts'
import type { JsonValue } from './json-value.ts'
import { tooDeep } from './limits.ts'
import { linesOf } from './lines.ts'
import { lastWins, twice } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { ReadingTime } from './reading-time.ts'
import type { BadLine } from './text.ts'

/** A JSON text on its way to documents. */
interface JsonFile {
  readonly file: string
  readonly text: string
  readonly lines: (offset: number) => Position
  readonly badLines: readonly BadLine[]
  readonly duplicateKeys: 'refuse' | 'last'
}

/** Reads a JSON text: one value, one value a line, or values one after another. */
export function readJson(
  file: string,
  text: string,
  badLines: readonly BadLine[],
  duplicates: 'refuse' | 'last',
  time: ReadingTime,
): Outcome[] {
  const json: JsonFile = { file, text, lines: linesOf(text), badLines, duplicateKeys: duplicates }
  return slices(text).map((slice, index) => {
    time.check()
    return readSlice(json, slice, index)
  })
}

/** Whether a text is one JSON value that is not too deep. */
export function isJson(text: string): boolean {
  if (scanJson(text).some((slice) => slice.tooDeepAt !== undefined)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Where several values stand, one a line, a broken line must not swallow those after it. */
function slices(text: string): JsonSlice[] {
  const values = scanJson(text)
  const [first, last] = [values[0], values.at(-1)]
  if (!first || !last || first === last) return values
  const line = /\S[^\n]*/.exec(text)?.[0]
  if (line !== undefined && isJson(line)) return lineSlices(text)
  return values.some(({ start }) => !'{['.includes(text.charAt(start))) ? [joined(first, last)] : values
}

function lineSlices(text: string): JsonSlice[] {
  const found: JsonSlice[] = []
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const values = scanJson(text, start, end)
    const only = values[0]
    const last = values.at(-1)
    if (only && last) found.push(values.length === 1 ? only : joined(only, last))
    start = end + 1
  }
  return found
}

/** What is not maps and lists one after another stays one slice, so that it is refused as a whole. */
function joined(first: JsonSlice, last: JsonSlice): JsonSlice {
  return { ...first, end: last.end }
}

function readSlice(json: JsonFile, slice: JsonSlice, index: number): Outcome {
  const { file, text, lines } = json
  const refuse = (offset: number, message: string): Outcome => ({
    unreadable: { file, position: lines(offset), message },
  })
  const bad = badLine(json, slice)
  if (bad) return { unreadable: { file, position: { line: bad.line, column: 1 }, message: bad.message } }
  if (slice.tooDeepAt !== undefined) return refuse(slice.tooDeepAt, tooDeep)
  const value = judge(text, slice)
  if ('message' in value) return refuse(value.offset, value.message)
  if (value.unusableNumber !== undefined) return refuse(value.unusableNumber, 'the number is too long or out of range')
  const notes: Note[] = []
  if (value.keys < slice.colons) {
    for (const { key, before, again } of duplicateKeys(text, slice.start)) {
      const [first, second] = [lines(before).line, lines(again).line]
      if (json.duplicateKeys === 'refuse') return refuse(again, twice(key, first, second))
      notes.push(lastWins(file, key, first, second))
    }
  }
  let places: ReturnType<typeof jsonPlaces> | undefined
  const locate = (pointer: readonly string[], target: 'value' | 'key' = 'value'): Position => {
    places ??= jsonPlaces(text, slice.start)
    return lines(places(pointer, target))
  }
  return { document: { file, index, data: value.data, locate }, notes }
}

function judge(text: string, slice: JsonSlice): JsonValue | { readonly message: string; readonly offset: number } {
  try {
    return jsonValue(text, slice)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const problem = jsonProblem(text.slice(slice.start, slice.end))
    return { message: problem.message, offset: slice.start + problem.offset }
  }
}

function badLine(json: JsonFile, slice: JsonSlice): BadLine | undefined {
  if (json.badLines.length === 0) return undefined
  const first = json.lines(slice.start).line
  const last = json.lines(Math.max(slice.start, slice.end - 1)).line
  return json.badLines.find(({ line }) => line >= first && line <= last)
}
