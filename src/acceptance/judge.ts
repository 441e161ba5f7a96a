import type { Acceptance } from '../engine/protocol.ts'
import { holdsConstants } from './constants.ts'
import { hasExactNumbers } from './exact-numbers.ts'
import type { Candidate, NamedDemands, Question, Reply } from './question.ts'
import { schemaCompiler, type Accepts } from './schemas.ts'

/** How many sets of rules are kept compiled. */
const mostRules = 4
/** Schemas of single entities are compiled one by one, which costs more than it saves where there are very many. */
const mostNamedSchemas = 500

/** Answers questions, and keeps what was compiled for them. */
export function createJudge(): (question: Question) => Reply {
  const known = new Map<string, (candidate: Candidate) => boolean>()
  return ({ id, rules, entities }) => {
    let accepts = known.get(id)
    if (accepts === undefined) {
      if (rules === undefined) return { unknown: true }
      const [oldest] = known.keys()
      if (known.size >= mostRules && oldest !== undefined) known.delete(oldest)
      accepts = compiled(rules)
      known.set(id, accepts)
    }
    let accepted = ''
    for (const candidate of entities) accepted += accepts(candidate) ? '1' : '0'
    return { accepted }
  }
}

interface Rule {
  readonly label?: RegExp
  /** Whether the rule is for labels that match, or for the others. */
  readonly matching?: boolean
  readonly accepts: Accepts
}

function compiled(patterns: readonly (readonly Acceptance[])[]): (candidate: Candidate) => boolean {
  const compile = schemaCompiler()
  const rules = patterns.map((acceptances) => acceptances.map((acceptance) => ruleOf(acceptance, compile)))
  const holds = namedJudge(compile)
  return ([pattern, label, value, named]) => {
    const own = rules[pattern] ?? []
    return (
      own.length > 0 &&
      own.every(
        (rule) => (rule.label !== undefined && rule.label.test(label) !== rule.matching) || rule.accepts(value, label),
      ) &&
      (named === undefined || holds(value, label, named))
    )
  }
}

/** A label's expression that cannot be compiled counts as matching, and nothing satisfies its rule. */
function ruleOf({ label, others = false, schema }: Acceptance, compile: (json: string) => Accepts): Rule {
  if (label === undefined) return { accepts: compile(schema) }
  try {
    return { label: new RegExp(label, 'u'), matching: !others, accepts: compile(schema) }
  } catch {
    return { accepts: () => false }
  }
}

function namedJudge(
  compile: (json: string) => Accepts,
): (value: unknown, label: string, demands: NamedDemands) => boolean {
  const schemas = new Map<string, Accepts>()
  const schemaOf = (json: string): Accepts => {
    const known = schemas.get(json)
    if (known !== undefined) return known
    if (schemas.size >= mostNamedSchemas) return () => false
    const made = compile(json)
    schemas.set(json, made)
    return made
  }
  return (value, label, { constants, schemas: texts = [] }) =>
    (constants === undefined || (hasExactNumbers(constants) && holdsConstants(value, JSON.parse(constants)))) &&
    texts.every((text) => schemaOf(text)(value, label))
}
