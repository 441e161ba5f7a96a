import { formatLabel } from '../../model/path.ts'
import { isListPosition } from '../../model/order.ts'
import type { EngineFinding, EnginePath } from '../protocol.ts'
import type { DesiredText } from './desired.ts'
import type { FirstError } from './messages.ts'

/** The rule of what is found without knowing whose constraint it is. */
const unattributed = { id: 'congruent:unattributed', explicit: false } as const

/** A finding at a path, without authors: this engine knows none. */
export function finding(kind: EngineFinding['kind'], path: EnginePath, message: string): EngineFinding {
  const isObserved = kind === 'mismatch' || kind === 'missing' || kind === 'unexpected'
  return { kind, path, at: textOf(path), message, rule: unattributed, conjuncts: [], reads: isObserved ? [path] : [] }
}

/** The findings that say that there is no verdict because something cannot be read; each has a rule of its own. */
export function lackFindings(desired: DesiredText, lacks: readonly Lack[]): EngineFinding[] {
  const parts = desired.unreadable.map(({ part, team, constructs }) => ({
    ...incomplete(part, `fragment \`${part}\` has ${constructs.map((text) => `\`${text}\``).join(', ')}`),
    teams: [team],
  }))
  return [...parts, ...lacks.map(({ name, words }) => incomplete(name, words))]
}

/** What of a request this engine cannot take into account. */
export interface Lack {
  /** One word for the id of the rule. */
  readonly name: string
  readonly words: string
}

function incomplete(name: string, words: string): EngineFinding {
  const message = `${words}: cue-wasm cannot take this into account, use --engine cue-go`
  return { ...finding('incomplete', [], message), rule: { id: `congruent:cue-wasm/${name}`, explicit: false } }
}

/** The finding of an error that is not a contradiction: CUE v0.4.3 could not evaluate. */
export function unevaluated(error: FirstError): EngineFinding {
  return finding('incomplete', error.path, `CUE v0.4.3 cannot evaluate this: ${error.message}`)
}

function textOf(path: EnginePath): string {
  return path.reduce((text, label) => {
    if (isListPosition(label) && text !== '') return `${text}[${label}]`
    const name = /^_?#/.test(label) || /^_./.test(label) ? label : formatLabel(label)
    return text === '' ? name : `${text}.${name}`
  }, '')
}
