import type { EngineNote } from '../engine/protocol.ts'
import type { Note } from '../model/report.ts'
import type { FragmentSet } from '../workspace/fragments.ts'
import { placeOf } from './draft.ts'

/** Notes of an engine with the lines of the files that they are about. */
export function placedNotes(notes: readonly EngineNote[], fragments: FragmentSet): readonly Note[] {
  return notes.map(({ data, ...note }) => {
    if (data === undefined) return note
    const place = placeOf({ file: note.file ?? '', data }, fragments)
    return place === undefined ? note : { ...note, file: place.file, line: place.line }
  })
}
