import type { ByteLine } from '../../document/byte-lines.ts'

/** Lines that follow one another. */
export interface LineGroup {
  /** The number of the first of them. */
  readonly first: number
  readonly lines: readonly Uint8Array[]
}

/** So much of a batch is one piece of work. */
const mostLines = 64
const mostBytes = 64 * 1024

/** Lines in groups, in order. The first line of a batch, which may be what is common, stands alone, and so does one that is very long or too long. */
export function groupsOf(lines: readonly ByteLine[]): readonly (LineGroup | ByteLine)[] {
  const groups: (LineGroup | ByteLine)[] = []
  let open: { readonly first: number; readonly lines: Uint8Array[] } | undefined
  let size = 0
  for (const line of lines) {
    const { number, bytes } = line
    if (number === 1 || bytes === undefined || bytes.length > mostBytes) {
      groups.push(line)
      open = undefined
      continue
    }
    if (open === undefined || open.lines.length === mostLines || size + bytes.length > mostBytes) {
      open = { first: number, lines: [] }
      size = 0
      groups.push(open)
    }
    open.lines.push(bytes)
    size += bytes.length
  }
  return groups
}

/** Every line of a group, or the one that stands alone. */
export function linesOf(group: LineGroup | ByteLine): readonly ByteLine[] {
  return 'lines' in group ? group.lines.map((bytes, index) => ({ number: group.first + index, bytes })) : [group]
}
