/** How far beyond a place its line is looked at: more than any terminal shows. */
export const reach = 1000

/** A line of a source as reports quote it: whole, or, if it is long, what stands around each column that is pointed at. */
export type QuotedLine = string | ReadonlyMap<number, Stretch>

/** A part of a long line that shows a column as the whole line does. */
export interface Stretch {
  readonly text: string
  /** The column in `text` that is the same place. */
  readonly column: number
}

/** Lines of sources by file and by number, from 1. */
export type QuotedLines = ReadonlyMap<string, ReadonlyMap<number, QuotedLine>>

/** Quotes a line of which only these columns are pointed at. */
export function quotedLine(line: string, columns: ReadonlySet<number>): QuotedLine {
  if (line.length <= 2 * (reach + 1) * columns.size) return line
  const indent = /^\s*/.exec(line)?.[0].length ?? 0
  return new Map(Array.from(columns, (column) => [column, stretchOf(line, column, indent)]))
}

/** What is quoted around a column of a line, and the column in it. */
export function stretchAt(quoted: QuotedLine, column: number): Stretch | undefined {
  return typeof quoted === 'string' ? { text: quoted, column } : quoted.get(column)
}

/**
 * The line from one character before what can be shown to one character behind it. These two are never shown: they only tell that there is
 * more, and are a letter, so that what is cut off is not taken for indentation, nor the line for blank, where it is neither.
 */
function stretchOf(line: string, column: number, indent: number): Stretch {
  const target = Math.min(column - 1, line.length)
  const from = Math.max(0, target - reach - 1)
  const end = target + reach
  const before = from > 0 && indent <= from ? 'x' : line.slice(from, from + 1)
  const behind = line.length <= end ? '' : indent === line.length ? ' ' : 'x'
  return { text: `${before}${line.slice(from + 1, end)}${behind}`, column: target - from + 1 }
}
