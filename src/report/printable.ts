// Control characters, among them the terminal's escapes; marks that reorder text; separators that a terminal takes for line ends; what
// is no character at all, which XML and YAML do not take.
const unprintable =
  /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffb}]/gu

// Most texts: looking for the above in them takes longer, the first time above all.
const harmless = /^[\x20-\x7e]*$/

/** A text that does nothing to a terminal but show: whatever controls or reorders is written as `\u{1b}`, line ends as `\n`. */
export function printable(text: string): string {
  return harmless.test(text) ? text : text.replaceAll(unprintable, escaped)
}

/** The same for a text of several lines, whose ends are kept. */
export function printableLines(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/).map((line) => printable(line.replaceAll('\t', '    ')))
}

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escaped(character: string): string {
  return short[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
