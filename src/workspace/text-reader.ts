import { decodeText } from '../document/text.ts'
import type { Position } from '../model/path.ts'
import type { Source, SourceRead } from './source.ts'

/** A text file of a source, or why there is none to read. */
export type ReadText =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false
      readonly reason: Exclude<SourceRead, { ok: true }>['reason'] | 'not-text'
      readonly message: string
      readonly position?: Position
    }

/** Reads the text files of a source, each once, however often it is asked for. */
export function textReader(source: Source): (name: string) => Promise<ReadText> {
  const reads = new Map<string, Promise<ReadText>>()
  return (name) => {
    const known = reads.get(name)
    if (known) return known
    const read = source.read(name).then(textOf)
    reads.set(name, read)
    return read
  }
}

function textOf(read: SourceRead): ReadText {
  if (!read.ok) return read
  const decoded = decodeText(read.bytes)
  if ('refused' in decoded) return { ok: false, reason: 'not-text', message: decoded.refused }
  const [bad] = decoded.badLines
  if (bad) return { ok: false, reason: 'not-text', message: bad.message, position: { line: bad.line, column: 1 } }
  return { ok: true, text: decoded.text }
}

/** Does one thing for each item, at most so many at a time, and answers in the order of the items. */
export async function eachOf<Item, Answer>(
  items: readonly Item[],
  work: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  const atOnce = 64
  for (let start = 0; start < items.length; start += atOnce) {
    answers.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))))
  }
  return answers
}
