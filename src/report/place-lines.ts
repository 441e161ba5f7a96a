import { stretchAt, type Stretch } from '../model/quoted-line.ts'
import type { FormatOptions } from './format.ts'
import { frameOf } from './frame.ts'
import { palette } from './paint.ts'
import { printable } from './printable.ts'
import { columnsOf, cutToColumns, padded } from './width.ts'

/** Somebody's words at a place of a file, as a report lists them. */
export interface Place {
  /** A team or an observer. */
  readonly who: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** Said instead of a file, where there is none. */
  readonly where?: string
  /** What stands there, to tell how long the mark is and to be shown where the file is not to be had. */
  readonly text?: string
  /** How it got here, said below its line. */
  readonly about?: string
}

const mostPlaces = 8
const widestWho = 20
const leastCode = 30

/** Places below one another, aligned: who, file:line:column, and the line of code with its mark. */
export function placeLines(
  places: readonly Place[],
  indent: number,
  options: FormatOptions,
  most = mostPlaces,
): readonly string[] {
  const { faint } = palette(options.colour)
  const shown = places.slice(0, most)
  const whoColumns = Math.min(widestWho, Math.max(0, ...shown.map(({ who }) => columnsOf(printable(who)))))
  const whereColumns = Math.max(0, ...shown.map((place) => columnsOf(whereOf(place))))
  const margin = ' '.repeat(indent)
  const beside = options.width - (indent + whoColumns + whereColumns + 6)
  const lines = shown.flatMap((place) => {
    const head = `${margin}${padded(cutToColumns(printable(place.who), whoColumns), whoColumns)}  `
    if (beside >= leastCode) {
      const [code, ...marks] = codeLines(place, beside, options)
      const start = `${head}${padded(whereOf(place), whereColumns)}`
      const below = ' '.repeat(indent + whoColumns + whereColumns + 2)
      return code === undefined ? [start] : [`${start}  ${code}`, ...marks.map((mark) => `${below}  ${mark}`)]
    }
    const below = ' '.repeat(indent + 2)
    const code = codeLines(place, Math.max(leastCode, options.width - indent - 4), options)
    return [`${head}${whereOf(place)}`, ...code.map((line) => `${below}${line}`)]
  })
  const left = places.length - shown.length
  return (left === 0 ? lines : [...lines, faint(`${margin}… and ${left} more`)]).map((line) => line.trimEnd())
}

function whereOf({ file, line, column, where = '' }: Place): string {
  if (file === undefined) return printable(where)
  const name = file === '-' ? '(standard input)' : printable(file)
  return line === undefined ? name : `${name}:${line}:${column ?? 1}`
}

/** The line of code and its mark; without the file, the text; nothing where neither is known. */
function codeLines(place: Place, width: number, options: FormatOptions): readonly string[] {
  const { faint, heading } = palette(options.colour)
  const bar = faint('│')
  const about = place.about === undefined ? [] : [`${bar} ${faint(printable(place.about))}`]
  const line = lineOf(place, options)
  if (line !== undefined && line.text.trim() !== '') {
    const { code, offset, length } = frameOf(line.text, line.column, width, place.text)
    return [`${bar} ${code}`, `${bar} ${' '.repeat(offset)}${heading('^'.repeat(length))}`, ...about]
  }
  const text = place.text === undefined ? [] : [`${bar} ${faint(cutToColumns(printable(place.text), width))}`]
  return [...text, ...about]
}

function lineOf({ file, line, column = 1 }: Place, options: FormatOptions): Stretch | undefined {
  const quoted = file === undefined || line === undefined ? undefined : options.lines(file)?.get(line)
  return quoted === undefined ? undefined : stretchAt(quoted, column)
}
