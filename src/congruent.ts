import type { Engine } from './engine/engine.ts'
import { check, type CheckInput, type CheckResult } from './operations/check.ts'
import type { EngineName } from './operations/dependencies.ts'
import { explain, type ExplainInput, type ExplainResult } from './operations/explain.ts'
import { plan, type PlanInput, type PlanResult } from './operations/plan.ts'
import { unify, type UnifyInput, type UnifyResult } from './operations/unify.ts'
import { packageVersion } from './version.ts'

export { init } from './operations/init.ts'

/** What Congruent works with; it touches nothing else of the world but the sources that requests name. */
export interface CongruentOptions {
  /** The evaluator, or a choice by the name that a workspace or a request gives; an engine is asked for when first needed. */
  readonly engine: Engine | ((name: EngineName) => Engine | Promise<Engine>)
  /** Default: the clock of the system. */
  readonly clock?: () => Date
}

/** Unifies fragments, checks observations against them, and explains: each a function from a request to an answer. */
export interface Congruent {
  check(input: CheckInput): Promise<CheckResult>
  unify(input: UnifyInput): Promise<UnifyResult>
  explain(input: ExplainInput): Promise<ExplainResult>
  /** Says how a check is divided, and what stands in the way of more. */
  plan(input: PlanInput): Promise<PlanResult>
  /** Ends the engines that were used. */
  close(): Promise<void>
}

/** Brings the operations and what they work with together; the command line and programs use the same. */
export function createCongruent({ engine, clock = () => new Date() }: CongruentOptions): Congruent {
  const engines = new Map<EngineName, Promise<Engine>>()
  const dependencies = {
    clock,
    version: packageVersion(),
    engine: (name: EngineName): Promise<Engine> => {
      const chosen = engines.get(name) ?? Promise.resolve(typeof engine === 'function' ? engine(name) : engine)
      engines.set(name, chosen)
      return chosen
    },
  }
  return {
    check: (input) => check(dependencies, input),
    unify: (input) => unify(dependencies, input),
    explain: (input) => explain(dependencies, input),
    plan: (input) => plan(dependencies, input),
    close: async () => {
      const used = await Promise.allSettled(engines.values())
      const open = new Set(used.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
      await Promise.all(Array.from(open, (one) => one.close()))
    },
  }
}
