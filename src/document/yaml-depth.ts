import { Lexer } from 'yaml'
import { deepest } from './limits.ts'

/** Offset at which a YAML text becomes deeper than the limit, judged without recursion; undefined if it never does. */
export function yamlTooDeepAt(text: string): number | undefined {
  return blockTooDeepAt(text) ?? (mayBeTooDeep(text) ? flowTooDeepAt(text) : undefined)
}

/** Block maps and lists: each level needs a column of its own, further right than the one around it. */
function blockTooDeepAt(text: string): number | undefined {
  const columns: number[] = []
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    let at = start
    while (text[at] === ' ') at++
    if (at < end && text[at] !== '\r' && text[at] !== '#') {
      while ((columns.at(-1) ?? -1) >= at - start) columns.pop()
      columns.push(at - start)
      for (at = afterIndicator(text, at); at > 0 && columns.length <= deepest; at = afterIndicator(text, at))
        columns.push(at - start)
      if (columns.length > deepest) return start
    }
    start = end + 1
  }
  return undefined
}

/** Offset of what follows a `- ` or `? ` that stands here, else 0. */
function afterIndicator(text: string, at: number): number {
  if ((text[at] !== '-' && text[at] !== '?') || text[at + 1] !== ' ') return 0
  let next = at + 1
  while (text[next] === ' ') next++
  return next
}

/** Whether there are enough opening brackets at all, in strings and comments too. */
function mayBeTooDeep(text: string): boolean {
  let opened = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if ((code === 0x5b || code === 0x7b) && ++opened > deepest) return true
  }
  return false
}

/** Asks the lexer which brackets count. */
function flowTooDeepAt(text: string): number | undefined {
  let depth = 0
  let offset = 0
  let isScalar = false
  for (const token of new Lexer().lex(text)) {
    if (!isScalar && (token === '{' || token === '[')) depth++
    else if (!isScalar && (token === '}' || token === ']')) depth--
    if (depth > deepest) return offset
    isScalar = token === scalarFollows
    if (!markers.has(token)) offset += token.length
  }
  return undefined
}

/** What the lexer says beside the text itself. */
const scalarFollows = '\u001f'
const markers: ReadonlySet<string> = new Set(['\u0002', '\u0018', scalarFollows])
