import type { AuditEntry, StoredToken } from '../model/access.ts'
import type { Approval } from '../model/approval.ts'
import type { CheckRecord } from '../model/check-record.ts'
import type { EventDraft, EventKind, WorkspaceEvent } from '../model/event.ts'
import type { CountsAs, Finding, Outcome, Severity } from '../model/finding.ts'
import type { Proposal } from '../model/proposal.ts'
import type { FileSet, Revision, RevisionDraft } from '../model/revision.ts'
import type { Session } from '../model/session.ts'
import type { StoredSnapshot } from '../model/stored-snapshot.ts'
import type { FindingHistory, TrackedFinding } from '../model/tracked-finding.ts'
import type { StoredWebhook } from '../model/webhook.ts'
import type { Memory } from '../memory/memory.ts'

/**
 * What was desired, observed and found, over time. Content is kept once per workspace, by digest; history is only added to. One
 * implementation speaks SQL over two connections; `test/store/` holds both to the same behaviour. Rejects with a Fault STORE_UNAVAILABLE
 * where it cannot be reached.
 */
export interface Store extends Tables {
  /** Runs work whose writes become visible together, or not at all. It may run again where the database asks for that. */
  transaction<T>(work: (tables: Transaction) => Promise<T>): Promise<T>
  /** Outside any transaction. */
  readonly sql: RunSql
  /** Results of parts of checks, shared by every process on this store. */
  readonly memory: Memory
  /** Calls back when something may be new: an event of a workspace, a job. Said too often rather than too seldom. Answers how to stop. */
  listen(topic: Topic, heard: (detail: string) => void): Promise<() => Promise<void>>
  /** Answers when the store really does. */
  ready(): Promise<void>
  /** Forgets what the retention settings of workspaces allow to forget, and results not used for long. Says how many rows went. */
  prune(now: Date): Promise<number>
  close(): Promise<void>
}

/** `events`: the detail is a workspace's name. `jobs`: the detail is a queue's name. Empty: some were missed, look everywhere. */
export type Topic = 'events' | 'jobs'

/** Runs the SQL of a library that brings its own. Without values it may be several statements. */
export type RunSql = (text: string, values?: readonly unknown[]) => Promise<{ readonly rows: readonly unknown[] }>

export interface Transaction extends Tables {
  /** Inside this transaction. */
  readonly sql: RunSql
  /** Tells listeners, once the transaction is kept. */
  notify(topic: Topic, detail: string): Promise<void>
}

export interface Tables {
  readonly workspaces: Workspaces
  readonly files: Files
  readonly revisions: Revisions
  readonly snapshots: Snapshots
  readonly checks: Checks
  readonly findings: Findings
  readonly events: Events
  readonly proposals: Proposals
  readonly approvals: Approvals
  readonly webhooks: Webhooks
  readonly tokens: Tokens
  readonly sessions: Sessions
  readonly audit: Audit
}

/** Some rows, and where the next ones begin; absent `next`: these were the last. */
export interface Page<T> {
  readonly items: readonly T[]
  /** Opaque; belongs to the same question. */
  readonly next?: string
}

/** How many rows at most, and from where; a cursor that is none of ours is a Fault CURSOR_INVALID. */
export interface PageRequest {
  readonly limit: number
  readonly cursor?: string
}

export interface StoredWorkspace {
  readonly name: string
  readonly createdAt: string
  readonly retention: Retention
}

/** How long history is kept, in days; absent: for ever. What is in force is never forgotten. */
export interface Retention {
  readonly snapshotsDays?: number
  readonly findingsDays?: number
  readonly eventsDays?: number
}

export interface Workspaces {
  /** Sorted by name. */
  list(): Promise<readonly StoredWorkspace[]>
  find(name: string): Promise<StoredWorkspace | undefined>
  /** Makes it if it is not there. Says whether it was made. */
  create(name: string, at: string): Promise<boolean>
  /** In a transaction: nobody else changes this workspace until it ends. Undefined where there is none. */
  lock(name: string): Promise<StoredWorkspace | undefined>
  setRetention(name: string, retention: Retention): Promise<void>
  /** Everything of it goes. Says whether it was there. */
  delete(name: string): Promise<boolean>
}

/** Bytes by digest, and sets of them by name. What is put and what refers to it belong in one transaction: what nothing refers to may go. */
export interface Files {
  /** Keeps bytes; answers their SHA-256 in 64 hex digits. */
  put(workspace: string, bytes: Uint8Array): Promise<string>
  get(workspace: string, digest: string): Promise<Uint8Array | undefined>
  getMany(workspace: string, digests: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
  putSet(workspace: string, files: ReadonlyMap<string, Uint8Array>): Promise<FileSet>
  getSet(workspace: string, digest: string): Promise<FileSet | undefined>
}

export interface Revisions {
  /** Numbers and keeps a revision; the workspace is locked. */
  append(workspace: string, revision: RevisionDraft): Promise<Revision>
  get(workspace: string, revision: number): Promise<Revision | undefined>
  /** The one in force at a moment, default now. */
  at(workspace: string, moment?: Date): Promise<Revision | undefined>
  /** Newest first. */
  list(workspace: string, page: PageRequest): Promise<Page<Revision>>
}

/** Which snapshots; a moment is inclusive. */
export interface SnapshotFilter {
  /** Those about this environment and those about every one. */
  readonly environment?: string
  readonly observer?: string
  readonly observedFrom?: Date
  readonly observedUntil?: Date
  readonly receivedUntil?: Date
}

export interface Snapshots {
  /** Keeps a snapshot whose text was put. `same`: it was there; `different`: the sequence is there with other content, and stays. */
  record(workspace: string, snapshot: StoredSnapshot): Promise<'recorded' | 'same' | 'different'>
  /** Newest received first. */
  list(workspace: string, filter: SnapshotFilter, page: PageRequest): Promise<Page<StoredSnapshot>>
  /**
   * All that may take part in a cut: per environment it names and observer, the newest sequence for each distinct `covers`, from the
   * newest one that covers everything on. Sorted by observer and sequence.
   */
  candidates(
    workspace: string,
    environment: string,
    until: Pick<SnapshotFilter, 'observedUntil' | 'receivedUntil'>,
  ): Promise<readonly StoredSnapshot[]>
  /** One, by the digest of its text or by who sent it and when. */
  find(
    workspace: string,
    which:
      | { readonly digest: string }
      | { readonly environment: string | undefined; readonly observer: string; readonly sequence: number },
  ): Promise<StoredSnapshot | undefined>
  /** The newest sequence of an observer. */
  newest(workspace: string, environment: string | undefined, observer: string): Promise<StoredSnapshot | undefined>
  /** The newest of each observer, sorted by observer and environment; `receivedUntil`: of those that were there at that moment. */
  observers(
    workspace: string,
    environment?: string,
    until?: Pick<SnapshotFilter, 'receivedUntil'>,
  ): Promise<readonly (StoredSnapshot & { readonly snapshots: number })[]>
}

/** A check that is to be made because something changed. */
export interface DueCheck {
  readonly workspace: string
  readonly environment: string
  /** Grows with each change. */
  readonly wanted: number
}

export interface Checks {
  /** Remembers that an environment is to be checked; in the transaction of the change. */
  want(workspace: string, environment: string): Promise<DueCheck>
  /** How much is wanted of an environment, and up to what it is done; undefined: nothing ever was. With `lock`, in a transaction, it waits for those that want more just now. */
  progress(
    workspace: string,
    environment: string,
    lock?: 'lock',
  ): Promise<{ readonly wanted: number; readonly done: number } | undefined>
  /** Says that what was wanted until then is done. */
  done(workspace: string, environment: string, wanted: number): Promise<void>
  /** Every environment of which more is wanted than done, sorted. */
  due(): Promise<readonly DueCheck[]>
  /** Numbers and keeps a check, and lays its findings over those that stood: what is new opens, what is gone resolves. The workspace is locked. `findings` undefined: the check ended in a fault, and what stood stays. */
  append(
    check: Omit<CheckRecord, 'check' | 'change' | 'workspace'> & { readonly workspace: string },
    findings: readonly Finding[] | undefined,
  ): Promise<AppendedCheck>
  get(workspace: string, check: number): Promise<CheckRecord | undefined>
  /** The newest check of an environment at a moment, default now. */
  at(workspace: string, environment: string, moment?: Date): Promise<CheckRecord | undefined>
  /** Of one environment, for the timeline. */
  between(
    workspace: string,
    environment: string,
    from: Date | undefined,
    until: Date | undefined,
    page: PageRequest & { readonly first?: 'oldest' | 'newest' },
  ): Promise<Page<CheckRecord>>
}

/** A check as kept, and what it changed. */
export interface AppendedCheck {
  readonly record: CheckRecord
  readonly before?: CheckRecord
  readonly opened: readonly Finding[]
  readonly reopened: readonly Finding[]
  readonly resolved: readonly Finding[]
}

/** Which findings. All that is given must hold; `path` is a path pattern that reaches below. */
export interface FindingFilter {
  readonly environments?: readonly string[]
  /** Who answers for it: who owns the path, else the first of the teams that are involved. */
  readonly owner?: string
  /** A team whose conjuncts are involved, or that owns the path. */
  readonly team?: string
  readonly rule?: string
  readonly kind?: readonly string[]
  readonly outcome?: Outcome
  readonly countsAs?: readonly CountsAs[]
  readonly severity?: readonly Severity[]
  readonly exempted?: boolean
  /** Only those that stand since this moment or a later one. */
  readonly since?: Date
  /** Labels from the root; `*` for any one. */
  readonly path?: readonly string[]
  /** A text in path, message or rule, whatever its case. */
  readonly q?: string
}

/** A rule's violations over some weeks. */
export interface RuleWeeks {
  readonly rule: string
  /** How many findings stood at some time of each week, oldest week first. */
  readonly counts: readonly number[]
  /** RFC 3339: the last moment in these weeks at which one stood. */
  readonly last: string
}

export type FindingGroup = 'owner' | 'rule' | 'kind' | 'outcome' | 'countsAs' | 'severity' | 'environment'
export type FindingOrder = 'path' | 'since' | 'severity'

export interface Findings {
  /** Those that stood after the newest checks at a moment, default now. Sorted as asked, then by environment, path, kind and rule. */
  list(
    workspace: string,
    filter: FindingFilter,
    page: PageRequest & { readonly at?: Date; readonly order?: FindingOrder },
  ): Promise<Page<TrackedFinding>>
  /** How many there are of each, most first; for facets, each without the filter of its own group. */
  count(
    workspace: string,
    filter: FindingFilter,
    by: FindingGroup,
    at?: Date,
  ): Promise<readonly { readonly name: string; readonly count: number }[]>
  /** Of each owner, by name: how many of those that stood and lead to something came at `newFrom` or later, and when the oldest of them did. */
  ages(
    workspace: string,
    environments: readonly string[] | undefined,
    newFrom: Date,
    at?: Date,
  ): Promise<readonly { readonly owner: string; readonly fresh: number; readonly oldest: string }[]>
  /** How often each rule was violated, week by week up to a moment; exempted findings aside. Sorted by rule. */
  weeks(workspace: string, environment: string, until: Date, weeks: number): Promise<readonly RuleWeeks[]>
  /** One with its episodes, as they were known at a moment (default: now); also one that is resolved. */
  get(workspace: string, fingerprint: string, environment?: string, at?: Date): Promise<FindingHistory | undefined>
}

export interface Events {
  /** Numbers and keeps events of one moment, the latest of theirs, and tells listeners; the workspace is locked, so that numbers become visible in order. */
  append(workspace: string, events: readonly EventDraft[]): Promise<readonly WorkspaceEvent[]>
  /** Those after a number, oldest first. */
  after(
    workspace: string,
    event: number,
    limit: number,
    kinds?: readonly EventKind[],
  ): Promise<readonly WorkspaceEvent[]>
  /** Newest first. */
  list(
    workspace: string,
    filter: { readonly kinds?: readonly EventKind[]; readonly from?: Date; readonly until?: Date },
    page: PageRequest,
  ): Promise<Page<WorkspaceEvent>>
  /** The number of the newest event; 0 where there is none. */
  newest(workspace: string): Promise<number>
  /** The number of the oldest that is still kept; undefined where there is none. */
  oldest(workspace: string): Promise<number | undefined>
}

export interface Proposals {
  add(proposal: Proposal): Promise<void>
  get(workspace: string, proposal: string): Promise<Proposal | undefined>
  /** Newest first. */
  list(workspace: string, page: PageRequest & { readonly state?: Proposal['state'] }): Promise<Page<Proposal>>
  /** In a transaction; says whether it was open. Keeps it as it is now. */
  replace(proposal: Proposal): Promise<boolean>
  /** In a transaction; says whether it was open. */
  adopt(workspace: string, proposal: string, revision: number): Promise<boolean>
}

/** What teams say of proposals; nothing is ever taken away. */
export interface Approvals {
  /** In a transaction; the workspace is locked. */
  append(workspace: string, approval: Approval): Promise<void>
  /** Of these proposals, oldest first. */
  of(workspace: string, proposals: readonly string[]): Promise<readonly Approval[]>
}

export interface Webhooks {
  list(workspace: string): Promise<readonly StoredWebhook[]>
  get(workspace: string, name: string): Promise<StoredWebhook | undefined>
  put(workspace: string, webhook: StoredWebhook): Promise<void>
  delete(workspace: string, name: string): Promise<boolean>
}

export interface Tokens {
  /** `digest`: SHA-256 of the secret, hex; the secret itself is never kept. */
  add(token: StoredToken, digest: string): Promise<void>
  /** Also one that is revoked or expired. */
  find(id: string): Promise<{ readonly token: StoredToken; readonly digest: string } | undefined>
  /** Oldest first. */
  list(): Promise<readonly StoredToken[]>
  /** Says whether there was one that was not revoked yet. */
  revoke(id: string, at: string): Promise<boolean>
  /** Whether there is any, also one that is revoked or expired: who ever made a token wants no open door. */
  any(): Promise<boolean>
}

/** Browsers that are signed in, by the SHA-256 of what they keep, hex. */
export interface Sessions {
  add(session: Session, digest: string): Promise<void>
  /** Also one that is past its end. */
  find(digest: string): Promise<{ readonly session: Session; readonly usedAt: string } | undefined>
  /** Notes that it was used. */
  use(digest: string, at: string): Promise<void>
  /** Says whether there was one. */
  end(digest: string): Promise<boolean>
}

export interface Audit {
  append(entry: AuditEntry): Promise<void>
  /** Newest first. */
  list(workspace: string | undefined, page: PageRequest): Promise<Page<AuditEntry>>
}
