/** Labels from the root of the desired state; list positions are decimal strings; `[]` is the root. */
export type Path = readonly string[]

/** A path pattern: `null` stands for any one label or list position. It reaches everything below. */
export type PathPattern = readonly (string | null)[]

/** A place in a text file; line and column count from 1, a column is a UTF-16 unit. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A text that is not a path: the message says where. */
export class PathSyntaxError extends SyntaxError {
  /** Of the first wrong character, from 0, in UTF-16 units. */
  readonly offset: number

  constructor(text: string, what: string, offset: number) {
    const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text
    super(`\`${shown.replaceAll(/\s+/g, ' ')}\` is not a path: ${what} at column ${offset + 1}`)
    this.name = 'PathSyntaxError'
    this.offset = offset
  }
}

/** Reads a path as CUE writes it: `services.web."a b".ports[0]`. The empty text is the root. Throws PathSyntaxError. */
export function parsePath(text: string): Path {
  return parseLabels(text).map(({ label, offset }) => {
    if (label === null)
      throw new PathSyntaxError(text, '`*` stands for a label in patterns only; a label `*` is written `"*"`,', offset)
    return label
  })
}

/** Reads a path pattern: as a path, with a bare `*`, or `[*]`, for any one label. Throws PathSyntaxError. */
export function parsePattern(text: string): PathPattern {
  return parseLabels(text).map(({ label }) => label)
}

/** Reads a path whose labels may hold `{name}` for the given names; they stay in the labels as they are written. Throws PathSyntaxError. */
export function parsePathTemplate(text: string, names: readonly string[]): Path {
  return parseLabels(text, names).map(({ label, offset }) => {
    if (label === null) throw new PathSyntaxError(text, '`*` cannot stand where state is put,', offset)
    return label
  })
}

/**
 * The text of a path: `services.web."a b".ports[0]`; the root is the empty text. A decimal label is a list position where `data`
 * has a list there, or where no data is given.
 */
export function formatPath(path: Path, data?: unknown): string {
  let value = data
  let text = ''
  for (const label of path) {
    const isPosition = data === undefined ? isDecimal(label) && text !== '' : Array.isArray(value) && isDecimal(label)
    text += isPosition ? `[${label}]` : (text === '' ? '' : '.') + formatLabel(label)
    value = memberOf(value, label)
  }
  return text
}

/** The text of a path pattern, with a bare `*` for any one label. Decimal labels are quoted: a position and a key of digits are one. */
export function formatPattern(pattern: PathPattern): string {
  return pattern.map((label) => (label === null ? '*' : formatLabel(label))).join('.')
}

/** A label as CUE writes it in a path: quoted unless it is a plain identifier. */
export function formatLabel(label: string): string {
  return /^[\p{L}$][\p{L}\p{Nd}_$]*$/u.test(label) ? label : JSON.stringify(label)
}

/** A label with the offset at which it stands; `null` is a bare `*`. */
interface ParsedLabel {
  readonly label: string | null
  readonly offset: number
}

function parseLabels(text: string, placeholders: readonly string[] = []): ParsedLabel[] {
  const labels: ParsedLabel[] = []
  let at = 0
  while (at < text.length) {
    if (text[at] === '[') {
      const { label, end } = parseIndex(text, at)
      labels.push({ label, offset: at })
      at = end
      continue
    }
    if (labels.length > 0) {
      if (text[at] !== '.') throw new PathSyntaxError(text, 'a `.` or `[` is required', at)
      at++
    }
    const { label, end } = text[at] === '"' ? parseQuoted(text, at) : parseBare(text, at, placeholders)
    labels.push({ label, offset: at })
    at = end
  }
  return labels
}

interface Parsed {
  readonly label: string | null
  readonly end: number
}

function parseIndex(text: string, start: number): Parsed {
  const match = /\[(?:(0|[1-9]\d*)|(\*)|("))/y
  match.lastIndex = start
  const found = match.exec(text)
  if (!found) throw new PathSyntaxError(text, 'a list position such as `[0]` is required', start)
  const inside: Parsed = found[3] ? parseQuoted(text, start + 1) : { label: found[1] ?? null, end: match.lastIndex }
  if (text[inside.end] !== ']') throw new PathSyntaxError(text, 'a closing `]` is required', inside.end)
  return { label: inside.label, end: inside.end + 1 }
}

function parseBare(text: string, start: number, placeholders: readonly string[]): Parsed {
  if (text[start] === '*') return { label: null, end: start + 1 }
  let end = start
  while (end < text.length) {
    const length = placeholderLength(text, end, placeholders) || identifierLength(text, end, end === start)
    if (length === 0) break
    end += length
  }
  const label = text.slice(start, end)
  if (label === '' || label === '#' || label === '_#') {
    const found = text[start] === undefined ? 'but the path ends' : `but \`${printable(text, start)}\` stands`
    throw new PathSyntaxError(text, `a label is required, in double quotes unless it is a plain word, ${found}`, start)
  }
  if (text[end] === '-') throw new PathSyntaxError(text, 'a label with `-` needs double quotes,', end)
  return { label, end }
}

/** The character at an offset, on one line. */
function printable(text: string, at: number): string {
  return JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0)).slice(1, -1)
}

/** Length of `{name}` if one of the names stands there. */
function placeholderLength(text: string, at: number, names: readonly string[]): number {
  const name = names.find((candidate) => text.startsWith(`{${candidate}}`, at))
  return name === undefined ? 0 : name.length + 2
}

/** Length of the characters of a CUE identifier that stand there, `#` and `_#` before definitions included. */
function identifierLength(text: string, at: number, first: boolean): number {
  const pattern = first ? /_?#[\p{L}_$]?|[\p{L}_$]/uy : /[\p{L}\p{Nd}_$]+/uy
  pattern.lastIndex = at
  return pattern.exec(text)?.[0].length ?? 0
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '/': '/',
  '\\': '\\',
  '"': '"',
}

function parseQuoted(text: string, start: number): Parsed {
  let label = ''
  for (let at = start + 1; at < text.length;) {
    const character = text.charAt(at)
    if (character === '"') return { label, end: at + 1 }
    if (character !== '\\') {
      label += character
      at++
      continue
    }
    const { value, length } = parseEscape(text, at)
    label += value
    at += length
  }
  throw new PathSyntaxError(text, 'a closing `"` is required', text.length)
}

function parseEscape(text: string, at: number): { readonly value: string; readonly length: number } {
  const simple = escapes[text.charAt(at + 1)]
  if (simple !== undefined) return { value: simple, length: 2 }
  const coded = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y
  coded.lastIndex = at
  const found = coded.exec(text)
  const code = found ? Number.parseInt(found[1] ?? found[2] ?? '', 16) : Number.NaN
  if (!found || code > 0x10ffff) throw new PathSyntaxError(text, 'an escape that paths do not know', at)
  return { value: String.fromCodePoint(code), length: found[0].length }
}

function isDecimal(label: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(label)
}

function memberOf(value: unknown, label: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, label)
    ? Reflect.get(value, label)
    : undefined
}
