import type { FlatJson } from '../../document/flat-json.ts'
import type { Acceptance } from '../../engine/protocol.ts'
import { flatValues } from '../flat-values.ts'
import { judging } from '../judging.ts'
import type { Candidate } from '../question.ts'
import { holding } from '../constants.ts'
import { meteredExpression } from './expression.ts'
import { Exhausted, type Meter } from './meter.ts'
import { meteredSchemas } from './schema.ts'
import { plainValues, type Values } from '../values.ts'

/** Steps for all candidates of one question: a few milliseconds at most. */
const stepsOfQuestion = 1_000_000

/** Characters of all schemas together: making functions of them takes time as well. */
const mostCharacters = 200_000

/** Says whether all candidates are accepted for certain; where telling it would take long, it says no. */
export type MeteredJudge<V = unknown> = (candidates: readonly Candidate<V>[]) => boolean

/** Judges in this thread: nothing that fragments or data say can keep it long. Undefined where the rules are too large for that. */
export function meteredJudge(patterns: readonly (readonly Acceptance[])[]): MeteredJudge | undefined {
  return meteredJudgeOf(patterns, plainValues)
}

/** Judges of the same rules: of values, and of those that lie in flat JSON. */
export interface JudgesAtOnce {
  readonly values: MeteredJudge
  readonly flat: (json: FlatJson, candidates: readonly Candidate<number>[]) => boolean
}

/** Both judges; undefined where the rules are too large for that. */
export function judgesAtOnce(patterns: readonly (readonly Acceptance[])[]): JudgesAtOnce | undefined {
  const values = meteredJudge(patterns)
  const at: { json: FlatJson | undefined } = { json: undefined }
  const judge = meteredJudgeOf(patterns, flatValues(at))
  if (values === undefined || judge === undefined) return undefined
  return {
    values,
    flat: (json, candidates) => {
      at.json = json
      const accepts = judge(candidates)
      at.json = undefined
      return accepts
    },
  }
}

function meteredJudgeOf<V>(
  patterns: readonly (readonly Acceptance[])[],
  values: Values<V>,
): MeteredJudge<V> | undefined {
  const length = patterns.flat().reduce((sum, { schema }) => sum + schema.length, 0)
  if (length > mostCharacters) return undefined
  const meter: Meter = { left: 0 }
  const accepts = judging<V>(patterns, {
    schema: meteredSchemas(meter, values),
    expression: (source) => meteredExpression(source, meter),
    constants: (wanted) => holding(values, wanted),
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
