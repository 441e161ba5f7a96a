import { signal } from '@preact/signals'
import type { Language } from './language.ts'

/** A piece of a line, and the class of its colour. */
export interface Piece {
  readonly text: string
  readonly name?: string | undefined
}

/** Colours a text: the pieces of each of its lines. */
export type Colourer = (text: string, language: Language) => readonly (readonly Piece[])[]

const colourer = signal<Colourer | undefined>(undefined)
let isWanted = false

/** Fetches what colours code, the first time that it is wanted. Without it code is shown all the same. */
export function wantColours(): void {
  if (!isWanted) void fetchColours()
}

async function fetchColours(): Promise<void> {
  isWanted = true
  try {
    const { createColourer } = await import('./highlighter.ts')
    colourer.value = createColourer()
  } catch {
    isWanted = false
  }
}

/** Characters of a line, and of all, beyond which nothing is coloured. */
const longestLine = 500
const longest = 20_000

/** The lines in colour; each as one piece while what colours is not here, where the language is not known, and where a line is too long. */
export function coloured(lines: readonly string[], language: Language | undefined): readonly (readonly Piece[])[] {
  const plain = lines.map((text) => [{ text }])
  const length = lines.reduce((sum, text) => sum + text.length, 0)
  const colour = colourer.value
  if (colour === undefined || language === undefined || length > longest) return plain
  if (lines.some((text) => text.length > longestLine || /[\r\n]/.test(text))) return plain
  const pieces = colour(lines.join('\n'), language)
  return pieces.length === lines.length ? pieces : plain
}
