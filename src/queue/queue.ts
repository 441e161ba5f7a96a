import type { Transaction } from '../store/store.ts'

/** What is to be done, by kind. Each is done at least once: whoever does it must bear that. */
export interface Jobs {
  /** Look whether an environment is due, and check it. */
  readonly check: { readonly workspace: string; readonly environment: string }
  /** Work out a share of a large check ahead of it, into the shared memory. */
  readonly part: {
    readonly workspace: string
    readonly environment: string
    readonly wanted: number
    readonly share: number
    readonly of: number
  }
  /** Send one event to one webhook. */
  readonly webhook: { readonly workspace: string; readonly webhook: string; readonly event: number }
}

export type JobKind = keyof Jobs
export const jobKinds = ['check', 'part', 'webhook'] as const satisfies readonly JobKind[]

export interface SendOptions {
  /** The job is there if and only if the transaction is kept, and nobody does it before. */
  readonly within?: Pick<Transaction, 'sql' | 'notify'>
  /** Not before; a delay in seconds. */
  readonly afterSeconds?: number
}

/**
 * Work that outlives the process that asked for it: retried with back-off, taken over when a worker dies. Jobs that say the same are one:
 * while one waits, another is not added; the earlier of their times counts. Two that say the same are not done side by side.
 */
export interface Queue {
  send<K extends JobKind>(kind: K, job: Jobs[K], options?: SendOptions): Promise<void>
  /** The same for many at once. */
  sendAll<K extends JobKind>(kind: K, jobs: readonly Jobs[K][], options?: SendOptions): Promise<void>
  /**
   * Does jobs of a kind, so many at a time, until the answer is called; that waits for those in work, and ends them by the signal where
   * they take long. A handler that rejects is called again later, with back-off, a bounded number of times.
   */
  work<K extends JobKind>(
    kind: K,
    lanes: number,
    handle: (job: Jobs[K], signal: AbortSignal) => Promise<void>,
  ): Promise<() => Promise<void>>
  /** How many wait to be done now, by kind. */
  waiting(): Promise<Readonly<Record<JobKind, number>>>
  /** How many of some jobs are not done yet, nor given up. */
  left<K extends JobKind>(kind: K, jobs: readonly Jobs[K][]): Promise<number>
  /** How many jobs of a kind others could do at a time, as far as they said lately that they are there. */
  lanesElsewhere(kind: JobKind): Promise<number>
  /** Ends what works on jobs; the store stays open. */
  close(): Promise<void>
}
