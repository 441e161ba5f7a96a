// The desired state comes as CUE text, formatted by CUE. What is compared and shown level by level is its outline: fields that hold fields,
// down to values that are no plain struct, each with its text. Anything else of a struct (`...`, `if`, patterns) is kept as `rest`.

/** A field of formatted CUE text. */
export interface CueField {
  readonly label: string
  /** What follows the label: `!` is required, `?` optional. */
  readonly mark: '' | '!' | '?'
  readonly value: CueOutline
}

/** A value: its text, and its fields where it is a struct of fields. */
export interface CueOutline {
  readonly text: string
  readonly fields?: readonly CueField[]
  /** What else a struct of fields says. */
  readonly rest?: string
}

/** Deeper than this a value is text. */
const deepest = 256

/** The outline of a text as CUE formats a value: the fields of a struct without its braces, or one expression. */
export function cueOutline(text: string): CueOutline {
  const struct = readStruct(text, 0, 0)
  const isStruct = struct.end === text.length && (struct.fields.length > 0 || text.trim() === '')
  return isStruct ? outlineOf(text.trim(), struct) : { text: text.trim() }
}

/** The outline at a path; undefined where the text has no such field. */
export function outlineAt(outline: CueOutline, path: readonly string[]): CueOutline | undefined {
  return path.reduce<CueOutline | undefined>(
    (value, label) => value?.fields?.find((field) => field.label === label)?.value,
    outline,
  )
}

interface ReadStruct {
  readonly fields: readonly CueField[]
  readonly rest: string
  /** Where its closing brace stands, or the text ends. */
  readonly end: number
}

function outlineOf(text: string, { fields, rest }: ReadStruct): CueOutline {
  return { text: withoutIndent(text), fields, ...(rest === '' ? {} : { rest }) }
}

function readStruct(text: string, start: number, depth: number): ReadStruct {
  const fields: CueField[] = []
  const rest: string[] = []
  let at = start
  for (;;) {
    at = match(/(?:[\s,]|\/\/[^\n]*)*/y, text, at)?.end ?? at
    if (at >= text.length || text[at] === '}') return { fields, rest: rest.join('\n'), end: at }
    const label = readLabel(text, at)
    if (label === undefined) {
      const end = Math.max(endOfExpression(text, at), at + 1)
      const other = text.slice(at, end).trim()
      if (!/^import\b/.test(other)) rest.push(withoutIndent(other))
      at = end
      continue
    }
    const { value, end } = readValue(text, label.end, depth)
    fields.push({ label: label.label, mark: label.mark, value })
    at = end
  }
}

function readValue(text: string, after: number, depth: number): { readonly value: CueOutline; readonly end: number } {
  const start = match(/[ \t]*/y, text, after)?.end ?? after
  if (depth < deepest && text[start] === '{') {
    const struct = readStruct(text, start + 1, depth + 1)
    const end = struct.end + 1
    if (text[struct.end] === '}' && match(/[ \t]*(?=[\n,}]|\/\/|$)/y, text, end))
      return { value: outlineOf(text.slice(start + 1, struct.end).trim(), struct), end }
  }
  const label = depth < deepest ? readLabel(text, start) : undefined
  if (label === undefined) {
    const end = endOfExpression(text, start)
    return { value: { text: withoutIndent(text.slice(start, end).trim()) }, end }
  }
  // `tls: minVersion: "1.3"` is a struct of one field.
  const { value, end } = readValue(text, label.end, depth + 1)
  const inner = text.slice(start, end).trim()
  return { value: outlineOf(inner, { fields: [{ ...label, value }], rest: '', end }), end }
}

function readLabel(
  text: string,
  at: number,
): (Pick<CueField, 'label' | 'mark'> & { readonly end: number }) | undefined {
  const found = match(/([\p{L}\p{N}_$#]+|"(?:[^"\\\n]|\\[^(\n])*")([?!]?):/uy, text, at)
  if (found === undefined) return undefined
  const [, name = '', mark] = found.groups
  return { label: labelOf(name), mark: mark === '!' || mark === '?' ? mark : '', end: found.end }
}

function labelOf(name: string): string {
  if (!name.startsWith('"')) return name
  try {
    return String(JSON.parse(name))
  } catch {
    // CUE knows escapes that JSON does not.
    return name.slice(1, -1)
  }
}

/** Where an expression ends: at a comma, a closing brace or a line end outside all brackets and strings, unless an operator goes on. */
function endOfExpression(text: string, start: number): number {
  let open = 0
  let at = start
  while (at < text.length) {
    const char = text[at] ?? ''
    if (/["'#]/.test(char)) {
      at = endOfString(text, at)
      continue
    }
    if (text.startsWith('//', at)) {
      at = match(/[^\n]*/y, text, at)?.end ?? at
      continue
    }
    if ('([{'.includes(char)) open += 1
    else if (')]}'.includes(char)) {
      if (open === 0) return at
      open -= 1
    } else if (open === 0 && char === ',') return at
    else if (open === 0 && char === '\n' && !/[&|+\-*/<>=!~:]\s*$/.test(text.slice(Math.max(start, at - 8), at)))
      return at
    at += 1
  }
  return at
}

/** Where a string or bytes literal ends that begins here, with its interpolations; the next character where none does. */
function endOfString(text: string, start: number): number {
  const opening = match(/(#*)("""|'''|"|')/y, text, start)
  if (opening === undefined) return start + 1
  const [, hashes = '', quote = ''] = opening.groups
  for (let at = opening.end; at < text.length; at += 1) {
    if (text.startsWith(quote + hashes, at)) return at + quote.length + hashes.length
    if (quote.length === 1 && text[at] === '\n') return at
    if (!text.startsWith(`\\${hashes}`, at)) continue
    at += hashes.length + 1
    if (text[at] === '(') at = endOfExpression(text, at + 1)
  }
  return text.length
}

function match(
  pattern: RegExp,
  text: string,
  at: number,
): { readonly groups: readonly (string | undefined)[]; readonly end: number } | undefined {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  return found === null ? undefined : { groups: found, end: pattern.lastIndex }
}

/** Text that stood deeper, as it would stand at the root. */
function withoutIndent(text: string): string {
  const [first = '', ...others] = text.split('\n')
  const indents = others.filter((line) => line.trim() !== '').map((line) => /^\t*/.exec(line)?.[0].length ?? 0)
  const closing = /^\t*[)\]}]/.test(others.at(-1) ?? '')
  const least = Math.min(...(closing ? indents.slice(-1) : indents))
  return [
    first,
    ...others.map((line) => (Number.isFinite(least) ? line.slice(Math.min(least, indentOf(line))) : line)),
  ].join('\n')
}

function indentOf(line: string): number {
  return /^\t*/.exec(line)?.[0].length ?? 0
}
