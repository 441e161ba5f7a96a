// The lines of a YAML document as the quick reader sees them: one after another, each with the column at which it begins. What is
// unusual in any way ends the reading: then the careful reader reads the document.

/** Ends the quick reading of a document, which says nothing about the document. */
export class Unsure extends Error {}

// One for all, as it is thrown often and read never.
const unsure = new Unsure('left to the careful reader')

/** Leaves the document to the careful reader. */
export function giveUp(): never {
  throw unsure
}

const space = 0x20
const newline = 0x0a
const hash = 0x23
const colon = 0x3a
const quote = 0x22
const apostrophe = 0x27
const backslash = 0x5c
const dash = 0x2d

/** A longer key may be too long for YAML, too. */
const longestKey = 1000

/** Further right, a text may count as too deep. */
const furthest = 200

/** Reads a text from its beginning to its end. */
export class QuickLines {
  readonly text: string
  /** Where reading goes on. */
  at = 0
  /** Where the line begins on which it does. */
  start = 0
  /** The column at which that line's content begins; -1 behind the last line. */
  indent = -1

  constructor(text: string) {
    this.text = text
    this.toContent()
  }

  /** From the beginning of a line to the next content: past empty lines and comments. */
  toContent(): void {
    const { text } = this
    for (let start = this.at; start < text.length;) {
      let at = start
      let code = text.charCodeAt(at)
      while (code === space) code = text.charCodeAt(++at)
      if (at === text.length) break
      if (code !== newline && code !== hash) {
        this.start = start
        this.at = at
        this.indent = at - start
        return
      }
      start = this.#lineAfter(at)
    }
    this.at = text.length
    this.indent = -1
  }

  /** The column of what is read next. */
  column(): number {
    return this.at - this.start
  }

  /** Moves past spaces, and tells which character stands there; NaN at the end. */
  skipSpaces(): number {
    let code = this.text.charCodeAt(this.at)
    while (code === space) code = this.text.charCodeAt(++this.at)
    return code
  }

  /** Whether the line ends behind the spaces that stand here, apart from a comment. */
  isAtLineEnd(): boolean {
    const before = this.text.charCodeAt(this.at - 1)
    const code = this.skipSpaces()
    if (code !== hash) return isBreak(code)
    return before === space || this.text.charCodeAt(this.at - 1) === space
  }

  /** Nothing may follow on this line: to the next content. */
  endLine(): void {
    if (!this.isAtLineEnd()) giveUp()
    this.at = this.#lineAfter(this.at)
    this.toContent()
  }

  /** Whether an element of a list begins here: `- `. */
  isAtElement(): boolean {
    return this.text.charCodeAt(this.at) === dash && isSpaceOrBreak(this.text.charCodeAt(this.at + 1))
  }

  /** Whether a key and its colon stand here, on this line; stays where it is. */
  isAtKey(): boolean {
    const { at } = this
    const code = this.text.charCodeAt(at)
    if (code === quote || code === apostrophe) this.quoted()
    else this.plain(false)
    const isKey = this.text.charCodeAt(this.at) === colon && isSpaceOrBreak(this.text.charCodeAt(this.at + 1))
    this.at = at
    return isKey
  }

  /** Moves past the colon of a key that began at an offset. */
  endKey(from: number): void {
    if (this.text.charCodeAt(this.at) !== colon || !isSpaceOrBreak(this.text.charCodeAt(this.at + 1))) giveUp()
    if (this.at - from > longestKey) giveUp()
    this.at++
  }

  /** A plain scalar up to the end of the line, a comment or a colon; within brackets also up to a bracket or comma. */
  plain(inFlow: boolean): string {
    const { text, at: from } = this
    if (!mayBegin(text, from)) giveUp()
    let end = from
    let at = from
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === newline) break
      if (code === space) continue
      if (code === hash && end < at) break
      if (code === colon) {
        const next = text.charCodeAt(at + 1)
        if (isSpaceOrBreak(next) || (inFlow && isFlowMark(next))) break
      } else if (inFlow && isFlowMark(code)) break
      end = at + 1
    }
    if (at < text.length && text.charCodeAt(at) === colon && end < at) giveUp()
    this.at = end
    return text.slice(from, end)
  }

  /** A string in quotes that ends on its line. */
  quoted(): string {
    return this.text.charCodeAt(this.at) === quote ? this.#doubleQuoted() : this.#singleQuoted()
  }

  #doubleQuoted(): string {
    const { text, at: from } = this
    let isPlain = true
    for (let at = from + 1; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === newline) break
      if (code === backslash) {
        isPlain = false
        at++
      } else if (code === quote) {
        this.at = at + 1
        return isPlain ? text.slice(from + 1, at) : unescaped(text.slice(from, at + 1))
      }
    }
    return giveUp()
  }

  #singleQuoted(): string {
    const { text, at: from } = this
    let isPlain = true
    for (let at = from + 1; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === newline) break
      if (code !== apostrophe) continue
      if (text.charCodeAt(at + 1) === apostrophe) {
        isPlain = false
        at++
        continue
      }
      this.at = at + 1
      const content = text.slice(from + 1, at)
      return isPlain ? content : content.replaceAll("''", "'")
    }
    return giveUp()
  }

  /** A block scalar whose container stands at a column; ends at the next content. */
  blockScalar(column: number): string {
    const header = /[|>][-+]?\n/y
    header.lastIndex = this.at
    const [found] = header.exec(this.text) ?? giveUp()
    this.at += found.length
    const isFolded = found.startsWith('>')
    const lines = this.#blockLines(column, isFolded)
    let last = lines.length
    while (lines[last - 1] === '') last--
    const content = isFolded ? folded(lines.slice(0, last)) : lines.slice(0, last).join('\n')
    this.toContent()
    if (found.length === 2) return `${content}\n`
    return found[1] === '-' ? content : content + '\n'.repeat(Math.max(1, lines.length - last + 1))
  }

  /** The lines of a block scalar without their indent; a line of spaces is empty. */
  #blockLines(column: number, isFolded: boolean): readonly string[] {
    const { text } = this
    const lines: string[] = []
    let indent = 0
    let emptyIndent = 0
    while (this.at < text.length) {
      const start = this.at
      const code = this.skipSpaces()
      const width = this.at - start
      if (isBreak(code)) {
        emptyIndent = Math.max(emptyIndent, width)
        lines.push('')
      } else {
        if (width <= column) {
          this.at = start
          break
        }
        if (indent === 0) indent = width
        if (width < indent || (isFolded && width > indent) || isFar(text, start)) giveUp()
      }
      const next = this.#lineAfter(this.at)
      const end = text.charCodeAt(next - 1) === newline ? next - 1 : next
      if (!isBreak(code)) lines.push(text.slice(start + indent, end))
      this.at = next
    }
    if (indent === 0 || emptyIndent > indent || this.at === text.length) giveUp()
    return lines
  }

  #lineAfter(at: number): number {
    const end = this.text.indexOf('\n', at)
    return end < 0 ? this.text.length : end + 1
  }
}

function isBreak(code: number): boolean {
  return code === newline || Number.isNaN(code)
}

function isSpaceOrBreak(code: number): boolean {
  return code === space || isBreak(code)
}

/** `,` `[` `]` `{` `}` */
function isFlowMark(code: number): boolean {
  return code === 0x2c || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d
}

/** Whether a plain scalar surely can begin so. */
function mayBegin(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code === dash) return isWord(text.charCodeAt(at + 1))
  return isWord(code) || code === 0x2e || code === 0x2f || code === 0x7e || code === 0x24 || code === 0x28
}

/** Letters, digits, `_`, and everything beyond ASCII. */
function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code > 0x9f
  )
}

/** A string with the escapes of JSON, which mean the same here. */
function unescaped(source: string): string {
  try {
    const value: unknown = JSON.parse(source)
    return typeof value === 'string' ? value : giveUp()
  } catch {
    return giveUp()
  }
}

/** Lines become one where no empty line stands between them. */
function folded(lines: readonly string[]): string {
  let text = ''
  let empty = 0
  for (const [index, line] of lines.entries()) {
    if (line === '') empty++
    else {
      text += empty > 0 ? '\n'.repeat(empty) : index > 0 ? ' ' : ''
      text += line
      empty = 0
    }
  }
  return text
}

/** Whether a line goes far to the right before anything but spaces and the beginnings of elements stands there. */
function isFar(text: string, start: number): boolean {
  let at = start
  while (' -?'.includes(text.charAt(at)) && at < text.length) at++
  return at - start > furthest
}
