import type { ComponentChildren } from 'preact'
import { visibleText } from './visible-text.ts'
import './code-frame.css'

/** Whose side a frame is on: what is wanted, what was seen, what may be so, what contradicts. */
export type Tone = 'want' | 'seen' | 'maybe' | 'clash'

/** A piece of a line, and the class of its colour. */
export interface Piece {
  readonly text: string
  readonly name?: string | undefined
}

export interface CodeLine {
  readonly line: number
  readonly text: string
  /** The same text in colour. */
  readonly pieces?: readonly Piece[] | undefined
}

/** A piece of a source under the name of its file. */
export function CodeFrame({
  file,
  line,
  column = 1,
  tone,
  meta,
  children,
}: {
  file: string
  line?: number | undefined
  column?: number | undefined
  tone: Tone
  meta: ComponentChildren
  /** Its lines, or what stands in for them. */
  children: ComponentChildren
}) {
  return (
    <figure class={`frame ${tone}`}>
      <figcaption>
        <span class="file">
          {file}
          {line === undefined ? '' : `:${line}:${column}`}
        </span>
        <span>{meta}</span>
      </figcaption>
      {children}
    </figure>
  )
}

/** The lines of a frame with one of them pointed at; `note` stands below it, after a caret. */
export function CodeLines({
  file,
  line,
  column = 1,
  note,
  lines,
}: {
  file: string
  line: number
  column?: number
  note?: string | undefined
  lines: readonly CodeLine[]
}) {
  const before = visibleText(lines.find((one) => one.line === line)?.text.slice(0, column - 1) ?? '')
  return (
    <pre tabIndex={0} role="group" aria-label={`${file}; line ${line} is meant`}>
      {lines.map(({ line: number, text, pieces = [{ text }] }) => (
        <span key={number} class={number === line ? 'ln hit' : 'ln'} data-n={number}>
          {pieces.map(({ text, name }, at) =>
            name === undefined ? (
              text
            ) : (
              <span key={at} class={name}>
                {text}
              </span>
            ),
          )}
          {'\n'}
          {number === line && note !== undefined ? (
            <span class="ln note" data-n="">
              {before.replaceAll(/[^\t]/g, ' ')}^ {note}
              {'\n'}
            </span>
          ) : null}
        </span>
      ))}
    </pre>
  )
}
