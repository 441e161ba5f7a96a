import { keepNewest } from '../model/keep-newest.ts'
import { readPlanAnswer } from '../engine/answers.ts'
import type { Engine, EngineAnswer, EngineOptions } from '../engine/engine.ts'
import type { Fragments, PlanAnswer } from '../engine/protocol.ts'
import { Fault } from '../errors.ts'
import type { Memory } from '../memory/memory.ts'

const mostKnown = 4

/** Finds out how the fragments of a key can be divided; undefined where the engine cannot say. */
export type PlanOf = (
  key: string,
  fragments: Fragments,
  spend: <A>(step: (limits: EngineOptions) => Promise<A>) => Promise<A>,
) => Promise<EngineAnswer<PlanAnswer> | undefined>

/** Asks an engine for plans, once for equal fragments. */
export function plansOf(engine: Engine, memory: Memory): PlanOf {
  const known = new Map<string, EngineAnswer<PlanAnswer>>()
  return async (key, fragments, spend) => {
    const before = known.get(key) ?? (await recalled(memory, key))
    if (before === undefined && engine.plan === undefined) return undefined
    const plan = before ?? (await spend(async (limits) => engine.plan?.({ fragments }, limits)))
    if (plan === undefined) return undefined
    if (before === undefined) memory.remember([[key, JSON.stringify(plan)]])
    keepNewest(known, key, plan, mostKnown)
    return plan
  }
}

async function recalled(memory: Memory, key: string): Promise<EngineAnswer<PlanAnswer> | undefined> {
  const text = (await memory.recall([key])).get(key)
  if (text === undefined) return undefined
  try {
    return readPlanAnswer(text, key)
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}
