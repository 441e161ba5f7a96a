let segmenter: Intl.Segmenter | undefined

/** One thing that a terminal shows, with the columns that it takes. */
export interface Cell {
  readonly text: string
  readonly columns: number
  /** Where it starts in the text, in UTF-16 units. */
  readonly start: number
}

/** A text as what a terminal shows of it, one character after the other. */
export function cellsOf(text: string): readonly Cell[] {
  if (simple.test(text)) return Array.from(text, (character, start) => ({ text: character, columns: 1, start }))
  // Made when first needed: most texts are plain, and making one takes longer than a small report.
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment, index }) => ({
    text: segment,
    columns: columnsOfCharacter(segment),
    start: index,
  }))
}

// ASCII, Latin letters and signs, and the dashes, dots and lines that reports draw: one column and one unit each.
const simple = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2026\u2500-\u257f]*$/

/** The columns that a text takes on a terminal: two for East Asian wide characters and emoji, none for marks that stand on others. */
export function columnsOf(text: string): number {
  if (simple.test(text)) return text.length
  return cellsOf(text).reduce((sum, { columns }) => sum + columns, 0)
}

/** A text filled with spaces to a number of columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

/** A text cut to a number of columns, ending in `…` if cut. */
export function cutToColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let taken = ''
  let used = 0
  for (const cell of cellsOf(text)) {
    if (used + cell.columns > columns - 1) break
    taken += cell.text
    used += cell.columns
  }
  return `${taken}…`
}

const zeroWidth = /^(?:\p{Mn}|\p{Me}|\p{Cf})+$/u
const emoji = /\p{Emoji_Presentation}|\u{fe0f}/u

function columnsOfCharacter(character: string): number {
  const point = character.codePointAt(0) ?? 0
  if (point < 0x300) return 1
  if (zeroWidth.test(character)) return 0
  return emoji.test(character) || isWide(point) ? 2 : 1
}

// East Asian Width W and F, from Unicode's EastAsianWidth table, joined to ranges.
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
]

function isWide(point: number): boolean {
  return wide.some(([first, last]) => point >= first && point <= last)
}
