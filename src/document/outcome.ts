import type { Document, Unreadable } from '../model/document.ts'
import type { Note } from '../model/report.ts'

/** One document of a file as it came out: read, unreadable, or empty. */
export interface Outcome {
  readonly document?: Document
  readonly unreadable?: Unreadable
  readonly notes?: readonly Note[]
}

/** How a key that stands twice is refused: both lines, in the order of the file. */
export function twice(key: string, first: number, again: number): string {
  if (first === again) return `the key \`${key}\` stands twice in one map, on line ${first}`
  return `the key \`${key}\` stands twice in one map: on line ${first} and on line ${again}`
}

/** The note about a key that stands twice where the last one counts. */
export function lastWins(file: string, key: string, first: number, again: number): Note {
  return { code: 'duplicate-key', message: `${twice(key, first, again)}; the last one counts`, file, line: again }
}
