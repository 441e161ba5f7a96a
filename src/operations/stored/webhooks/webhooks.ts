import { Fault } from '../../../errors.ts'
import type { EventKind } from '../../../model/event.ts'
import type { StoredWebhook } from '../../../model/webhook.ts'
import type { Asker } from '../asker.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { knownWorkspace, noWorkspace } from '../stored-workspace.ts'

/** A webhook as it is shown: without its secret. */
export type ShownWebhook = Omit<StoredWebhook, 'secret'>

export interface WebhookName {
  readonly workspace: string
  readonly name: string
}

export interface PutWebhookInput extends WebhookName {
  readonly url: string
  /** Absent: every kind. */
  readonly events?: readonly EventKind[]
  /** Absent: the one it has, else a new one. */
  readonly secret?: string
  readonly asker: Asker
}

export interface PutWebhookResult {
  readonly made: boolean
  /** With the secret where that was made now: it is shown this once. */
  readonly webhook: ShownWebhook & { readonly secret?: string }
}

type Needed = Pick<StoredDependencies, 'store' | 'outgoing' | 'clock' | 'random'>

/** Makes or changes a webhook. Rejects with ADDRESS_REFUSED where its address may not be called, as it is known now. */
export async function putWebhook(
  { store, outgoing, clock, random }: Needed,
  input: PutWebhookInput,
): Promise<PutWebhookResult> {
  const { workspace, name, url, events, asker } = input
  await knownWorkspace(store, workspace)
  await outgoing.judge(url)
  const at = clock().toISOString()
  return store.transaction(async (tables) => {
    if ((await tables.workspaces.lock(workspace)) === undefined) throw noWorkspace(workspace)
    const before = await tables.webhooks.get(workspace, name)
    const secret = input.secret ?? before?.secret ?? `cgw_${random()}`
    const webhook = {
      name,
      url,
      ...(events === undefined ? {} : { events }),
      secret,
      createdAt: before?.createdAt ?? at,
    }
    await tables.webhooks.put(workspace, webhook)
    await tables.audit.append({ at, action: 'put webhook', workspace, subject: name, ...asker })
    const made = input.secret === undefined && before === undefined
    return { made: before === undefined, webhook: made ? webhook : shown(webhook) }
  })
}

/** The webhooks of a workspace, sorted by name. */
export async function listWebhooks(
  { store }: Pick<Needed, 'store'>,
  workspace: string,
): Promise<readonly ShownWebhook[]> {
  await knownWorkspace(store, workspace)
  return (await store.webhooks.list(workspace)).map(shown)
}

export async function getWebhook(
  { store }: Pick<Needed, 'store'>,
  { workspace, name }: WebhookName,
): Promise<ShownWebhook> {
  await knownWorkspace(store, workspace)
  const webhook = await store.webhooks.get(workspace, name)
  if (webhook === undefined) throw noWebhook(workspace, name)
  return shown(webhook)
}

/** Nothing more is sent there, not even what happened before. */
export async function deleteWebhook(
  { store, clock }: Pick<Needed, 'store' | 'clock'>,
  { workspace, name, asker }: WebhookName & { readonly asker: Asker },
): Promise<void> {
  await knownWorkspace(store, workspace)
  await store.transaction(async (tables) => {
    if (!(await tables.webhooks.delete(workspace, name))) throw noWebhook(workspace, name)
    const at = clock().toISOString()
    await tables.audit.append({ at, action: 'delete webhook', workspace, subject: name, ...asker })
  })
}

function shown({ secret: _, ...webhook }: StoredWebhook): ShownWebhook {
  return webhook
}

function noWebhook(workspace: string, name: string): Fault {
  return new Fault('NOT_FOUND', `workspace \`${workspace}\` has no webhook \`${name}\``)
}
