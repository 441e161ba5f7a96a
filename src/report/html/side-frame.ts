import { stretchAt } from '../../model/quoted-line.ts'
import { asReported, type FormatOptions } from '../format.ts'
import { frameOf } from '../frame.ts'
import type { Place } from '../place-lines.ts'
import type { SideFrame } from './page-model.ts'

/** Columns of a line: more wraps a long line often enough to be hard to read. */
const widest = 160

/** One contribution: who and where, and the line with what is meant; without the file, its text. */
export function sideFrame(
  place: Place,
  tone: SideFrame['tone'],
  { lines, nameOf = asReported }: FormatOptions,
): SideFrame {
  const { who, file, line, column = 1, where, text, about } = place
  const quoted = file === undefined || line === undefined ? undefined : lines(file)?.get(line)
  const stretch = quoted === undefined ? undefined : stretchAt(quoted, column)
  const name = file === undefined ? where : file === '-' ? '(standard input)' : nameOf(file)
  const frame =
    stretch === undefined || stretch.text.trim() === ''
      ? undefined
      : frameOf(stretch.text, stretch.column, widest, text)
  const said = frame === undefined ? (text ?? about) : undefined
  return {
    who,
    tone,
    ...(name === undefined ? {} : { place: { file: name, ...(line === undefined ? {} : { line, column }) } }),
    ...(frame === undefined
      ? {}
      : { code: { text: frame.code, column: frame.offset + 1, ...(text === undefined ? {} : { note: text }) } }),
    ...(said === undefined ? {} : { text: said }),
  }
}
