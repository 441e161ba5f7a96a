/** Whether a path stands below another, by their texts. */
export function isBelow(path: string, above: string): boolean {
  return above === '' ? path !== '' : path.startsWith(`${above}.`) || path.startsWith(`${above}[`)
}

/** The label of the level below `above` that leads to a path; undefined where none does. */
export function labelTowards(path: string, above: string): string | undefined {
  if (!isBelow(path, above)) return undefined
  const [, quoted, plain, position] =
    /^\.?(?:("(?:[^"\\]|\\.)*")|([^."[\]]+)|\[(\d+)\])/.exec(path.slice(above.length)) ?? []
  return quoted === undefined ? (plain ?? position) : unquoted(quoted)
}

/** A text after which a label comes first of all that there are, as levels are sorted: positions by number, then names by code points. */
export function justBefore(label: string): string | undefined {
  if (/^[1-9]\d*$/.test(label)) return String(BigInt(label) - 1n)
  if (label === '0') return undefined
  const last = label.charCodeAt(label.length - 1) - 1
  // Half a character cannot be asked for.
  if (!(last >= 0) || (last >= firstHalf && last <= lastHalf)) return undefined
  return `${label.slice(0, -1)}${String.fromCharCode(last)}\uffff`
}

const firstHalf = 0xd7ff
const lastHalf = 0xdfff

function unquoted(text: string): string | undefined {
  try {
    const label: unknown = JSON.parse(text)
    return typeof label === 'string' ? label : undefined
  } catch {
    return undefined
  }
}
