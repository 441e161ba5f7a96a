import { keepNewest } from '../model/keep-newest.ts'
import { holding } from './constants.ts'
import { judging, type Dialect } from './judging.ts'
import type { Candidate, Question, Reply } from './question.ts'
import { schemaCompiler } from './schemas.ts'
import { plainValues } from './values.ts'

/** How many sets of rules are kept compiled. */
const mostRules = 4

/** Answers questions, and keeps what was compiled for them. */
export function createJudge(): (question: Question) => Reply {
  const known = new Map<string, (candidate: Candidate) => boolean>()
  return ({ id, rules, entities }) => {
    let accepts = known.get(id)
    if (accepts === undefined) {
      if (rules === undefined) return { unknown: true }
      accepts = judging(rules, compiling())
      keepNewest(known, id, accepts, mostRules)
    }
    let accepted = ''
    for (const candidate of entities) accepted += accepts(candidate) ? '1' : '0'
    return { accepted }
  }
}

function compiling(): Dialect {
  return {
    schema: schemaCompiler(),
    constants: (wanted) => holding(plainValues, wanted),
    expression: (source) => {
      try {
        const expression = new RegExp(source, 'u')
        return (text) => expression.test(text)
      } catch {
        return undefined
      }
    },
  }
}
