import { Fault } from '../../errors.ts'
import type { EventDraft } from '../../model/event.ts'
import type { Revision, RevisionDraft } from '../../model/revision.ts'
import type { Store, Transaction } from '../../store/store.ts'
import type { Asker } from './asker.ts'
import type { StoredDependencies } from './dependencies.ts'
import { noWorkspace } from './stored-workspace.ts'

/** What is to become of a workspace's head, worked out from one head: nothing but an answer, or work in the transaction of the change. */
export type Move<T> = { readonly answer: T } | { readonly keep: (tables: Transaction) => Promise<T> }

const mostTries = 64

/**
 * Changes the head of a workspace. What takes long (evaluation) is prepared before the workspace is locked, and prepared anew where the head has
 * moved meanwhile. Rejects with WORKSPACE_NOT_FOUND, or OVERLOADED where others move it all the time. `create` makes
 * the workspace if it is not there.
 */
export async function moveHead<T>(
  store: Pick<Store, 'revisions' | 'transaction'>,
  workspace: string,
  prepare: (head: Revision | undefined) => Promise<Move<T>>,
  create?: (tables: Transaction) => Promise<void>,
): Promise<T> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const head = await store.revisions.at(workspace)
    const move = await prepare(head)
    if ('answer' in move) return move.answer
    const kept = await store.transaction(async (tables) => {
      await create?.(tables)
      if ((await tables.workspaces.lock(workspace)) === undefined) throw noWorkspace(workspace)
      const now = await tables.revisions.at(workspace)
      return now?.revision === head?.revision ? { answer: await move.keep(tables) } : undefined
    })
    if (kept !== undefined) return kept.answer
  }
  throw new Fault('OVERLOADED', `workspace \`${workspace}\` is being changed all the time by others: try again`, {
    details: { retryAfter: 1 },
  })
}

/** What came of a change, for those who follow the workspace. */
export interface RevisionNews {
  readonly draft: RevisionDraft
  /** All environments of the revision: each is to be checked. */
  readonly environments: readonly string[]
  readonly asker: Asker
  /** For the audit log. */
  readonly action: string
  readonly subject?: string
  readonly events?: readonly EventDraft[]
}

/** Keeps a revision with all that belongs to it, in the transaction of the change: event, audit entry, and a check of each environment. */
export async function keepRevision(
  queue: StoredDependencies['queue'],
  tables: Transaction,
  workspace: string,
  { draft, environments, asker, action, subject, events = [] }: RevisionNews,
): Promise<Revision> {
  const revision = await tables.revisions.append(workspace, draft)
  const { at, by, cause, forced } = revision
  await tables.events.append(workspace, [
    { kind: 'revision', at, by, revision: revision.revision, cause, forced },
    ...events,
  ])
  await tables.audit.append({
    at,
    by,
    action,
    workspace,
    revision: revision.revision,
    ...(subject === undefined ? {} : { subject }),
    ...(asker.request === undefined ? {} : { request: asker.request }),
  })
  for (const environment of environments) {
    await tables.checks.want(workspace, environment)
    await queue.send('check', { workspace, environment }, { within: tables })
  }
  return revision
}
