import { Decimal, type Data } from '../model/data.ts'
import { NotCue, tokenize, type Token } from '../model/cue-tokens.ts'

// Which literals of CUE texts may be values of sensitive fields, by names alone: every literal below a field whose label is the last label of
// a sensitive path, and below whatever such a field names, wherever that stands. That is more than there are, never less, as far as values
// are written and not worked out. What a literal is only compared with, and the words of `error(…)`, are no values.

/** A literal of a CUE text. */
export interface CueValue {
  readonly value: Data
  readonly start: number
  readonly end: number
}

/** Literals of texts that a field with one of the labels may have as its value; `everywhere`: every literal there is. */
export function cueValues(texts: readonly string[], labels: ReadonlySet<string> | 'everywhere'): readonly Data[] {
  if (labels === 'everywhere') return texts.flatMap((text) => valuesIn(text).map(({ value }) => value))
  const fields = new Map<string, Field[]>()
  for (const field of texts.flatMap(fieldsOf)) {
    const same = fields.get(field.label)
    if (same) same.push(field)
    else fields.set(field.label, [field])
  }
  const found: Data[] = []
  const wanted = [...labels]
  const known = new Set<string>(wanted)
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    for (const field of fields.get(name) ?? []) {
      const tokens = field.tokens()
      found.push(...valuesAmong(tokens).map(({ value }) => value))
      for (const named of namesAmong(tokens)) {
        if (known.has(named)) continue
        known.add(named)
        wanted.push(named)
      }
    }
  }
  return found
}

/** The literals of an expression that are values of it. */
export function valuesIn(text: string): readonly CueValue[] {
  return valuesAmong(tokensOf(text))
}

/** A text that is not CUE still shows its strings and numbers. */
function tokensOf(text: string): readonly Token[] {
  try {
    return tokenize(text)
  } catch (error) {
    if (!(error instanceof NotCue)) throw error
    const pieces = text.matchAll(
      /"(?:[^"\\\n]|\\.)*(?:"|…|$)|'(?:[^'\\\n]|\\.)*(?:'|…|$)|\d[\w.]*|[\p{L}_#]+|[<>!=]=?~?|[:,()[\]{}]/gu,
    )
    return Array.from(pieces, ({ 0: piece, index }) => ({
      kind: kindOf(piece),
      text: piece,
      start: index,
      end: index + piece.length,
    }))
  }
}

function kindOf(piece: string): Token['kind'] {
  if (/^["']/.test(piece)) return 'text'
  if (/^\d/.test(piece)) return 'number'
  return /^[\p{L}_#]/u.test(piece) ? 'name' : 'mark'
}

interface Field {
  readonly label: string
  /** Of its value. */
  tokens(): readonly Token[]
}

function fieldsOf(text: string): readonly Field[] {
  const tokens = tokensOf(text)
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'name' && token.kind !== 'text') return []
    const colon = colonAfter(tokens, index)
    if (colon === undefined) return []
    const label = token.kind === 'name' ? token.text : inside(token.text)
    return [{ label, tokens: () => tokens.slice(colon + 1, endOfValue(text, tokens, colon + 1)) }]
  })
}

/** Where the colon, or of `let x = …` the sign, behind a label stands. */
function colonAfter(tokens: readonly Token[], index: number): number | undefined {
  const next = tokens[index + 1]?.text
  if (next === ':' || (next === '=' && tokens[index]?.kind === 'name')) return index + 1
  return (next === '?' || next === '!') && tokens[index + 2]?.text === ':' ? index + 2 : undefined
}

/** A value goes on over lines while a bracket is open or an operator asks for more. */
function endOfValue(source: string, tokens: readonly Token[], from: number): number {
  let depth = 0
  for (let index = from; index < tokens.length; index++) {
    const token = tokens[index]
    const before = tokens[index - 1]
    if (token === undefined || before === undefined) break
    const isNewLine = source.slice(before.end, token.start).includes('\n')
    if (depth === 0 && index > from && isNewLine && isEnding(before)) return index
    if (token.kind !== 'mark') continue
    if (depth === 0 && (token.text === ',' || ')]}'.includes(token.text))) return index
    if ('([{'.includes(token.text)) depth++
    if (')]}'.includes(token.text)) depth--
  }
  return tokens.length
}

/** Whether a statement may end behind a token where its line does. */
function isEnding({ kind, text }: Token): boolean {
  return kind !== 'mark' || [')', ']', '}', '_|_', '...', '?', '!'].includes(text)
}

const constraining = /^(?:error|(?:Min|Max)(?:Runes|Items|Fields))$/

function valuesAmong(tokens: readonly Token[]): readonly CueValue[] {
  const values: CueValue[] = []
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]
    if (token === undefined) break
    if (token.kind === 'name' && constraining.test(token.text) && tokens[index + 1]?.text === '(') {
      index = endOfCall(tokens, index + 1)
      continue
    }
    const before = tokens[index - 1]
    if (before?.kind === 'mark' && /^(?:[<>]=?|[=!]~|!=)$/.test(before.text)) continue
    const value = valueOf(token)
    if (value !== undefined && colonAfter(tokens, index) === undefined && !isIndex(tokens, index))
      values.push({ value, start: token.start, end: token.end })
  }
  return values
}

function endOfCall(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let index = open; index < tokens.length; index++) {
    const { kind, text } = tokens[index] ?? { kind: 'mark', text: '' }
    if (kind !== 'mark') continue
    if (text === '(') depth++
    if (text === ')' && --depth === 0) return index
  }
  return tokens.length
}

function valueOf({ kind, text }: Token): Data | undefined {
  if (kind === 'text') return inside(text)
  if (kind === 'number') return new Decimal(text)
  if (kind === 'name' && (text === 'true' || text === 'false')) return text === 'true'
  return undefined
}

/** `secrets["key"]`: what stands in the brackets is a label. */
function isIndex(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 2]
  return (
    tokens[index - 1]?.text === '[' &&
    tokens[index + 1]?.text === ']' &&
    before !== undefined &&
    (before.kind === 'name' || before.text === ']' || before.text === ')') &&
    before.end === tokens[index - 1]?.start
  )
}

const words = new Set([
  'true',
  'false',
  'null',
  'string',
  'bytes',
  'number',
  'int',
  'float',
  'bool',
  'if',
  'for',
  'in',
  'let',
  'len',
  'error',
  '_',
])

/** Of each reference the label that it ends with. */
function namesAmong(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap((token, index) => {
    if (token.kind === 'text') return isIndex(tokens, index) ? [inside(token.text)] : []
    if (token.kind !== 'name' || words.has(token.text) || tokens[index + 1]?.text === '.') return []
    if (isIndex(tokens, index + 2)) return []
    return colonAfter(tokens, index) === undefined ? [token.text] : []
  })
}

/** What stands between the quotes of a string, or of a piece of one. */
function inside(text: string): string {
  return text.replace(/^(?:\)|#*(?:"""|'''|"|'))/, '').replace(/(?:\\#*\(|(?:"""|'''|"|')#*|…)$/, '')
}
