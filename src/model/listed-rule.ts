import type { Conjunct, Severity } from './finding.ts'

/** How loud a rule is, by where a check is asked for; `off`: it is not told there. */
export interface RuleSeverities {
  readonly ci: Severity | 'off'
  readonly api: Severity | 'off'
  readonly admission: Severity | 'off'
}

/** A rule that the fragments of one environment state. */
export interface ListedRule {
  readonly id: string
  readonly title?: string
  readonly docs?: string
  readonly team: string
  /** False for an id that comes from team and label path. */
  readonly explicit: boolean
  readonly severity: RuleSeverities
  /** Every place that states it, sorted. */
  readonly sites: readonly Conjunct[]
}

/** At how many observed paths a rule of a team speaks, satisfied or not. */
export interface RuleMatches {
  readonly id: string
  readonly team: string
  readonly paths: number
}
