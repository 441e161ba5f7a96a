import type { Finding } from '../model/finding.ts'
import { isPackFile } from '../model/pack.ts'
import { observerOf } from './finding-words.ts'
import { asReported, type FileNames } from './format.ts'

/** A place of a finding in a file. */
export interface FilePlace {
  readonly file: string
  /** From 1; absent where it is the whole file. */
  readonly line?: number
  readonly column?: number
  /** Who speaks there: a team that demands, an observer that saw. */
  readonly who: string
  readonly role: 'wanted' | 'observed'
  readonly text?: string
}

/** The places of a finding in files: where the value was observed, then where it is demanded. */
export function filePlaces({ conjuncts, observations }: Finding, nameOf: FileNames = asReported): readonly FilePlace[] {
  const observed = observations.flatMap(({ observer, sequence, file, line, column }): readonly FilePlace[] =>
    file === undefined || file === '-'
      ? []
      : [{ ...placeIn(file, line, column), who: observerOf(observer, sequence, file), role: 'observed' }],
  )
  const wanted = conjuncts.map(({ team, file, line, column, text }): FilePlace => ({
    ...placeIn(file, line, column),
    who: team,
    role: 'wanted',
    ...(text === undefined ? {} : { text }),
  }))
  return [...observed, ...wanted].map((place) => ({ ...place, file: nameOf(place.file) }))
}

/**
 * The one place at which a reader that knows files alone shows a finding: the first in the checkout, as such readers have no other files, else the first,
 * else the workspace file, as they drop what has no place.
 */
export function shownAt(
  places: readonly FilePlace[],
  nameOf: FileNames = asReported,
): Pick<FilePlace, 'file' | 'line' | 'column'> {
  return (
    places.find(({ file }) => !/^(?:[A-Za-z]:)?\/|^\.\.\//.test(file) && !isPackFile(file)) ??
    places[0] ?? { file: nameOf('congruent.yaml'), line: 1 }
  )
}

function placeIn(file: string, line?: number, column?: number): Pick<FilePlace, 'file' | 'line' | 'column'> {
  return { file, ...(line === undefined ? {} : { line, ...(column === undefined ? {} : { column }) }) }
}
