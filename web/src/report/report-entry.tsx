import type { Entry, Side, SideFrame } from '../../../src/report/html/page-model.ts'
import { CodeFrame, CodeLines } from '../code/code-frame.tsx'
import { PathText } from '../parts/path-text.tsx'
import { Shape } from '../parts/shape.tsx'
import { Words } from './words.tsx'

/** A finding or a change: what and where, what it says, and both sides with their lines of code. */
export function ReportEntry({ entry }: { entry: Entry }) {
  const { id, mark, why, word, at, message, more, excuse, facts, sides } = entry
  const shown = sides.filter(({ frames }) => frames.length > 0)
  return (
    <article class={`panel ${mark}`} id={id}>
      <h3>
        <span class={`outcome ${mark}`}>
          <Shape of={mark} why={why} quiet />
          {word}
        </span>{' '}
        <PathText at={at} />
      </h3>
      {message === undefined ? null : (
        <p class="message">
          <code>{message}</code>
        </p>
      )}
      {more.length === 0 ? null : (
        <ul>
          {more.map((text, index) => (
            <li key={index}>
              <code>{text}</code>
            </li>
          ))}
        </ul>
      )}
      {excuse === undefined ? null : (
        <p>
          <strong>{excuse}</strong>
        </p>
      )}
      <p class="quiet">
        <Words words={facts} />
      </p>
      {shown.length === 0 ? null : (
        <div class="pair">
          {shown.map((side, index) => (
            <OneSide key={index} side={side} />
          ))}
        </div>
      )}
    </article>
  )
}

function OneSide({ side: { title, frames, left } }: { side: Side }) {
  return (
    <div>
      <h4>{title}</h4>
      {frames.map((frame, index) => (
        <OneFrame key={index} frame={frame} />
      ))}
      {left > 0 ? <p class="quiet">… and {left} more</p> : null}
    </div>
  )
}

function OneFrame({ frame: { who, tone, place, code, text } }: { frame: SideFrame }) {
  const { file = '', line, column } = place ?? {}
  return (
    <CodeFrame file={file} line={line} column={column} tone={tone} meta={who}>
      {code === undefined ? (
        text === undefined ? null : (
          <p class="text">
            <code>{text}</code>
          </p>
        )
      ) : (
        <CodeLines
          file={file}
          line={line ?? 1}
          column={code.column}
          note={code.note}
          lines={[{ line: line ?? 1, text: code.text }]}
        />
      )}
    </CodeFrame>
  )
}
