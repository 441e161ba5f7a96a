import type { Acceptance } from '../../acceptance/acceptance.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Evaluation } from '../../evaluation/evaluation.ts'
import type { Memory } from '../../memory/memory.ts'

/** What a check did, added up. */
export interface Watched {
  /** When the first and the last evaluation began and ended, on the clock that was given. */
  began: number
  ended: number
  evaluationMs: number
  planMs: number
  acceptanceMs: number
  offered: number
  accepted: number
  recallMs: number
  asked: number
  recalled: number
  engineMs: number
  requests: number
}

/** Times what an evaluation works with; `elapsed` is a clock in milliseconds that only grows. */
export interface Watch {
  readonly seen: Readonly<Watched>
  engine(engine: Engine): Engine
  acceptance(acceptance: Acceptance): Acceptance
  memory(memory: Memory): Memory
  evaluation(evaluation: Evaluation): Evaluation
}

/** A watch that has seen nothing yet. */
export function startWatch(elapsed: () => number): Watch {
  const seen: Watched = {
    began: Infinity,
    ended: 0,
    evaluationMs: 0,
    planMs: 0,
    acceptanceMs: 0,
    offered: 0,
    accepted: 0,
    recallMs: 0,
    asked: 0,
    recalled: 0,
    engineMs: 0,
    requests: 0,
  }
  const timed = async <T>(work: () => Promise<T>, spent: (ms: number) => void): Promise<T> => {
    const start = elapsed()
    try {
      return await work()
    } finally {
      spent(elapsed() - start)
    }
  }
  return {
    seen,
    engine: (engine) => ({
      ...engine,
      ...(engine.plan && {
        plan: (request, options) =>
          timed(
            async () => (await engine.plan?.(request, options)) ?? Promise.reject(new Error('no plan')),
            (ms) => (seen.planMs += ms),
          ),
      }),
      check: (request, options) => {
        seen.requests += 1
        return timed(
          () => engine.check(request, options),
          (ms) => (seen.engineMs += ms),
        )
      },
    }),
    acceptance: (acceptance) => ({
      close: () => acceptance.close(),
      atOnce: () => undefined,
      accepted: async (rules, entities, options) => {
        const given = Array.from(entities)
        const accepted = await timed(
          () => acceptance.accepted(rules, given, options),
          (ms) => (seen.acceptanceMs += ms),
        )
        seen.offered += given.length
        seen.accepted += accepted.size
        return accepted
      },
    }),
    memory: (memory) => ({
      recall: async (keys) => {
        const known = await timed(
          () => memory.recall(keys),
          (ms) => (seen.recallMs += ms),
        )
        seen.asked += keys.length
        seen.recalled += known.size
        return known
      },
      remember: (entries) => memory.remember(entries),
      flush: () => memory.flush(),
    }),
    evaluation: (evaluation) => ({
      ...evaluation,
      quick: () => undefined,
      check: (request, options) => {
        const start = elapsed()
        seen.began = Math.min(seen.began, start)
        return evaluation.check(request, options).finally(() => {
          seen.ended = Math.max(seen.ended, elapsed())
          seen.evaluationMs += elapsed() - start
        })
      },
    }),
  }
}
