import type { Path } from '../../model/path.ts'
import { entityKey } from '../entity-key.ts'

/** A declaration of a CUE file that says of one entity nothing but constants, on lines of its own. */
export interface PlainEntity {
  readonly path: Path
  /** Of its path, and of the path of the map that it is in. */
  readonly key: string
  readonly collection: string
  /** Offsets; what follows on the last line is blank. */
  readonly start: number
  readonly end: number
  /** How many lines end in it. */
  readonly lines: number
}

/**
 * Finds declarations such as `services: "web": {replicas: 3, labels: team: "a"}` at the top of a file. What is not written in this plain
 * way is passed over, and nothing is looked for behind text of which a few rules do not tell where it ends.
 */
export function plainEntities(text: string): readonly PlainEntity[] {
  const found: PlainEntity[] = []
  let depth = 0
  let at = 0
  // A comment above a declaration is its own, or would be that of the next one.
  let isBelowComment = false
  while (at < text.length) {
    if (depth === 0 && isLineStart(text, at)) {
      const entity = isBelowComment ? undefined : entityAt(text, at)
      if (entity !== undefined) {
        found.push(entity)
        at = entity.end
        continue
      }
    }
    const token = matchAt(anyToken, text, at)
    if (token === undefined) return found
    if (token.startsWith('//')) isBelowComment = true
    else if (!/^\s/.test(token)) isBelowComment = false
    if ('{[('.includes(token)) depth += 1
    if ('}])'.includes(token)) depth -= 1
    at += token.length
  }
  return found
}

/** Blanks to the end of a line, a comment, a string on one line without interpolation, a word, or one other character that opens no string. */
const anyToken =
  /[ \t\r]*\n|[ \t\r]+|\/\/[^\n]*|"(?!"")(?:[^"\\\n]|\\[^(\n])*"(?!")|[\p{L}\p{Nd}_$#]+(?!["'])|[^\p{L}\p{Nd}_$#"'\s]/uy
const label = /(?:"((?![#_])[\x20-\x21\x23-\x5b\x5d-\x7e]*)"|([A-Za-z][A-Za-z0-9]*)):[ \t]*/y
const plainToken =
  /[\s,:{}[\]]+|"(?![#_])[\x20-\x21\x23-\x5b\x5d-\x7e]*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?![\w.])|[A-Za-z][A-Za-z0-9]*(?=:)|(?:true|false|null)(?!\w)/y
/** Nothing more on the line, and no comment next, which might be one of the declaration's own. */
const blankBehind = /[ \t\r]*(?:$|\n)(?!\s*\/\/)/y
/** Words that tell more than that a field is there, even as labels. */
const tellingLabel = /^(?:close|match[A-Z]\w*|true|false|null)$/

function entityAt(text: string, start: number): PlainEntity | undefined {
  const path: string[] = []
  let at = start
  for (;;) {
    label.lastIndex = at
    const match = label.exec(text)
    if (match === null) break
    path.push(match[1] ?? match[2] ?? '')
    at = label.lastIndex
  }
  if (text[at] !== '{' || path.length < 2) return undefined
  let depth = 0
  do {
    const token = matchAt(plainToken, text, at)
    if (token === undefined || (tellingLabel.test(token) && text[at + token.length] === ':')) return undefined
    for (const character of token.startsWith('"') ? '' : token) {
      if (character === '{' || character === '[') depth += 1
      else if (character === '}' || character === ']') depth -= 1
      at += 1
      if (depth === 0) break
    }
    if (token.startsWith('"')) at += token.length
  } while (depth > 0)
  if (matchAt(blankBehind, text, at) === undefined) return undefined
  let lines = 0
  for (let next = text.indexOf('\n', start); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) lines += 1
  return { path, key: entityKey(path), collection: entityKey(path.slice(0, -1)), start, end: at, lines }
}

function isLineStart(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n'
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
