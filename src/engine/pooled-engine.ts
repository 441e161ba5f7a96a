import {
  readCheckAnswer,
  readDiffAnswer,
  readExercisedAnswer,
  readMutantsAnswer,
  readExplainAnswer,
  readLintAnswer,
  readPlanAnswer,
  readRemovedAnswer,
  readRulesAnswer,
  readOutlineAnswer,
  readSupplyAnswer,
  readUnifyAnswer,
  readLatentAnswer,
} from './answers.ts'
import type { Engine, EngineIdentity, EngineOptions } from './engine.ts'
import type { Request } from './protocol.ts'

/** An engine whose start can be put ahead of its first request. */
export interface WarmableEngine extends Engine {
  /** Starts a worker, so that it is ready when the inputs are. */
  warm(): void
}

/** What answers the texts of requests: a pool, or what stands before one. */
export interface Asked {
  /** Most requests in work at a time. */
  readonly size: number
  /** Resolves to the answer; rejects with a Fault that names the subject. */
  ask(text: string, options: EngineOptions): Promise<string>
  warm(): void
  close(): Promise<void>
}

/** The engine that the workers of a pool are; `plans` says whether they answer more than the first three questions. */
export function pooledEngine(identity: EngineIdentity, pool: Asked, { plans }: { plans: boolean }): WarmableEngine {
  const ask = async <A>(
    request: Request,
    options: EngineOptions,
    read: (text: string, subject: string) => A,
  ): Promise<A> => read(await pool.ask(JSON.stringify(request), options), options.subject)
  return {
    identity,
    parallel: pool.size,
    warm: () => pool.warm(),
    close: () => pool.close(),
    unify: (request, options) => ask({ op: 'unify', ...request }, options, readUnifyAnswer),
    check: (request, options) => ask({ op: 'check', ...request }, options, readCheckAnswer),
    ...(plans && {
      plan: (request, options) => ask({ op: 'plan', ...request }, options, readPlanAnswer),
      rules: (request, options) => ask({ op: 'rules', ...request }, options, readRulesAnswer),
      exercised: (request, options) => ask({ op: 'exercised', ...request }, options, readExercisedAnswer),
      mutants: (request, options) => ask({ op: 'mutants', ...request }, options, readMutantsAnswer),
      diff: (request, options) => ask({ op: 'diff', ...request }, options, readDiffAnswer),
      latent: (request, options) => ask({ op: 'latent', ...request }, options, readLatentAnswer),
      removed: (request, options) => ask({ op: 'removed', ...request }, options, readRemovedAnswer),
      outline: (request, options) => ask({ op: 'outline', ...request }, options, readOutlineAnswer),
      supply: (request, options) => ask({ op: 'supply', ...request }, options, readSupplyAnswer),
      lint: (request, options) => ask({ op: 'lint', ...request }, options, readLintAnswer),
    }),
    explain: (request, options) => ask({ op: 'explain', ...request }, options, readExplainAnswer),
  }
}
