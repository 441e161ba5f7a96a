import { compareText } from '../../model/order.ts'
import { sortedUnique } from '../../check/sort.ts'
import { formatPath } from '../../model/path.ts'
import type { Note } from '../../model/report.ts'
import { orderedLists } from '../../rendering/ordered-lists.ts'
import type { DesiredPart } from '../../rendering/targets.ts'
import { contributionsAt, type Asked } from './speakers.ts'

/** Of more lists than this nobody asks who wrote them. */
const mostAsked = 20

/** A note for each list whose order means something and that several teams write, since nobody says whose elements come first. */
export async function orderNotes({ data, path }: DesiredPart, asked: Asked): Promise<readonly Note[]> {
  const notes: Note[] = []
  for (const list of orderedLists(data, path).slice(0, mostAsked)) {
    const contributions = await contributionsAt(asked, list)
    const writers = contributions.filter(({ role }) => role !== 'pattern' && role !== 'definition')
    const teams = sortedUnique(
      writers.map(({ team }) => team),
      compareText,
    )
    if (teams.length < 2) continue
    const who = teams.map((team) => `\`${team}\``).join(', ')
    const message = `the order of \`${formatPath(list)}\` means something, and several teams write it (${who}): its elements stand in the order that CUE gives them; let one team write it where that is wrong`
    notes.push({ code: 'order-undefined', message })
  }
  return notes
}
