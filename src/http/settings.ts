import type { TurnLimits } from './limits/turns.ts'

/** Limits of a server, each with what holds where nothing is said. */
export interface AppSettings {
  /** The largest body that is read as a document, in bytes. */
  readonly bodyBytes: number
  /** The largest body that is read as it comes: lines, archives. */
  readonly streamBytes: number
  /** Milliseconds that a request may take. */
  readonly deadlineMs: number
  readonly turns: TurnLimits
  /** From which mean delay of the event loop on nothing more is taken on, in milliseconds over five seconds. */
  readonly pressureMs: number
  /** Origins of pages that may ask from a browser; none by default. */
  readonly origins: readonly string[]
}

export const defaultSettings: AppSettings = {
  bodyBytes: 32 * 1024 * 1024,
  streamBytes: 256 * 1024 * 1024,
  deadlineMs: 30_000,
  turns: { inWork: 64, inWorkEach: 32, waiting: 1024, waitingEach: 256 },
  pressureMs: 1000,
  origins: [],
}
