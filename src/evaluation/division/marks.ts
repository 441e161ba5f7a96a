import type { Contested } from '../../engine/protocol.ts'
import { overlaps } from '../../model/path-pattern.ts'
import type { Path, PathPattern } from '../../model/path.ts'
import type { ObservedState } from '../../observation/cut.ts'
import { entityKey } from '../entity-key.ts'

/** What of one entity is masked or contested, with paths from the root. */
export interface Marks {
  readonly masked: readonly Path[]
  readonly contested: readonly Contested[]
}

/** Where a state is masked or contested. */
export interface MarkedPlaces {
  /** Whether something at or above a collection is. */
  above(collection: PathPattern): boolean
  /** By label: the members of a collection of which something is. */
  below(collection: Path): ReadonlyMap<string, Marks>
}

const none: ReadonlyMap<string, Marks> = new Map()
const noMarks: MarkedPlaces = { above: () => false, below: () => none }

/** Sorts what is masked or contested by the places that it is in. */
export function marksOf({ masked, contested }: Pick<ObservedState, 'masked' | 'contested'>): MarkedPlaces {
  if (masked.length === 0 && contested.length === 0) return noMarks
  const paths = [...masked, ...contested.map(({ path }) => path)]
  const places = new Map<string, Map<string, { masked: Path[]; contested: Contested[] }>>()
  const each = (path: Path, put: (marks: { masked: Path[]; contested: Contested[] }) => void): void => {
    for (const [index, label] of path.entries()) {
      const key = entityKey(path.slice(0, index))
      const members = places.get(key) ?? new Map<string, { masked: Path[]; contested: Contested[] }>()
      const marks = members.get(label) ?? { masked: [], contested: [] }
      put(marks)
      places.set(key, members.set(label, marks))
    }
  }
  for (const path of masked) each(path, (marks) => marks.masked.push(path))
  for (const one of contested) each(one.path, (marks) => marks.contested.push(one))
  return {
    above: (collection) => paths.some((path) => path.length <= collection.length && overlaps(path, collection)),
    below: (collection) => places.get(entityKey(collection)) ?? none,
  }
}
