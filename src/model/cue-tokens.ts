/** A piece of CUE text; `start` and `end` are offsets in it. */
export interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'attribute' | 'mark'
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Thrown where a text does not come apart into CUE's tokens. */
export class NotCue extends Error {}

const patterns = [
  ['space', /(?:\s|\/\/[^\n]*)+/y],
  ['mark', /_\|_/y],
  ['name', /(?:_?#)?[\p{L}_$][\p{L}\p{Nd}_$]*/uy],
  ['number', /(?:\d|\.\d)[\w.]*/y],
  ['mark', /\.\.\.|[&|=!<>]=?~?|[^\s\w"']/uy],
] as const

const opening = /(#*)("""|'''|"|')/y
const attributeName = /@[\p{L}_$][\p{L}\p{Nd}_$.]*\(/uy

/**
 * The tokens of a CUE text without comments and white space. A string stands as a `text` token for each of its pieces;
 * the tokens of what it interpolates stand between them. Throws a NotCue if a string, an attribute or a bracket stays open.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  const end = readUntil(text, 0, tokens, '')
  if (end < text.length) throw new NotCue(`"${text.charAt(end)}" closes nothing`)
  return tokens
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** Reads tokens until the bracket that closes the innermost open one; answers where it stands. */
function readUntil(text: string, from: number, tokens: Token[], closer: string): number {
  const open = [closer]
  let at = from
  while (at < text.length) {
    const string = match(opening, text, at)
    if (string !== undefined) {
      at = readString(text, at, string, tokens)
      continue
    }
    if (match(attributeName, text, at) !== undefined) {
      at = readAttribute(text, at, tokens)
      continue
    }
    const token = readToken(text, at)
    if (token.kind === 'mark') {
      const closes = closers[token.text]
      if (closes !== undefined) open.push(closes)
      else if (')]}'.includes(token.text)) {
        if (open.pop() !== token.text) throw new NotCue(`"${token.text}" closes nothing`)
        if (open.length === 0) return at
      }
    }
    at = token.end
    if (token.kind !== 'space') tokens.push({ ...token, kind: token.kind })
  }
  if (open.length !== 1 || closer !== '') throw new NotCue(`"${open.at(-1)}" is missing`)
  return at
}

function readToken(text: string, start: number): Omit<Token, 'kind'> & { kind: Token['kind'] | 'space' } {
  for (const [kind, pattern] of patterns) {
    const found = match(pattern, text, start)
    if (found !== undefined) return { kind, text: found[0], start, end: start + found[0].length }
  }
  throw new NotCue(`"${text.charAt(start)}" begins no token`)
}

/** A string from its quote on: pieces as tokens, and between them the tokens of each `\(…)`. */
function readString(
  text: string,
  start: number,
  [, hashes = '', quote = '']: RegExpExecArray,
  tokens: Token[],
): number {
  const escape = `\\${hashes}`
  const close = quote + hashes
  const isLong = quote.length === 3
  let piece = start
  let at = start + hashes.length + quote.length
  const keep = (end: number): void =>
    void tokens.push({ kind: 'text', text: text.slice(piece, end), start: piece, end })
  while (at < text.length) {
    if (text.startsWith(close, at)) {
      keep(at + close.length)
      return at + close.length
    }
    if (text.startsWith(escape, at)) {
      at += escape.length
      if (text[at] !== '(') {
        at++
        continue
      }
      keep(at + 1)
      at = readUntil(text, at + 1, tokens, ')') + 1
      piece = at - 1
    } else if (!isLong && text[at] === '\n') {
      break
    } else {
      at++
    }
  }
  throw new NotCue(`a string lacks its ${close}`)
}

/** An attribute as one token; its body is any tokens with balanced brackets. */
function readAttribute(text: string, start: number, tokens: Token[]): number {
  const body = text.indexOf('(', start) + 1
  const end = readUntil(text, body, [], ')') + 1
  tokens.push({ kind: 'attribute', text: text.slice(start, end), start, end })
  return end
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}
