import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { workspace } from '../address/lens.ts'
import { useAnswer } from '../api/answer.ts'
import { CodeFrame, CodeLines, type Tone } from '../code/code-frame.tsx'
import { coloured, wantColours } from '../code/coloured.ts'
import { WhenAnswered } from './answered.tsx'

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
export function Frame({ at, tone, meta }: { at: Pointed; tone: Tone; meta: ComponentChildren }) {
  const { digest, file, line, column, note } = at
  const answer = useAnswer('getFileLines', { params: { workspace: workspace.value, digest }, query: { around: line } })
  useEffect(wantColours, [])
  return (
    <CodeFrame file={file} line={line} column={column} tone={tone} meta={meta}>
      <WhenAnswered answer={answer}>
        {({ lines }) => <CodeLines file={file} line={line} column={column} note={note} lines={coloured(lines, file)} />}
      </WhenAnswered>
    </CodeFrame>
  )
}
