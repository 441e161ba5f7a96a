import type { Acceptance } from '../engine/protocol.ts'
import { hasExactNumbers } from './exact-numbers.ts'
import type { Candidate, NamedDemands } from './question.ts'

/** Tells whether a value satisfies a schema; `label` is what the keyword `isLabel` compares with. */
export type Accepts<V = unknown> = (value: V, label: string) => boolean

/** How schemas and expressions for labels are run. */
export interface Dialect<V = unknown> {
  /** What cannot be run accepts nothing. */
  schema(json: string): Accepts<V>
  /** Tells whether a value holds all that constants, as `JSON.parse` made them, ask for. */
  constants(wanted: unknown): (value: V) => boolean
  /** Undefined where it cannot be run. */
  expression(source: string): ((text: string) => boolean) | undefined
}

/** What is demanded of single entities is read one by one, which costs more than it saves where there is very much. */
const mostNamedSchemas = 500

/** Says of a candidate whether the rules of its pattern, and what is demanded of it by name, accept it. */
export function judging<V>(
  patterns: readonly (readonly Acceptance[])[],
  dialect: Dialect<V>,
): (candidate: Candidate<V>) => boolean {
  const rules = patterns.map((acceptances) => acceptances.map((acceptance) => ruleOf(acceptance, dialect)))
  const holds = namedJudge(dialect)
  return ([pattern, label, value, named]) => {
    const own = rules[pattern] ?? []
    return (
      own.length > 0 &&
      own.every(
        (rule) => (rule.label !== undefined && rule.label(label) !== rule.matching) || rule.accepts(value, label),
      ) &&
      (named === undefined || holds(value, label, named))
    )
  }
}

interface Rule<V> {
  readonly label?: (text: string) => boolean
  /** Whether the rule is for labels that match, or for the others. */
  readonly matching?: boolean
  readonly accepts: Accepts<V>
}

/** A label's expression that cannot be run counts as matching, and nothing satisfies its rule. */
function ruleOf<V>({ label, others = false, schema }: Acceptance, dialect: Dialect<V>): Rule<V> {
  if (label === undefined) return { accepts: dialect.schema(schema) }
  const matches = dialect.expression(label)
  if (matches === undefined) return { accepts: () => false }
  return { label: matches, matching: !others, accepts: dialect.schema(schema) }
}

function namedJudge<V>(dialect: Dialect<V>): (value: V, label: string, demands: NamedDemands) => boolean {
  const schemas = new Map<string, Accepts<V>>()
  const schemaOf = (json: string): Accepts<V> => {
    const known = schemas.get(json)
    if (known !== undefined) return known
    if (schemas.size >= mostNamedSchemas) return () => false
    const made = dialect.schema(json)
    schemas.set(json, made)
    return made
  }
  const parsed = new Map<string, (value: V) => boolean>()
  const constantsOf = (json: string): ((value: V) => boolean) => {
    const known = parsed.get(json)
    if (known !== undefined) return known
    const made = hasExactNumbers(json) ? dialect.constants(JSON.parse(json)) : () => false
    if (parsed.size < mostNamedSchemas) parsed.set(json, made)
    return made
  }
  return (value, label, { constants, schemas: texts = [] }) => {
    if (constants !== undefined && !constantsOf(constants)(value)) return false
    return texts.every((text) => schemaOf(text)(value, label))
  }
}
