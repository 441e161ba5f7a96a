import type { Rereading } from '../document/rereading.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { readingTime, type ReadingTime } from '../document/reading-time.ts'
import type { Engine, EngineIdentity, EngineOptions } from '../engine/engine.ts'
import type { Source } from '../workspace/source.ts'
import type { OpenWorkspace } from './open-workspace.ts'

/** What every operation is handed: nothing else of the world is touched. */
export interface Dependencies {
  /** The engine that a workspace, or the asker, names. */
  readonly engine: (name: EngineName) => Promise<Engine>
  /** How checks are made by an engine, and where the results of their parts may be kept: not outside this process where they are sensitive. */
  readonly evaluation: (engine: Engine, keep: 'here' | 'anywhere') => Evaluation
  /** Reads workspaces, and their fragments. */
  readonly open: (source: Source) => Promise<OpenWorkspace>
  /** Reads observations that were read before. */
  readonly rereading: Rereading
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
  /** Milliseconds that reading and the engine may take for one environment; default 30,000. */
  readonly deadlineMs?: number
  /** Ends the work. */
  readonly signal?: AbortSignal
}

const defaultDeadlineMs = 30_000

/** How long the documents of one environment may be read. */
export function readingTimeOf(
  { deadlineMs = defaultDeadlineMs }: Pick<RequestOptions, 'deadlineMs'>,
  clock: () => Date,
  environment: string,
): ReadingTime {
  return readingTime(deadlineMs, () => clock().getTime(), `environment \`${environment}\``)
}

/** The limits of one request to an engine; whole seconds that were spent on reading before are gone. */
export function limitsOf(
  { deadlineMs = defaultDeadlineMs, signal }: Pick<RequestOptions, 'deadlineMs' | 'signal'>,
  subject: string,
  spentMs = 0,
): EngineOptions {
  const left = Math.max(1, deadlineMs - Math.floor(spentMs / 1000) * 1000)
  return { deadlineMs: left, subject, ...(signal === undefined ? {} : { signal }) }
}
