import type { Engine } from '../engine/engine.ts'
import type { Memory } from '../memory/memory.ts'
import { digestOf } from './digest.ts'

/** An engine that is asked the same only once: whole answers are kept as long as there is room. What it says of parts is not. */
export function rememberingEngine(engine: Engine, memory: Memory): Engine {
  const { identity, parallel } = engine
  const plan = engine.plan?.bind(engine)
  const rules = engine.rules?.bind(engine)
  const lint = engine.lint?.bind(engine)
  const diff = engine.diff?.bind(engine)
  const exercised = engine.exercised?.bind(engine)
  const mutants = engine.mutants?.bind(engine)
  const latent = engine.latent?.bind(engine)
  const removed = engine.removed?.bind(engine)
  const outline = engine.outline?.bind(engine)
  const supply = engine.supply?.bind(engine)
  const remembered = async <A>(op: string, request: object, ask: () => Promise<A>): Promise<A> => {
    const key = `whole/${digestOf([op, JSON.stringify(request)])}`
    const text = (await memory.recall([key])).get(key)
    // What was written below, by this process.
    if (text !== undefined) return JSON.parse(text)
    const answer = await ask()
    memory.remember([[key, JSON.stringify(answer)]])
    return answer
  }
  return {
    identity,
    ...(parallel === undefined ? {} : { parallel }),
    unify: (request, options) => remembered('unify', request, () => engine.unify(request, options)),
    check: (request, options) =>
      request.restriction === undefined
        ? remembered('check', request, () => engine.check(request, options))
        : engine.check(request, options),
    explain: (request, options) => remembered('explain', request, () => engine.explain(request, options)),
    ...(plan === undefined ? {} : { plan }),
    ...(rules === undefined
      ? {}
      : { rules: (request, options) => remembered('rules', request, () => rules(request, options)) }),
    ...(diff === undefined
      ? {}
      : { diff: (request, options) => remembered('diff', request, () => diff(request, options)) }),
    ...(exercised === undefined ? {} : { exercised }),
    ...(mutants === undefined ? {} : { mutants }),
    ...(latent === undefined
      ? {}
      : { latent: (request, options) => remembered('latent', request, () => latent(request, options)) }),
    ...(lint === undefined ? {} : { lint }),
    ...(removed === undefined
      ? {}
      : { removed: (request, options) => remembered('removed', request, () => removed(request, options)) }),
    ...(supply === undefined ? {} : { supply }),
    ...(outline === undefined ? {} : { outline }),
    close: () => engine.close(),
  }
}
