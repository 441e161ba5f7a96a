import { Decimal } from './data.ts'

/** How JSON text is laid out. */
export interface JsonLayout {
  /** Spaces per level; 0, the default, is one line. */
  readonly indent?: number
  /** Keys in the order of their UTF-16 units: equal data, equal text. */
  readonly sorted?: boolean
}

/**
 * JSON text as JSON.stringify writes it, but with exact numbers: a `bigint` and a `Decimal` are their digits.
 * Members that are undefined are left out. Recursion is as deep as the value, which readers limit.
 */
export function exactJson(value: unknown, layout: JsonLayout = {}): string {
  return write(value, layout, '\n')
}

function write(value: unknown, layout: JsonLayout, lineBreak: string): string {
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Decimal) return value.text
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const inner = lineBreak + ' '.repeat(layout.indent ?? 0)
  if (Array.isArray(value)) {
    const elements = value.map((element: unknown) => write(element, layout, inner))
    return enclosed('[', elements, ']', layout, lineBreak, inner)
  }
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  if (layout.sorted) entries.sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
  const colon = layout.indent ? ': ' : ':'
  const members = entries.map(([key, member]) => `${JSON.stringify(key)}${colon}${write(member, layout, inner)}`)
  return enclosed('{', members, '}', layout, lineBreak, inner)
}

function enclosed(
  open: string,
  members: readonly string[],
  close: string,
  { indent }: JsonLayout,
  lineBreak: string,
  inner: string,
): string {
  if (members.length === 0 || !indent) return `${open}${members.join(',')}${close}`
  return `${open}${inner}${members.join(`,${inner}`)}${lineBreak}${close}`
}
