import type { Evaluation } from '../evaluation/evaluation.ts'
import type { Engine, EngineIdentity, EngineOptions } from '../engine/engine.ts'

/** What every operation is handed: nothing else of the world is touched. */
export interface Dependencies {
  /** The engine that a workspace, or the asker, names. */
  readonly engine: (name: EngineName) => Promise<Engine>
  /** How checks are made by an engine. */
  readonly evaluation: (engine: Engine) => Evaluation
  readonly clock: () => Date
  /** The version of Congruent, for reports. */
  readonly version: string
}

export type { EngineIdentity }
export type EngineName = EngineIdentity['name']

/** What every request may say. */
export interface RequestOptions {
  /** Wins over the workspace's `engine`. */
  readonly engine?: EngineName
  /** Milliseconds that the engine may take for one environment; default 30,000. */
  readonly deadlineMs?: number
  /** Ends the work. */
  readonly signal?: AbortSignal
}

const defaultDeadlineMs = 30_000

/** The limits of one request to an engine. */
export function limitsOf(
  { deadlineMs = defaultDeadlineMs, signal }: Pick<RequestOptions, 'deadlineMs' | 'signal'>,
  subject: string,
): EngineOptions {
  return { deadlineMs, subject, ...(signal === undefined ? {} : { signal }) }
}
