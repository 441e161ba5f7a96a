import { type Finding, kinds } from '../../model/finding.ts'
import { isListPosition } from '../../model/order.ts'
import { searchable } from '../columns.ts'

/** Lower than any character of a label, so that a path sorts before those below it. */
const end = '\u0001'
/** Before a label: list positions sort before names, by number. */
const position = '\u0002'
const name = '\u0003'
const positionDigits = 3

/** A text that sorts, byte by byte, as findings do: by path, kind and rule. */
export function placeOf({ path, kind, rule }: Pick<Finding, 'path' | 'kind' | 'rule'>): string {
  const rank = String(kinds.indexOf(kind)).padStart(2, '0')
  return `${path.map(labelText).join('')}${end}${rank}${searchable(rule.id)}`
}

/** A regular expression of PostgreSQL for the places at a path and below; the label `*` stands for any one. */
export function placePattern(path: readonly string[]): string {
  const any = `[${position}${name}][^${end}]*${end}`
  return `^${path.map((label) => (label === '*' ? any : escaped(labelText(label)))).join('')}`
}

function labelText(label: string): string {
  const kept = label.replaceAll(/\p{Cc}/gu, '\uFFFD')
  if (!isListPosition(label)) return `${name}${kept}${end}`
  return `${position}${String(label.length).padStart(positionDigits, '0')}${kept}${end}`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}
