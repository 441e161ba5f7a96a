import type { Words as WordsModel } from '../../../src/report/html/page-model.ts'

/** A sentence of our words and somebody's own. */
export function Words({ words }: { words: WordsModel }) {
  return (
    <>
      {words.map((piece, index) => {
        if (typeof piece === 'string') return piece
        if ('code' in piece) return <code key={index}>{piece.code}</code>
        return (
          <a key={index} href={piece.address} rel="noreferrer">
            {piece.text}
          </a>
        )
      })}
    </>
  )
}
