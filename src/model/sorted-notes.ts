import { compareText } from './order.ts'
import type { Note } from './report.ts'

/** Notes by file, line, code and message, equal ones once. */
export function sortedNotes(notes: readonly Note[]): readonly Note[] {
  const byContent = new Map(
    notes.map((note) => [JSON.stringify([note.file, note.line, note.code, note.message]), note]),
  )
  return Array.from(byContent.values()).toSorted(compareNotes)
}

function compareNotes(a: Note, b: Note): number {
  return (
    compareText(a.file ?? '', b.file ?? '') ||
    (a.line ?? 0) - (b.line ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  )
}
