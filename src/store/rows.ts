import type { Generated } from 'kysely'
import type { AuditEntry, StoredToken } from '../model/access.ts'
import type { Approval } from '../model/approval.ts'
import type { CheckRecord } from '../model/check-record.ts'
import type { WorkspaceEvent } from '../model/event.ts'
import type { Proposal } from '../model/proposal.ts'
import type { Revision } from '../model/revision.ts'
import type { Session } from '../model/session.ts'
import type { StoredSnapshot } from '../model/stored-snapshot.ts'
import type { StoredWebhook } from '../model/webhook.ts'
import type { Json } from './columns.ts'
import type { RelativeFinding } from './spans/cut-relative.ts'
import type { Retention } from './store.ts'

/** Columns of every table, as SQL names them; see `migrations/`. */
export interface Rows {
  workspaces: {
    name: string
    created_at: Date
    retention: Json<Retention>
    /** The moment of the newest change: times never go back. */
    last_at: Date
    last_revision: Generated<number>
    last_check: Generated<number>
    last_event: Generated<number>
  }
  blobs: { workspace: string; digest: string; size: number }
  blob_pieces: { workspace: string; digest: string; piece: number; deflated: boolean; bytes: Uint8Array }
  file_sets: { workspace: string; digest: string }
  file_set_files: { workspace: string; file_set: string; name: string; digest: string }
  revisions: {
    workspace: string
    number: number
    at: Date
    /** Of the workspace document. */
    workspace_digest: string
    revision: Json<Revision>
  }
  snapshot_streams: { workspace: string; /** '': every one. */ environment: string; observer: string; covers: string }
  snapshots: {
    id: Generated<number>
    workspace: string
    /** '': every one. */
    environment: string
    observer: string
    /** '': everything; else a digest of the patterns. */
    covers: string
    sequence: number
    observed_at: Date
    received_at: Date
    digest: string
    snapshot: Json<StoredSnapshot>
  }
  due_checks: { workspace: string; environment: string; wanted: number; done: number }
  checks: {
    workspace: string
    number: number
    environment: string
    at: Date
    faulted: boolean
    record: Json<CheckRecord>
  }
  spans: SpanRow
  events: { workspace: string; number: number; at: Date; kind: string; event: Json<WorkspaceEvent> }
  proposals: {
    id: Generated<number>
    workspace: string
    proposal: string
    state: string
    adopted: number | null
    /** As it was added. */
    content: Json<Proposal>
  }
  approvals: { id: Generated<number>; workspace: string; proposal: string; approval: Json<Approval> }
  webhooks: { workspace: string; name: string; webhook: Json<StoredWebhook> }
  tokens: {
    id: string
    number: Generated<number>
    digest: string
    /** As it was added. */
    token: Json<StoredToken>
    revoked_at: Date | null
  }
  sessions: { digest: string; session: Json<Session>; ends_at: Date; used_at: Date }
  audit: { id: Generated<number>; workspace: string | null; at: Date; entry: Json<AuditEntry> }
  results: { key: string; result: string; size: number; used_at: Date }
}

/**
 * A time in which a finding stood with the same content: after check `c` if `from_check <= c` and it is not `until_check <= c`. An
 * episode, which is a time without interruption, is one span or several in a row.
 */
export interface SpanRow {
  id: Generated<number>
  workspace: string
  environment: string
  fingerprint: string
  /** 1, 2, 3 … of the same fingerprint. */
  episode: number
  /** When the first episode began. */
  first_seen: Date
  /** When this episode began. */
  since: Date
  since_check: number
  from_check: number
  /** The newest check that had it, once it is closed. */
  last_check: number | null
  until_check: number | null
  until_at: Date | null
  /** Of `content`. */
  digest: string
  content: Json<RelativeFinding>
  /** Sorts by path, kind and rule; begins with the path. */
  place: string
  kind: string
  outcome: string
  severity: string
  /** 0 is the worst severity. */
  gravity: number
  rule: string
  owner: string | null
  teams: readonly string[]
  exempted: boolean
  /** What is searched, in lower case. */
  words: string
}
