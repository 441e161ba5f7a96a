import type { CheckCause } from './check-record.ts'
import type { Finding } from './finding.ts'

/** A time without interruption in which a finding stood. */
export interface Episode {
  /** RFC 3339 and number of the check that had it first. */
  readonly from: string
  readonly fromCheck: number
  readonly cause: CheckCause
  /** RFC 3339 and number of the first check without it; absent: it stands. */
  readonly until?: string
  readonly untilCheck?: number
  readonly untilCause?: CheckCause
}

/** A finding over time: the same fingerprint in one environment. */
export interface TrackedFinding extends Finding {
  readonly firstSeen: string
  /** Since when it stands without interruption. */
  readonly since: string
  /** The newest check that had it. */
  readonly lastSeen: string
  /** Absent: it stands. */
  readonly resolved?: string
  /** How often it came back. */
  readonly reopened: number
  /** The address of its page, where a server knows where people see its pages. */
  readonly page?: string
}

/** A finding with all its episodes, oldest first. */
export interface FindingHistory extends TrackedFinding {
  readonly history: readonly Episode[]
}
