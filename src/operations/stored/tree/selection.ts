import { isDataList, isDataObject, type Data } from '../../../model/data.ts'
import { formatPath } from '../../../model/path.ts'
import { toJson } from '../../../document/to-json.ts'
import { isUnseen, stateOf, type Place, type Places } from './places.ts'

/** What of a tree is shown. `findings`: with anything found; `deviating`: not conforming, for whatever reason. */
export type Show = 'all' | 'findings' | 'deviating' | 'undecided'

/** What is asked of a place, so that it is shown with all that leads there. */
export interface Selection {
  readonly show: Show
  /** A text in a path or a value, whatever its case; `*` stands for any text. */
  readonly q?: string
}

/** Says whether a place, or anything below it, is selected; each is looked at once. */
export function selecting(places: Places, { show, q }: Selection): (place: Place) => boolean {
  const sought = q === undefined || q === '' ? undefined : seeking(q)
  const known = new WeakMap<Place, boolean>()
  const isSelected = (place: Place): boolean => {
    const before = known.get(place)
    if (before !== undefined) return before
    const answer = isShown(place) && (sought === undefined || sought(place) || places.below(place).some(isSelected))
    known.set(place, answer)
    return answer
  }
  const isShown = (place: Place): boolean => shown(places, place, show)
  return isSelected
}

function shown(places: Places, place: Place, show: Show): boolean {
  const { found, sight } = place
  if (show === 'all') return true
  if (show === 'findings') return found !== undefined
  const state = stateOf(place)
  if (show === 'deviating' ? state !== 'conforms' : state === 'undecided') return true
  if (show === 'undecided' && (found?.counts.undecided ?? 0) > 0) return true
  // Somewhere below nobody looks, and nothing was found as nothing must be there.
  return !sight().isEven && !isUnseen(sight()) && places.below(place).some((one) => shown(places, one, show))
}

function seeking(q: string): (place: Place) => boolean {
  const lower = q.toLowerCase()
  const parts = lower.split('*').filter((part) => part !== '')
  const isIn = (text: string): boolean => {
    let from = 0
    for (const part of parts) {
      const found = text.indexOf(part, from)
      if (found < 0) return false
      from = found + part.length
    }
    // What ends the question ends the text, where a `*` says that more may stand before.
    return !lower.includes('*') || lower.endsWith('*') || text.endsWith(parts.at(-1) ?? '')
  }
  return ({ path, outline, observed }) =>
    isIn(formatPath(path).toLowerCase()) ||
    (outline?.fields === undefined && outline !== undefined && isIn(outline.text.toLowerCase())) ||
    isIn(scalarText(observed).toLowerCase())
}

/** The text of what holds nothing else; empty for maps and what was not seen. */
function scalarText(data: Data | undefined): string {
  if (data === undefined || isDataObject(data)) return ''
  if (typeof data === 'string') return data
  return isDataList(data) ? toJson(data).slice(0, longestList) : toJson(data)
}

const longestList = 1000
