import type { Found } from './found.ts'

/** What one run took: milliseconds on the clock and of all processors together, and megabytes of its largest process. */
export interface Run {
  readonly wall: number
  readonly cpu: number
  readonly memory: number
  /** What it found of what it should have; absent where the question is not about findings. */
  readonly found?: Found
  /** Of many requests: milliseconds within which half of them were answered, and all but one of a hundred. */
  readonly p50?: number
  readonly p99?: number
}

/** One way to answer a question; `run` throws if it did not answer at all. */
export interface Variant {
  readonly name: string
  /** Done once before anything is measured. */
  readonly setUp?: () => void
  /** Done before each run, not measured. */
  readonly prepare?: () => void
  readonly run: () => Run | Promise<Run>
}
