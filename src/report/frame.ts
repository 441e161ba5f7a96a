import { reach } from '../model/quoted-line.ts'
import { printable } from './printable.ts'
import { cellsOf, type Cell } from './width.ts'

/** One line of a source as a report shows it, and below it the mark of what is meant. */
export interface Frame {
  readonly code: string
  /** Columns before the mark. */
  readonly offset: number
  /** Columns of the mark, at least one. */
  readonly length: number
}

const tabWidth = 4

/**
 * The frame of a place: the line without its indentation, tabs as spaces, at most `width` columns wide with `…` where cut,
 * so that the mark is in sight. `text`, if the line has it there, tells how long the mark is; else it is one word or literal.
 */
export function frameOf(line: string, column: number, width: number, text?: string): Frame {
  const target = Math.min(column - 1, line.length)
  const indent = Math.min(/^\s*/.exec(line)?.[0].length ?? 0, target)
  const from = Math.max(indent, target - reach)
  const cells = shown(line.slice(from, target + reach))
  const first = cells.findLastIndex(({ start }) => start <= target - from)
  const end = target - from + markedUnits(line.slice(target, target + reach), text)
  const after = cells.findIndex(({ start }) => start >= end)
  const mark = { first: Math.max(0, first), after: after === -1 ? cells.length : after }
  return cut(cells, mark, width, { before: from > indent, behind: line.length > target + reach })
}

/** Printable cells; a tab becomes spaces up to the next stop. */
function shown(text: string): readonly Cell[] {
  let column = 0
  return cellsOf(text).map(({ text, columns, start }) => {
    const tab = tabWidth - (column % tabWidth)
    const escape = printable(text)
    const cell =
      text === '\t'
        ? { text: ' '.repeat(tab), columns: tab, start }
        : { text: escape, columns: escape === text ? columns : escape.length, start }
    column += cell.columns
    return cell
  })
}

function markedUnits(rest: string, text: string | undefined): number {
  const wanted = (text ?? '').split('\n')[0]?.replace(/ +@\w+\(.*$/, '') ?? ''
  if (wanted !== '' && rest.startsWith(wanted)) return wanted.length
  return /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,\]})#:]+)/.exec(rest)?.[0].length ?? 1
}

/** The cells from the start if the mark is in sight there, else a window with the mark in its first third. */
function cut(
  cells: readonly Cell[],
  mark: { readonly first: number; readonly after: number },
  width: number,
  more: { readonly before: boolean; readonly behind: boolean },
): Frame {
  const starts = [0]
  for (const { columns } of cells) starts.push((starts.at(-1) ?? 0) + columns)
  const startOf = (cell: number): number => starts[cell] ?? 0
  const total = startOf(cells.length)
  let from = 0
  if (more.before || startOf(mark.after) > width - 1) {
    while (from < mark.first && startOf(mark.first) - startOf(from) > width / 3) from++
  }
  const before = more.before || from > 0
  const lead = before ? 1 : 0
  const whole = !more.behind && lead + total - startOf(from) <= width
  let to = from
  while (to < cells.length && (whole || lead + startOf(to + 1) - startOf(from) < width)) to++
  const code = cells.slice(from, to).map(({ text }) => text)
  const offset = lead + startOf(mark.first) - startOf(from)
  return {
    code: `${before ? '…' : ''}${code.join('')}${whole ? '' : '…'}`.trimEnd(),
    offset,
    length: Math.max(1, startOf(Math.min(mark.after, to)) - startOf(mark.first)),
  }
}
