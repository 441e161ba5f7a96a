/**
 * A text with every way to write the same string made one: escapes of JSON and CUE are read, however deep, then white space, control
 * characters and backslashes are left out. Two renderings of one string have equal folded texts.
 */
export interface Folded {
  readonly text: string
  /** By unit of the folded text: where in the original its rendering begins. */
  readonly starts: readonly number[]
  /** By unit of the folded text: where in the original its rendering ends. */
  readonly ends: readonly number[]
}

const escape = /\\+(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|[abfnrtv])/y

/** Folds a text; `raw` takes letters behind a backslash for themselves, as in a text that is quoted nowhere. */
export function fold(text: string, raw = false): Folded {
  let folded = ''
  const starts: number[] = []
  const ends: number[] = []
  for (let at = 0; at < text.length;) {
    escape.lastIndex = at
    const escaped = raw || text[at] !== '\\' ? null : escape.exec(text)
    const end = at + (escaped?.[0].length ?? 1)
    const shown = escaped === null ? text.charAt(at) : decoded(escaped)
    if (!/[\s\\\p{Cc}]/u.test(shown)) {
      folded += shown
      for (const _ of shown.split('')) {
        starts.push(at)
        ends.push(end)
      }
    }
    at = end
  }
  return { text: folded, starts, ends }
}

function decoded([, short, long, byte]: RegExpExecArray): string {
  const digits = short ?? long ?? byte
  if (digits === undefined) return ''
  const code = Number.parseInt(digits, 16)
  if (code > 0x10ffff) return ''
  return short === undefined ? String.fromCodePoint(code) : String.fromCharCode(code)
}
