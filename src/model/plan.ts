import type { Conjunct } from './finding.ts'
import type { Note } from './report.ts'

/** How the check of one environment is divided: the answer of `explain --plan`. */
export interface Plan {
  readonly workspace: string
  readonly environment: string
  /** Patterns whose entities are evaluated one at a time, by path. */
  readonly separable: readonly PlannedPattern[]
  /** Patterns whose entities are evaluated together with everything else, by path, each with the lines that make it so. */
  readonly crossing: readonly { readonly at: string; readonly reasons: readonly PlanReason[] }[]
  readonly notes: readonly Note[]
}

/** Entities that are evaluated one at a time. */
export interface PlannedPattern {
  /** `services.*`. */
  readonly at: string
  /** How many of the entities fragments name. */
  readonly named: number
  /** What their constraints read of `#observed` outside the entity. */
  readonly reads: readonly string[]
  /** Whether schemas alone can accept an entity, so that the evaluator is asked only about what they refuse. */
  readonly acceptedBySchemas: boolean
  /** The lines about which only the evaluator can tell. */
  readonly undecidable: readonly PlanReason[]
}

/** A line of a fragment that stands in the way, and why. */
export interface PlanReason extends Conjunct {
  readonly message: string
}
