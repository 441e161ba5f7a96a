import type { StoredDependencies } from './operations/stored/dependencies.ts'
import { observedSide, type ObservedSide } from './operations/stored/observed-side.ts'
import { desiredSide, type DesiredSide } from './operations/stored/desired-side.ts'
import { revisionSources } from './operations/stored/revision-source.ts'
import { admission, type AdmitInput } from './operations/stored/admission/admit.ts'
import { createToken, type MadeToken, type TokenRequest } from './operations/stored/tokens/create-token.ts'
import { beginSession, type BegunSession, type SessionRequest } from './operations/stored/sessions/begin-session.ts'
import { endSession } from './operations/stored/sessions/end-session.ts'
import { revokeToken, type TokenRevocation } from './operations/stored/tokens/revoke-token.ts'
import { newestSources, type Changed } from './operations/stored/newest-sources.ts'
import { requestedSide, type RequestedSide } from './operations/requested/requested-side.ts'
import { announcingStore } from './operations/stored/webhooks/announcing-store.ts'
import type { LinesAtOnce } from './operations/requested/lines-at-once.ts'
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
export interface ServiceOptions extends Omit<StoredDependencies, 'sourceOf' | 'checkDeadlineMs'> {
  /** Milliseconds that a check of a stored environment may take; default 300,000. */
  readonly checkDeadlineMs?: number
  /** Answers lines of batches in other threads; absent where there is one processor only. */
  readonly atOnce?: LinesAtOnce
  /** Told of workspaces whose newest revision became another one, or that were deleted, before the asker is told. */
  readonly changed?: Changed
}

/** Workspaces over time: what was desired, observed and found. The HTTP routes and the workers call it. */
export interface Service extends DesiredSide, ObservedSide, RequestedSide {
  readonly store: Store
  createToken(request: TokenRequest): Promise<MadeToken>
  listTokens(): Promise<readonly StoredToken[]>
  revokeToken(revocation: TokenRevocation): Promise<StoredToken>
  beginSession(request: SessionRequest): Promise<BegunSession>
  endSession(which: { readonly secret: string; readonly asker: Asker }): Promise<void>
  /** Of a workspace, or of all and of what concerns none. */
  listAudit(workspace: string | undefined, page: PageRequest): Promise<Page<AuditEntry>>
  putWebhook(input: PutWebhookInput): Promise<PutWebhookResult>
  listWebhooks(workspace: string): Promise<readonly ShownWebhook[]>
  getWebhook(which: WebhookName): Promise<ShownWebhook>
  deleteWebhook(which: WebhookName & { readonly asker: Asker }): Promise<void>
  admit(input: AdmitInput): Promise<AdmissionReview>
  /** Begins to do jobs of the queue, so many of each kind at a time, and to forget what may be forgotten now and then, until the answer is called. */
  work(options: WorkOptions): Promise<() => Promise<void>>
}

// A cluster's first check takes longer than anybody waits for an answer, and nobody does.
const defaultCheckDeadlineMs = 300_000

/** Brings the operations on stored workspaces together. */
export function createService(options: ServiceOptions): Service {
  const { congruent, clock, atOnce, changed, checkDeadlineMs = defaultCheckDeadlineMs } = options
  const sourceOf = revisionSources(options.store.files)
  const newest = newestSources(announcingStore(options.store, options.queue), sourceOf, clock, changed)
  const { store } = newest
  const dependencies: StoredDependencies = { ...options, store, sourceOf, checkDeadlineMs }
  return {
    ...desiredSide(dependencies),
    ...observedSide(dependencies),
    ...requestedSide({
      congruent,
      clock,
      newest: (workspace) => newest.of(workspace),
      newestWithAge: (workspace) => newest.withAge(workspace),
      ...(atOnce === undefined ? {} : { atOnce }),
    }),
    store,
    createToken: (request) => createToken(dependencies, request),
    listTokens: () => store.tokens.list(),
    revokeToken: (revocation) => revokeToken(dependencies, revocation),
    beginSession: (request) => beginSession(dependencies, request),
    endSession: (which) => endSession(dependencies, which),
    listAudit: (workspace, page) => store.audit.list(workspace, page),
    putWebhook: (input) => putWebhook(dependencies, input),
    listWebhooks: (workspace) => listWebhooks(dependencies, workspace),
    getWebhook: (which) => getWebhook(dependencies, which),
    deleteWebhook: (which) => deleteWebhook(dependencies, which),
    admit: admission(dependencies),
    work: (options) => work(dependencies, options),
  }
}
