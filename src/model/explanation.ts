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
  readonly verdict: Verdict
  readonly notes: readonly Note[]
  /** What the engine cannot tell. */
  readonly lacks: readonly string[]
}
