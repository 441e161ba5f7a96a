/** Where the time of a check went: the answer of `check --profile`. Milliseconds throughout. */
export interface Profile {
  /** In the order in which they are done; steps of several environments, and requests beside one another, are added up. */
  readonly steps: readonly ProfiledStep[]
  readonly wholeMs: number
  /** What a sample costs the evaluator, by environment. */
  readonly costs: readonly Costs[]
}

/** One step of a check. */
export interface ProfiledStep {
  readonly name: string
  readonly ms: number
  /** What it came to: `9,900 of 10,000 entities accepted`. */
  readonly about?: string
}

/** What checking a sample costs the evaluator, and by how much less it costs without each fragment and each rule. */
export interface Costs {
  readonly environment: string
  /** How many entities the sample holds, of how many; absent where a check cannot be divided, so that the sample is everything. */
  readonly sample?: { readonly entities: number; readonly of: number }
  readonly ms: number
  /** The dearest first. */
  readonly fragments: readonly { readonly team: string; readonly name: string; readonly ms: number }[]
  /** The dearest first. */
  readonly rules: readonly { readonly team: string; readonly id: string; readonly ms: number }[]
  /** How many fragments and rules were not tried: there was no time, or nothing can be evaluated without them. */
  readonly untried: number
}
