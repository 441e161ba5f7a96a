import type { Engine, EngineOptions } from '../engine/engine.ts'
import { Fault } from '../errors.ts'

/** Told of each request to an engine when it ends: what was asked, how many seconds it took, and the code of its fault. */
export type EngineTold = (operation: string, seconds: number, fault: string | undefined) => void

/** An engine that tells how long its requests take. */
export function measuredEngine(engine: Engine, told: EngineTold): Engine {
  const measured =
    <Request, Answer>(operation: string, ask: (request: Request, options: EngineOptions) => Promise<Answer>) =>
    async (request: Request, options: EngineOptions): Promise<Answer> => {
      let begun = performance.now()
      let fault: string | undefined
      // Waiting for a worker is nobody's work.
      const dispatched = (): void => {
        begun = performance.now()
        options.dispatched?.()
      }
      try {
        return await ask(request, { ...options, dispatched })
      } catch (error) {
        fault = error instanceof Fault ? error.code : 'INTERNAL'
        throw error
      } finally {
        told(operation, (performance.now() - begun) / 1000, fault)
      }
    }
  return {
    identity: engine.identity,
    ...(engine.parallel === undefined ? {} : { parallel: engine.parallel }),
    unify: measured('unify', (request, options) => engine.unify(request, options)),
    check: measured('check', (request, options) => engine.check(request, options)),
    explain: measured('explain', (request, options) => engine.explain(request, options)),
    ...(engine.plan && { plan: measured('plan', engine.plan.bind(engine)) }),
    ...(engine.rules && { rules: measured('rules', engine.rules.bind(engine)) }),
    ...(engine.exercised && { exercised: measured('exercised', engine.exercised.bind(engine)) }),
    ...(engine.mutants && { mutants: measured('mutants', engine.mutants.bind(engine)) }),
    ...(engine.diff && { diff: measured('diff', engine.diff.bind(engine)) }),
    ...(engine.latent && { latent: measured('latent', engine.latent.bind(engine)) }),
    ...(engine.lint && { lint: measured('lint', engine.lint.bind(engine)) }),
    ...(engine.removed && { removed: measured('removed', engine.removed.bind(engine)) }),
    ...(engine.supply && { supply: measured('supply', engine.supply.bind(engine)) }),
    ...(engine.outline && { outline: measured('outline', engine.outline.bind(engine)) }),
    close: () => engine.close(),
  }
}
