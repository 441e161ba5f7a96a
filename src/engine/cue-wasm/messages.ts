import { isListPosition } from '../../model/order.ts'
import type { EnginePath } from '../protocol.ts'

/** What CUE v0.4.3 says when a text has no value: its first error. */
export interface FirstError {
  readonly path: EnginePath
  readonly message: string
  /**
   * `contradiction`: nothing can ever satisfy it. `unexpected`: a closed struct does not allow the field at the path.
   * `undetermined`: some value is still missing at the path. `other`: a syntax error, an unknown name, a failed call.
   */
  readonly kind: 'contradiction' | 'unexpected' | 'undetermined' | 'other'
}

const exporting = 'cue: marshal error: '
const undetermined = /^cannot convert incomplete value "/
const notAllowed = /^field not allowed: (.*?)(?: \(and \d+ more errors\))?$/s
const contradictions = [
  /^conflicting values /,
  /^invalid value .*\((out of bound|does not satisfy) /s,
  /^incompatible (bounds|list lengths) /,
  /^\d+ errors in empty disjunction/,
  /^explicit error \(_\|_ literal\) in source/,
]
/** CUE v0.4.3 tells 1 from 1.0; and it holds a list or struct to its validators before all of it is there. */
const hasty = [/mismatched types (?:float and int|int and float)\)/, /^invalid value [[{]/]
/** A label as CUE writes it in the path of a message. */
const label = /"(?:[^"\\]|\\.)*"|[\p{L}\p{Nd}_#$]+/uy

/** Reads CUE's words; they carry the path in front. */
export function readError(words: string): FirstError {
  const { path, message } = splitPath(words.startsWith(exporting) ? words.slice(exporting.length) : words)
  if (undetermined.test(message)) return { path, message, kind: 'undetermined' }
  const refused = notAllowed.exec(message)?.[1]
  if (refused !== undefined) return { path: [...path, unquote(refused)], message, kind: 'unexpected' }
  const isContradiction = contradictions.some((form) => form.test(message)) && !hasty.some((form) => form.test(message))
  return { path, message, kind: isContradiction ? 'contradiction' : 'other' }
}

/** The path in front of a message, if one is there: `a."b c".0: message`. */
function splitPath(words: string): { path: string[]; message: string } {
  const path: string[] = []
  let at = 0
  for (;;) {
    label.lastIndex = at
    const found = label.exec(words)?.[0]
    if (found === undefined) return { path: [], message: words }
    path.push(unquote(found))
    at += found.length
    if (words.startsWith(': ', at)) return { path, message: words.slice(at + 2) }
    if (words[at] !== '.') return { path: [], message: words }
    at++
  }
}

function unquote(label: string): string {
  if (!label.startsWith('"')) return label
  try {
    const text: unknown = JSON.parse(label)
    return typeof text === 'string' ? text : label
  } catch {
    return label
  }
}

/** The expression that selects a path from another; list positions are read as labels, or as positions where asked. */
export function select(expression: string, path: EnginePath, asPositions = false): string {
  const steps = path.map((step) => {
    if (asPositions && isListPosition(step)) return `[${step}]`
    return /^_?#?[\p{L}$][\p{L}\p{Nd}_$]*$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
  })
  return `(${expression})${steps.join('')}`
}
