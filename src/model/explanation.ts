import type { Conjunct, Finding, Observation, Verdict } from './finding.ts'
import type { Note } from './report.ts'

/** One contribution to an explained value: how it got there, beside what a finding says of a conjunct. */
export interface ExplainedConjunct extends Conjunct {
  readonly role: 'field' | 'pattern' | 'definition' | 'embedding' | 'comprehension' | 'default' | 'data'
  /** Label path in its own file: `services.[].replicas`. */
  readonly label: string
  /** The reference that brought it: `#Service`. */
  readonly via?: string
}

/** What it takes to settle a conflict: the smallest sets of fragments that conflict by themselves, and whom to call together. */
export interface Settling {
  readonly path: readonly string[]
  readonly at: string
  readonly rule: string
  /** Each set is enough: taking any fragment out of it ends the conflict in it. Smaller sets first. */
  readonly enough: readonly (readonly { readonly team: string; readonly fragment: string }[])[]
  readonly call: readonly { readonly team: string; readonly contact?: string }[]
}

/** All that is known of one path in one environment: the answer of explain. */
export interface Explanation {
  readonly workspace: string
  readonly environment: string
  readonly path: readonly string[]
  readonly at: string
  /** Whether the desired state says anything there. */
  readonly exists: boolean
  /** CUE text of the desired value. */
  readonly value?: string
  /** CUE's kind of the value: `int`, `struct`. */
  readonly kind?: string
  /** CUE text of the default. */
  readonly default?: string
  /** Every contributor, satisfied or not, by file, line and column. */
  readonly conjuncts: readonly ExplainedConjunct[]
  /** What closes the struct there. */
  readonly closedBy: readonly Conjunct[]
  /** What each observer saw there, or at the nearest path above. */
  readonly observations: readonly Observation[]
  readonly owner?: string
  /** Findings at this path and below, or above where they blind it. */
  readonly findings: readonly Finding[]
  /** For each conflict among the findings; absent where there is none. */
  readonly settling?: readonly Settling[]
  readonly verdict: Verdict
  readonly notes: readonly Note[]
  /** What the engine cannot tell. */
  readonly lacks: readonly string[]
}
