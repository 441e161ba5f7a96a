import { isListPosition } from '../../model/order.ts'
import { formatLabel } from '../../model/path.ts'
import type { EngineFinding, EnginePath } from '../protocol.ts'
import type { FirstError } from './messages.ts'

/** The rule of what is found without knowing whose constraint it is. */
const unattributed = { id: 'congruent:unattributed', explicit: false } as const
const ofThisEngine = 'congruent:cue-wasm/'

/** A finding at a path, without authors: this engine knows none. */
export function finding(kind: EngineFinding['kind'], path: EnginePath, message: string): EngineFinding {
  const isObserved = kind === 'mismatch' || kind === 'missing' || kind === 'unexpected'
  return { kind, path, at: textOf(path), message, rule: unattributed, conjuncts: [], reads: isObserved ? [path] : [] }
}

/** A finding that there is no verdict because this engine cannot tell; each `name` has a rule of its own. */
export function lackFinding(path: EnginePath, name: string, message: string): EngineFinding {
  return { ...finding('incomplete', path, message), rule: { id: `${ofThisEngine}${name}`, explicit: false } }
}

/** What CUE v0.4.3 fails to evaluate. */
export function unevaluated(error: FirstError): EngineFinding {
  return lackFinding(error.path, 'unevaluated', `CUE v0.4.3 cannot evaluate this: ${error.message}`)
}

/** What is added to the name of a lack where it is the reason that there is no verdict. */
export const remedy = ': cue-wasm cannot take this into account, use --engine cue-go'

/** What findings say of this engine rather than of what it was asked. */
export function lackWords(findings: readonly EngineFinding[]): readonly string[] {
  return findings
    .filter(({ rule }) => rule.id.startsWith(ofThisEngine))
    .map(({ at, message }) => (at === '' ? '' : `${at}: `) + message.replace(remedy, ''))
}

/** A path as CUE writes it, hidden fields and definitions as they are. */
export function textOf(path: EnginePath): string {
  return path.reduce((text, label) => {
    if (isListPosition(label) && text !== '') return `${text}[${label}]`
    const name = /^_?#/.test(label) || /^_./.test(label) ? label : formatLabel(label)
    return text === '' ? name : `${text}.${name}`
  }, '')
}
