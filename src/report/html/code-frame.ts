import { stretchAt } from '../../model/quoted-line.ts'
import { asReported, type FormatOptions } from '../format.ts'
import { frameOf } from '../frame.ts'
import type { Place } from '../place-lines.ts'
import { cellsOf } from '../width.ts'
import { htmlPath, htmlText } from './escape.ts'

/** Columns of a line: more wraps a long line often enough to be hard to read. */
const widest = 160

/** One contribution as HTML: who and where, and the line with what is meant marked in it; without the file, its text. */
export function codeFrame(
  place: Place,
  role: 'wanted' | 'observed',
  { lines, nameOf = asReported }: FormatOptions,
): string {
  const { who, file, line, column = 1, where, text, about } = place
  const quoted = file === undefined || line === undefined ? undefined : lines(file)?.get(line)
  const stretch = quoted === undefined ? undefined : stretchAt(quoted, column)
  const name = file === undefined ? where : file === '-' ? '(standard input)' : nameOf(file)
  const at =
    name === undefined ? '' : ` <code>${htmlPath(line === undefined ? name : `${name}:${line}:${column}`)}</code>`
  const code =
    stretch !== undefined && stretch.text.trim() !== ''
      ? markedLine(stretch.text, stretch.column, text)
      : text === undefined
        ? undefined
        : htmlText(text)
  return [
    `<figure class="${role}"><figcaption><b>${htmlText(who)}</b>${at}</figcaption>`,
    ...(code === undefined ? [] : [`<pre><code>${code}</code></pre>`]),
    ...(about === undefined ? [] : [`<p class="quiet">${htmlText(about)}</p>`]),
    '</figure>',
  ].join('')
}

function markedLine(line: string, column: number, text: string | undefined): string {
  const frame = frameOf(line, column, widest, text)
  const parts = { before: '', marked: '', after: '' }
  let used = 0
  for (const { text, columns } of cellsOf(frame.code)) {
    const part = used < frame.offset ? 'before' : used < frame.offset + frame.length ? 'marked' : 'after'
    parts[part] += text
    used += columns
  }
  const marked = parts.marked === '' ? '' : `<mark>${htmlText(parts.marked)}</mark>`
  return `${htmlText(parts.before)}${marked}${htmlText(parts.after)}`
}
