import type { ComponentChildren } from 'preact'
import { coloured } from './coloured.ts'
import { languageOf } from './language.ts'
import { visibleText } from './visible-text.ts'
import './code-frame.css'

/** Whose side a frame is on: what is wanted, what was seen, what may be so, what contradicts. */
export type Tone = 'want' | 'seen' | 'maybe' | 'clash'

export interface CodeLine {
  readonly line: number
  readonly text: string
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
  const pieces = coloured(
    lines.map(({ text }) => text),
    languageOf(file),
  )
  return (
    <pre tabIndex={0} role="region" aria-label={`${file}; line ${line} is meant`}>
      {lines.map(({ line: number }, index) => (
        <span key={number} class={number === line ? 'ln hit' : 'ln'} data-n={number}>
          {pieces[index]?.map(({ text, name }, at) =>
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
