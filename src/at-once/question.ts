import type { LinesAbout } from '../operations/requested/lines-at-once.ts'
import type { KnownFacts } from './known-facts.ts'

// What is said to a thread and what it answers, as texts: a line of JSON, and behind it lines of a batch (in a question: each byte as one
// character, whatever it means), or lines of its answer.

/** The first line of a question. */
export interface Head {
  /** Names what the lines are about and what is known of it; equal only where all of that is. */
  readonly id: string
  /** Given only to a thread that says it does not know it. */
  readonly given?: Given
  /** The number of the first line. */
  readonly first: number
  /** In milliseconds since 1970. */
  readonly now: number
}

/** What lines are about, and what is known of it. */
export interface Given extends Pick<LinesAbout, 'stored'> {
  readonly environment?: string
  /** JSON, numbers exact. */
  readonly common: string
  readonly known: KnownFacts
}

/** The first line of an answer: that it must be given what the id names, or which lines it leaves. */
export type AnswerHead = { readonly unknown: true } | { readonly left: readonly number[] }

/** A text of a first line and what follows. */
export function withHead(head: Head | AnswerHead, rest: string): string {
  return `${JSON.stringify(head)}\n${rest}`
}

/** The first line of a text, not read yet, and what follows. */
export function headAndRest(text: string): readonly [head: string, rest: string] {
  const end = text.indexOf('\n')
  return [text.slice(0, end), text.slice(end + 1)]
}
