import type { CountsAs, Outcome, Severity, Verdict } from './finding.ts'
import type { Note, Report } from './report.ts'

/** Why a check was made, or why a finding came or went. */
export type CheckCause =
  | { readonly kind: 'revision'; readonly revision: number }
  | { readonly kind: 'snapshot'; readonly observer: string; readonly sequence: number }
  /** Nothing arrived, and something that was known grew too old, or an exemption ended. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'request'; readonly by: string }

/** One check of one environment, as it was made; its findings are kept as spans. */
export interface CheckRecord {
  readonly workspace: string
  readonly environment: string
  /** 1, 2, 3 … within the workspace: the order in which checks were kept. */
  readonly check: number
  /** RFC 3339, by the server's clock; never before an earlier check of the environment. */
  readonly at: string
  readonly cause: CheckCause
  readonly revision: number
  readonly verdict: Verdict
  /** RFC 3339: the check from which on the verdict of the environment is this one. */
  readonly since: string
  /** RFC 3339: the last moment at which the same revision and snapshots give the same findings; absent: always, or for no time at all. */
  readonly holdsUntil?: string
  /** 64 hex digits of all that was found: equal findings, equal digest. */
  readonly digest: string
  readonly counts: CheckCounts
  readonly change: CheckChange
  readonly desired: { readonly digest: string }
  readonly snapshots: Report['environments'][number]['snapshots']
  readonly notes: readonly Note[]
  /** What made it; absent where a fault ended it. */
  readonly tool?: Report['tool']
  /** A fault of ours that ended the check: then the verdict is undecided, and what was known before stays. */
  readonly fault?: { readonly code: string; readonly message: string }
}

/** What a check changed about what is found. */
export interface CheckChange {
  /** How many fingerprints came, and how many went. */
  readonly added: number
  readonly gone: number
  /** How many are undecided now. */
  readonly undecided: number
  /** What those that came count as; absent from checks of earlier versions, and where a fault ended the check. */
  readonly addedAs?: Readonly<Record<CountsAs, number>>
  /** Where something came or, where nothing did, went: a few paths in order, without repetition. */
  readonly paths?: readonly string[]
}

/** How many findings a check had, by what they count as: exempted ones only as such, and what is milder than an error as `none`. */
export interface CheckCounts {
  readonly byOutcome: Readonly<Record<Outcome, number>>
  readonly bySeverity: Readonly<Record<Severity, number>>
  readonly exempted: number
}
