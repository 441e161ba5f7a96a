/** One document of a YAML text, with its directives and markers. */
export interface YamlSlice {
  readonly start: number
  readonly end: number
  /** Lines before `start`. */
  readonly linesBefore: number
  readonly lastLine: number
}

/**
 * Splits a YAML text where documents begin (`---`) and end (`...`). A line that begins so is a marker wherever it stands, so that a document
 * with a syntax error costs itself only. Comments and directives belong to the document that follows; what holds nothing else is no document.
 */
export function splitYaml(text: string): YamlSlice[] {
  const slices: YamlSlice[] = []
  let start = 0
  let startLine = 0
  let hasMarker = false
  let hasContent = false
  let line = 0
  const close = (end: number, endLine: number): void => {
    if (hasMarker || hasContent)
      slices.push({ start, end, linesBefore: startLine, lastLine: Math.max(endLine, startLine + 1) })
    else if (end < text.length) return
    start = end
    startLine = endLine
    hasMarker = false
    hasContent = false
  }
  for (let at = 0; at < text.length; line++) {
    const newline = text.indexOf('\n', at)
    const next = newline < 0 ? text.length : newline + 1
    const marker = markerAt(text, at)
    if (marker === '---') {
      close(at, line)
      hasMarker = true
      hasContent = !isBlank(text, at + 3, next)
    } else if (marker === '...') {
      close(next, line + 1)
    } else if (!hasContent && !isBlank(text, at, next)) hasContent = hasMarker || text[at] !== '%'
    at = next
  }
  close(text.length, line)
  return slices
}

function markerAt(text: string, at: number): '---' | '...' | undefined {
  const marker = text.startsWith('---', at) ? '---' : text.startsWith('...', at) ? '...' : undefined
  if (marker === undefined) return undefined
  const after = text[at + 3]
  return after === undefined || ' \t\r\n'.includes(after) ? marker : undefined
}

/** Whether nothing but space and a comment stands there. */
function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const character = text[at]
    if (character === '#') return true
    if (character !== ' ' && character !== '\t' && character !== '\r' && character !== '\n') return false
  }
  return true
}
