import { useEffect } from 'preact/hooks'
import type { CodeLine } from '../code/code-frame.tsx'
import { coloured, wantColours } from '../code/coloured.ts'
import '../code/code-frame.css'

/** Texts that were coloured: a table has the same ones in many rows. */
const known = new Map<string, readonly CodeLine[]>()
const mostKnown = 1000

/** A piece of CUE in a line of text or in a cell, in colour once what colours is here. */
export function CueText({ text }: { text: string }) {
  useEffect(wantColours, [])
  return (
    <>
      {linesOf(text).map(({ line, text: plain, pieces = [{ text: plain }] }) => [
        line === 1 ? '' : '\n',
        ...pieces.map(({ text: piece, name }, at) =>
          name === undefined ? (
            piece
          ) : (
            <span key={`${line} ${at}`} class={name}>
              {piece}
            </span>
          ),
        ),
      ])}
    </>
  )
}

function linesOf(text: string): readonly CodeLine[] {
  const before = known.get(text)
  if (before !== undefined) return before
  const lines = coloured(
    text.split('\n').map((line, index) => ({ line: index + 1, text: line })),
    'text.cue',
  )
  if (lines.some(({ pieces }) => pieces === undefined)) return lines
  if (known.size >= mostKnown) known.clear()
  known.set(text, lines)
  return lines
}
