import type { Acceptance } from '../../engine/protocol.ts'
import { judging } from '../judging.ts'
import type { Candidate } from '../question.ts'
import { meteredExpression } from './expression.ts'
import { Exhausted, type Meter } from './meter.ts'
import { meteredSchemas } from './schema.ts'

/** Steps for all candidates of one question: a few milliseconds at most. */
const stepsOfQuestion = 1_000_000

/** Characters of all schemas together: making functions of them takes time as well. */
const mostCharacters = 200_000

/** Says whether all candidates are accepted for certain; where telling it would take long, it says no. */
export type MeteredJudge = (candidates: readonly Candidate[]) => boolean

/** Judges in this thread: nothing that fragments or data say can keep it long. Undefined where the rules are too large for that. */
export function meteredJudge(patterns: readonly (readonly Acceptance[])[]): MeteredJudge | undefined {
  const length = patterns.flat().reduce((sum, { schema }) => sum + schema.length, 0)
  if (length > mostCharacters) return undefined
  const meter: Meter = { left: 0 }
  const accepts = judging(patterns, {
    schema: meteredSchemas(meter),
    expression: (source) => meteredExpression(source, meter),
  })
  return (candidates) => {
    meter.left = stepsOfQuestion
    try {
      return candidates.every(accepts)
    } catch (error) {
      if (error instanceof Exhausted) return false
      throw error
    }
  }
}
