import type { Exemption } from './exemption.ts'
import type { Conjunct, Finding, Severity } from './finding.ts'
import type { Note, Report, ReportedEnvironment } from './report.ts'

/** How a constraint changes: what it permits grows or shrinks, as far as that is proven; `unordered` is a change of which neither is. */
export type ChangeKind = 'added' | 'removed' | 'tighter' | 'looser' | 'changed' | 'unordered' | 'default'

/** A value that is permitted on one side alone. */
export interface ChangeExample {
  readonly value: unknown
  readonly before: 'allowed' | 'refused'
  readonly after: 'allowed' | 'refused'
}

/** One change of the desired state. */
export interface Change {
  /** The path as CUE writes it, with patterns in brackets. */
  readonly at: string
  readonly path: readonly string[]
  readonly change: ChangeKind
  /** CUE text; absent where there was nothing. */
  readonly before?: string
  readonly after?: string
  readonly example?: ChangeExample
  /** Goes the other way than `example`, where some values are permitted more and others less. */
  readonly opposite?: ChangeExample
  /** At how many observed places it says something, where that can be told: those that it means, and those that it misses. */
  readonly matches?: number
  /** Of these, at how many something is newly found that counts. */
  readonly hits?: number
  /** Whose lines `conjuncts` are: those of the base where the head only lacks something. */
  readonly side: 'base' | 'head'
  /** What makes it, without what both sides say. */
  readonly conjuncts: readonly Conjunct[]
  /** The team that owns the most specific path, at the head or else at the base. */
  readonly owner?: string
  readonly teams: readonly string[]
}

/** A finding on both sides. */
export interface FindingPair {
  readonly before: Finding
  readonly after: Finding
}

/** How the findings of two checks differ; each list in the order of a report. */
export interface FindingDelta {
  readonly new: readonly Finding[]
  readonly resolved: readonly Finding[]
  /** The same finding with another message, severity or outcome, or that counts on one side alone. */
  readonly changed: readonly FindingPair[]
  /** The same finding under another rule id, as where a definition is renamed. */
  readonly renamed: readonly FindingPair[]
}

/** Findings of one side alone. */
export interface ComingAndGoing {
  readonly new: readonly Finding[]
  readonly resolved: readonly Finding[]
}

/** What a change does in one environment. */
export interface ReviewedEnvironment {
  readonly name: string
  /** Where only one side has the environment. */
  readonly only?: 'base' | 'head'
  /** What both sides were checked against: the same snapshots. */
  readonly snapshots: ReportedEnvironment['snapshots']
  /** Of the desired state, sorted by path and kind of change. */
  readonly changes: readonly Change[]
  readonly conflicts: ComingAndGoing
  /** On the snapshots, but for conflicts. */
  readonly findings: FindingDelta
  /** Constraints that meet on no current data but can never both hold; absent where the engine cannot tell. */
  readonly latent?: ComingAndGoing
  /** What goes wrong silently in fragments; absent where the engine cannot tell. */
  readonly lints?: ComingAndGoing
}

/** A rule of one team, and the environments that this is about. */
export interface RuleRef {
  readonly id: string
  readonly title?: string
  readonly team: string
  readonly environments: readonly string[]
  readonly sites: readonly Conjunct[]
}

/** Another severity of a rule that stays. */
export interface SeverityChange {
  readonly rule: RuleRef
  /** Where a check is asked for: those entries for which it changes. */
  readonly entries: readonly ('ci' | 'api' | 'admission')[]
  readonly before: Severity | 'off'
  readonly after: Severity | 'off'
  readonly lowered: boolean
}

/** An exemption on both sides. */
export interface ExemptionPair {
  readonly before: Exemption
  readonly after: Exemption
}

/** One side of a comparison. */
export interface ReviewedSide {
  /** What it was asked for by: a branch, a commit, `worktree`, an environment. */
  readonly ref: string
  /** The commit that was read, in hex. */
  readonly commit?: string
  /** 64 hex digits of what is desired in all environments. */
  readonly digest: string
}

/** How many findings come and go. */
export interface ReviewCounts {
  readonly conflicts: number
  readonly violating: number
  readonly undecided: number
  /** New findings that do not count: warnings, drift, exempted ones. */
  readonly minor: number
  readonly resolved: number
  /** With another message, severity or outcome. */
  readonly changed: number
}

/** The counts of all environments together. */
export interface ReviewSummary extends ReviewCounts {
  /** By the team that owns the path, else the first team involved, sorted by name; without a team last. */
  readonly teams: readonly TeamCounts[]
}

/** What comes and goes for one team. */
export interface TeamCounts extends ReviewCounts {
  readonly team?: string
}

/** The worst of what is new. */
export type ReviewVerdict = 'unchanged' | 'changed' | 'violates' | 'conflicts' | 'undecided'

/** What a change of fragments does: `congruent review --format json`, `schemas/review.schema.json`. */
export interface Review {
  readonly review: 1
  readonly tool: Report['tool']
  readonly workspace: string
  readonly reviewedAt: string
  readonly base: ReviewedSide
  readonly head: ReviewedSide
  readonly verdict: ReviewVerdict
  readonly notes: readonly Note[]
  readonly environments: readonly ReviewedEnvironment[]
  /** Environments that could not be compared, sorted by name; they are not in `environments`. */
  readonly faults?: NonNullable<Report['faults']>
  readonly summary: ReviewSummary
  readonly rules: {
    readonly added: readonly RuleRef[]
    readonly removed: readonly RuleRef[]
    readonly severity: readonly SeverityChange[]
    /** Those of `added` that no test of the head expects; absent where it has no tests. */
    readonly untested?: readonly RuleRef[]
  }
  readonly exemptions: {
    readonly added: readonly Exemption[]
    readonly removed: readonly Exemption[]
    readonly widened: readonly ExemptionPair[]
    readonly narrowed: readonly ExemptionPair[]
  }
  /** Files of fragments that differ; `silent` are those in which nothing stands that this document tells. */
  readonly files?: { readonly changed: number; readonly silent: number }
  /** Owners whose paths this change touches, sorted by team. */
  readonly approvals: readonly {
    readonly team: string
    readonly contact?: string
    readonly paths: readonly string[]
  }[]
}
