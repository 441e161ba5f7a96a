import type { StoredDependencies } from './operations/stored/dependencies.ts'
import { desiredSide, type DesiredSide } from './operations/stored/desired-side.ts'
import { revisionSources } from './operations/stored/revision-source.ts'
import { admission, type AdmitInput } from './operations/stored/admission/admit.ts'
import { createToken, type MadeToken, type TokenRequest } from './operations/stored/tokens/create-token.ts'
import { revokeToken, type TokenRevocation } from './operations/stored/tokens/revoke-token.ts'
import { makeCheck, type CheckOrder } from './operations/stored/checks/make-check.ts'
import {
  findCheck,
  requestChecks,
  type ChecksRequest,
  type RequestedChecks,
} from './operations/stored/checks/request-checks.ts'
import { followEvents, type FollowInput, type Told } from './operations/stored/events/follow-events.ts'
import { listEvents, type EventsInput } from './operations/stored/events/list-events.ts'
import {
  countFindings,
  findFinding,
  listFindings,
  type Counts,
  type FindingsInput,
  type FindingsPage,
  type FindingsRows,
} from './operations/stored/findings/list-findings.ts'
import { coverageAt, type CoverageAt, type CoverageInput } from './operations/stored/observed/coverage.ts'
import { observedAt, type ObservedAt, type ObservedInput } from './operations/stored/observed/observed-state.ts'
import { listObservers, type ObserverNow } from './operations/stored/observed/observers.ts'
import {
  recordSnapshots,
  type SnapshotResult,
  type SnapshotsInput,
} from './operations/stored/snapshots/record-snapshots.ts'
import { listSnapshots, snapshotDocument } from './operations/stored/snapshots/stored-snapshots.ts'
import { timeline, type Timeline, type TimelineInput } from './operations/stored/verdicts/timeline.ts'
import { verdictAt, type VerdictInput, type WorkspaceVerdict } from './operations/stored/verdicts/verdict.ts'
import { announcingStore } from './operations/stored/webhooks/announcing-store.ts'
import type { Asker } from './operations/stored/asker.ts'
import {
  deleteWebhook,
  getWebhook,
  listWebhooks,
  putWebhook,
  type PutWebhookInput,
  type PutWebhookResult,
  type ShownWebhook,
  type WebhookName,
} from './operations/stored/webhooks/webhooks.ts'
import { deliver } from './operations/stored/webhooks/deliver.ts'
import type { AuditEntry, StoredToken } from './model/access.ts'
import type { AdmissionReview } from './kubernetes/admission-review.ts'
import type { Jobs } from './queue/queue.ts'
import type { FindingHistory } from './model/tracked-finding.ts'
import type { CheckRecord } from './model/check-record.ts'
import type { WorkspaceEvent } from './model/event.ts'
import type { StoredSnapshot } from './model/stored-snapshot.ts'
import type { FindingGroup, Page, PageRequest, SnapshotFilter, Store } from './store/store.ts'

/** What a service works with. */
export type ServiceOptions = Omit<StoredDependencies, 'sourceOf'>

/** Workspaces over time: what was desired, observed and found. The HTTP routes and the workers call it. */
export interface Service extends DesiredSide {
  readonly store: Store
  createToken(request: TokenRequest): Promise<MadeToken>
  listTokens(): Promise<readonly StoredToken[]>
  revokeToken(revocation: TokenRevocation): Promise<StoredToken>
  /** Of a workspace, or of all and of what concerns none. */
  listAudit(workspace: string | undefined, page: PageRequest): Promise<Page<AuditEntry>>
  putWebhook(input: PutWebhookInput): Promise<PutWebhookResult>
  listWebhooks(workspace: string): Promise<readonly ShownWebhook[]>
  getWebhook(which: WebhookName): Promise<ShownWebhook>
  deleteWebhook(which: WebhookName & { readonly asker: Asker }): Promise<void>
  admit(input: AdmitInput): Promise<AdmissionReview>
  /** One result for each, once it is kept for certain. */
  recordSnapshots(input: SnapshotsInput): AsyncIterable<SnapshotResult>
  listSnapshots(workspace: string, filter: SnapshotFilter, page: PageRequest): Promise<Page<StoredSnapshot>>
  snapshotDocument(workspace: string, digest: string): Promise<string>
  observedAt(input: ObservedInput): Promise<ObservedAt>
  listObservers(workspace: string, environment?: string): Promise<readonly ObserverNow[]>
  coverageAt(input: CoverageInput): Promise<CoverageAt>
  makeCheck(order: CheckOrder): Promise<CheckRecord | undefined>
  requestChecks(request: ChecksRequest): Promise<RequestedChecks>
  findCheck(workspace: string, check: number): Promise<CheckRecord>
  listFindings(input: FindingsInput, rows: FindingsRows): Promise<FindingsPage>
  countFindings(input: FindingsInput, by: FindingGroup): Promise<Counts>
  findFinding(workspace: string, fingerprint: string, environment?: string): Promise<FindingHistory>
  verdictAt(input: VerdictInput): Promise<WorkspaceVerdict>
  timeline(input: TimelineInput): Promise<readonly Timeline[]>
  listEvents(input: EventsInput): Promise<Page<WorkspaceEvent>>
  followEvents(input: FollowInput): Promise<AsyncIterable<Told>>
  /** Forgets what the workspaces allow to forget; to be called now and then. */
  prune(): Promise<number>
  /** Does a job of the queue. */
  deliver(job: Jobs['webhook'], signal: AbortSignal): Promise<void>
}

/** Brings the operations on stored workspaces together. */
export function createService(options: ServiceOptions): Service {
  const store = announcingStore(options.store, options.queue)
  const dependencies: StoredDependencies = { ...options, store, sourceOf: revisionSources(store.files) }
  return {
    ...desiredSide(dependencies),
    store,
    createToken: (request) => createToken(dependencies, request),
    listTokens: () => store.tokens.list(),
    revokeToken: (revocation) => revokeToken(dependencies, revocation),
    listAudit: (workspace, page) => store.audit.list(workspace, page),
    putWebhook: (input) => putWebhook(dependencies, input),
    listWebhooks: (workspace) => listWebhooks(dependencies, workspace),
    getWebhook: (which) => getWebhook(dependencies, which),
    deleteWebhook: (which) => deleteWebhook(dependencies, which),
    admit: admission(dependencies),
    recordSnapshots: (input) => recordSnapshots(dependencies, input),
    listSnapshots: (workspace, filter, page) => listSnapshots(dependencies, workspace, filter, page),
    snapshotDocument: (workspace, digest) => snapshotDocument(dependencies, workspace, digest),
    observedAt: (input) => observedAt(dependencies, input),
    listObservers: (workspace, environment) => listObservers(dependencies, workspace, environment),
    coverageAt: (input) => coverageAt(dependencies, input),
    makeCheck: (order) => makeCheck(dependencies, order),
    requestChecks: (request) => requestChecks(dependencies, request),
    findCheck: (workspace, check) => findCheck(dependencies, workspace, check),
    listFindings: (input, rows) => listFindings(dependencies, input, rows),
    countFindings: (input, by) => countFindings(dependencies, input, by),
    findFinding: (workspace, fingerprint, environment) =>
      findFinding(dependencies, workspace, fingerprint, environment),
    verdictAt: (input) => verdictAt(dependencies, input),
    timeline: (input) => timeline(dependencies, input),
    listEvents: (input) => listEvents(dependencies, input),
    followEvents: (input) => followEvents(dependencies, input),
    prune: () => store.prune(dependencies.clock()),
    deliver: (job, signal) => deliver(dependencies, job, signal),
  }
}
