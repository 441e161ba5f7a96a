import type { StoredDependencies } from './operations/stored/dependencies.ts'
import { observedSide, type ObservedSide } from './operations/stored/observed-side.ts'
import { desiredSide, type DesiredSide } from './operations/stored/desired-side.ts'
import { revisionSources } from './operations/stored/revision-source.ts'
import { admission, type AdmitInput } from './operations/stored/admission/admit.ts'
import { createToken, type MadeToken, type TokenRequest } from './operations/stored/tokens/create-token.ts'
import { revokeToken, type TokenRevocation } from './operations/stored/tokens/revoke-token.ts'
<<<<<<< HEAD
=======
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
import { newestSources } from './operations/stored/newest-sources.ts'
import { requestedSide, type RequestedSide } from './operations/requested/requested-side.ts'
>>>>>>> 2358214 (Requests that keep nothing: check, unify, explain and batches of checks over HTTP)
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
import { work, type WorkOptions } from './operations/stored/jobs/work.ts'
import type { AuditEntry, StoredToken } from './model/access.ts'
import type { AdmissionReview } from './kubernetes/admission-review.ts'
import type { Page, PageRequest, Store } from './store/store.ts'

/** What a service works with. */
export type ServiceOptions = Omit<StoredDependencies, 'sourceOf'>

/** Workspaces over time: what was desired, observed and found. The HTTP routes and the workers call it. */
<<<<<<< HEAD
export interface Service extends DesiredSide, ObservedSide {
=======
export interface Service extends DesiredSide, RequestedSide {
>>>>>>> 2358214 (Requests that keep nothing: check, unify, explain and batches of checks over HTTP)
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
  /** Forgets what workspaces allow to forget; to be called now and then. Says how many rows went. */
  prune(): Promise<number>
  /** Begins to do jobs of the queue, so many of each kind at a time, until the answer is called. */
  work(options: WorkOptions): Promise<() => Promise<void>>
}

/** Brings the operations on stored workspaces together. */
export function createService(options: ServiceOptions): Service {
  const { congruent, clock } = options
  const sourceOf = revisionSources(options.store.files)
  const newest = newestSources(announcingStore(options.store, options.queue), sourceOf, clock)
  const { store } = newest
  const dependencies: StoredDependencies = { ...options, store, sourceOf }
  return {
    ...desiredSide(dependencies),
<<<<<<< HEAD
    ...observedSide(dependencies),
=======
    ...requestedSide({ congruent, newest: (workspace) => newest.of(workspace) }),
>>>>>>> 2358214 (Requests that keep nothing: check, unify, explain and batches of checks over HTTP)
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
    prune: () => store.prune(dependencies.clock()),
    work: (options) => work(dependencies, options),
  }
}
