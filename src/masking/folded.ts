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

const escape = /u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|[abfnrtv]/y
const nothing = /[\s\\\p{Cc}]+/gu

/** Folds a text; `raw` takes letters behind a backslash for themselves, as in a text that is quoted nowhere. */
export function fold(text: string, raw = false): Folded {
  const pieces: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  const keep = (shown: string, start: number, end: number): void => {
    const kept = shown.replaceAll(nothing, '')
    pieces.push(kept)
    for (let unit = 0; unit < kept.length; unit++) {
      starts.push(start)
      ends.push(end)
    }
  }
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at)
    if (code > 0x20 && code < 0x7f && code !== 0x5c) {
      pieces.push(text.charAt(at))
      starts.push(at)
      ends.push(++at)
    } else if (code === 0x5c) {
      const start = at
      while (text.charCodeAt(at) === 0x5c) at++
      escape.lastIndex = at
      const escaped = raw ? null : escape.exec(text)
      at += escaped?.[0].length ?? 0
      if (escaped !== null) keep(decoded(escaped), start, at)
    } else {
      keep(text.charAt(at), at, at + 1)
      at++
    }
  }
  return { text: pieces.join(''), starts, ends }
}

/** The folded text alone. */
export function foldedText(text: string, raw = false): string {
  return raw || !text.includes('\\') ? text.replaceAll(nothing, '') : fold(text).text
}

function decoded([, short, long, byte]: RegExpExecArray): string {
  const digits = short ?? long ?? byte
  if (digits === undefined) return ''
  const code = Number.parseInt(digits, 16)
  if (code > 0x10ffff) return ''
  return short === undefined ? String.fromCodePoint(code) : String.fromCharCode(code)
}
