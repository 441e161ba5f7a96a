import type { Review } from './review.ts'

/** A change of one team's file set that is not in force: its candidate, what it was made from, and what became of it. */
export interface Proposal {
  readonly workspace: string
  /** Random, for addresses. */
  readonly proposal: string
  readonly team: string
  readonly title?: string
  /** RFC 3339, by the server's clock. */
  readonly at: string
  readonly by: string
  readonly state: 'open' | 'adopted'
  /** The revision it was compared with, when it was made or later. */
  readonly base: number
  /** Digest of the team's file set then; absent: it had none. */
  readonly before?: string
  /** When and by whom it was compared anew, the last time. */
  readonly compared?: { readonly at: string; readonly by: string }
  /** Digest of the proposed file set. */
  readonly after: string
  /** The revision that adopting it made. */
  readonly adopted?: number
  readonly comparison: Comparison
}

/** What a proposal comes to, in all environments. */
export interface Effect {
  readonly verdict: Review['verdict']
  /** Constraints that allow less, or are new. */
  readonly tighter: number
  /** Constraints that allow more, or are gone. */
  readonly looser: number
  /** Constraints that allow something else. */
  readonly otherwise: number
  readonly defaults: number
  /** New findings. */
  readonly conflicts: number
  /** Paths at which something newly violates, and such at which something can no longer be decided. */
  readonly violating: number
  readonly undecided: number
  /** Findings that are gone. */
  readonly resolved: number
}

/** What a candidate would change, on the newest snapshots. */
export interface Comparison extends Pick<
  Review,
  'verdict' | 'notes' | 'environments' | 'summary' | 'rules' | 'exemptions' | 'files' | 'approvals'
> {
  /** Environments that could not be compared. */
  readonly faults: NonNullable<Review['faults']>
}
