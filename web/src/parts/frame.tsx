import type { ComponentChildren } from 'preact'
import { workspace } from '../address/lens.ts'
import { useAnswer } from '../api/answer.ts'
import { WhenAnswered } from './answered.tsx'
import './frame.css'

/** Where something stands, and what to say about it. */
export interface Pointed {
  readonly digest: string
  readonly file: string
  readonly line: number
  readonly column: number
  /** Stands below the line, after a caret. */
  readonly note?: string
}

/** A piece of a source with one line pointed at, read by the digest of its bytes so that it is what was judged. */
export function Frame({
  at,
  tone,
  meta,
}: {
  at: Pointed
  tone: 'want' | 'seen' | 'maybe' | 'clash'
  meta: ComponentChildren
}) {
  const { digest, file, line, column, note } = at
  const answer = useAnswer('getFileLines', { params: { workspace: workspace.value, digest }, query: { around: line } })
  return (
    <figure class={`frame ${tone}`}>
      <figcaption>
        <span class="file">
          {file}:{line}:{column}
        </span>
        <span>{meta}</span>
      </figcaption>
      <WhenAnswered answer={answer}>
        {({ lines }) => {
          const before = lines.find((one) => one.line === line)?.text.slice(0, column - 1) ?? ''
          const indent = before.replaceAll(/[^\t]/g, ' ')
          return (
            <pre tabIndex={0} role="region" aria-label={`${file}; line ${line} is meant`}>
              {lines.map(({ line: number, text }) => (
                <span key={number} class={number === line ? 'ln hit' : 'ln'} data-n={number}>
                  {text}
                  {'\n'}
                  {number === line && note !== undefined ? (
                    <span class="ln note" data-n="">
                      {indent}^ {note}
                      {'\n'}
                    </span>
                  ) : null}
                </span>
              ))}
            </pre>
          )
        }}
      </WhenAnswered>
    </figure>
  )
}
