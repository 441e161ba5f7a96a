import type { Approval } from './approval.ts'
import type { CheckCause, CheckChange } from './check-record.ts'
import type { Verdict } from './finding.ts'
import type { RevisionCause } from './revision.ts'

/** What happened in a workspace, before it has its number. */
export type EventDraft = {
  /** RFC 3339, by the server's clock. */
  readonly at: string
  /** Who did it; absent where nobody did. */
  readonly by?: string
} & (
  | { readonly kind: 'revision'; readonly revision: number; readonly cause: RevisionCause; readonly forced: boolean }
  | {
      readonly kind: 'snapshot'
      readonly environment?: string
      readonly observer: string
      readonly sequence: number
      readonly observedAt: string
    }
  | {
      readonly kind: 'check'
      readonly environment: string
      readonly check: number
      readonly verdict: Verdict
      readonly cause: CheckCause
      readonly change: CheckChange
    }
  | {
      readonly kind: 'verdict'
      readonly environment: string
      readonly check: number
      readonly before?: Verdict
      readonly after: Verdict
    }
  | {
      readonly kind: 'finding'
      readonly environment: string
      readonly check: number
      readonly change: 'opened' | 'resolved' | 'reopened'
      readonly fingerprint: string
      readonly path: string
      readonly rule: string
      readonly owner?: string
    }
  /** A snapshot grew older than its entry allows. */
  | { readonly kind: 'stale'; readonly environment: string; readonly observer: string; readonly sequence: number }
  | {
      readonly kind: 'proposal'
      readonly proposal: string
      /** Whose fragments it changes. */
      readonly team: string
      readonly state: 'open' | 'adopted'
      /** Where a team said something of it. */
      readonly approval?: { readonly team: string; readonly state: Approval['state'] }
      /** Where it was compared anew: with which revision. */
      readonly base?: number
    }
)

/** What happened, numbered 1, 2, 3 … within the workspace in the order in which it became visible. */
export type WorkspaceEvent = EventDraft & { readonly event: number }

export const eventKinds = ['revision', 'snapshot', 'check', 'verdict', 'finding', 'stale', 'proposal'] as const
export type EventKind = (typeof eventKinds)[number]
