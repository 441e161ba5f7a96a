import { signal } from '@preact/signals'
import type { CodeLine, Piece } from './code-frame.tsx'
import { languageOf, type Language } from './language.ts'

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

/** The lines in colour; as they are while what colours is not here, where the language of the file is not known, and where a line is too long. */
export function coloured(lines: readonly CodeLine[], file: string): readonly CodeLine[] {
  const language = languageOf(file)
  const length = lines.reduce((sum, { text }) => sum + text.length, 0)
  const colour = colourer.value
  if (colour === undefined || language === undefined || length > longest) return lines
  if (lines.some(({ text }) => text.length > longestLine || /[\r\n]/.test(text))) return lines
  const pieces = colour(lines.map(({ text }) => text).join('\n'), language)
  return pieces.length === lines.length ? lines.map((line, index) => ({ ...line, pieces: pieces[index] })) : lines
}
