import { createHmac } from 'node:crypto'
import { Fault } from '../../../errors.ts'
import { exactJson } from '../../../model/exact-json.ts'
import type { WorkspaceEvent } from '../../../model/event.ts'
import { findingPage, proposalPage, workspacePage } from '../../../model/page-address.ts'
import type { StoredWebhook } from '../../../model/webhook.ts'
import type { Events, Webhooks } from '../../../store/store.ts'
import type { StoredDependencies } from '../dependencies.ts'

type Needed = Pick<StoredDependencies, 'outgoing' | 'clock' | 'pages'> & {
  readonly store: { readonly webhooks: Pick<Webhooks, 'get'>; readonly events: Pick<Events, 'after'> }
}

/**
 * Sends one event to one webhook; what is gone meanwhile is sent no more. Rejects where the receiver does not answer with a status between
 * 200 and 299: then it is to be sent again, and the receiver knows it by `Congruent-Delivery`.
 */
export async function deliver(
  { store, outgoing, clock, pages }: Needed,
  {
    workspace,
    webhook: name,
    event: number,
  }: { readonly workspace: string; readonly webhook: string; readonly event: number },
  signal: AbortSignal,
): Promise<void> {
  const webhook = await store.webhooks.get(workspace, name)
  const [event] = await store.events.after(workspace, number - 1, 1)
  if (webhook === undefined || event?.event !== number) return
  const body = exactJson({
    workspace,
    ...event,
    ...(pages === undefined ? {} : { page: pageOfEvent(pages, workspace, event) }),
  })
  const timestamp = String(Math.floor(clock().getTime() / 1000))
  const { status } = await outgoing.call({
    method: 'POST',
    url: webhook.url,
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'congruent',
      'Congruent-Event': event.kind,
      'Congruent-Delivery': `${workspace}/${name}/${number}`,
      'Congruent-Timestamp': timestamp,
      'Congruent-Signature': signatureOf(webhook, timestamp, body),
    },
    body,
    signal,
  })
  if (status < 200 || status > 299)
    throw new Fault(
      'SERVER_FAILED',
      `webhook \`${name}\` of workspace \`${workspace}\` was answered with ${status}: expected 200 to 299`,
    )
}

/** Where people see what happened. */
function pageOfEvent(pages: string, workspace: string, event: WorkspaceEvent): string {
  if (event.kind === 'finding') return findingPage(pages, workspace, event)
  if (event.kind === 'proposal') return proposalPage(pages, workspace, event.proposal)
  return workspacePage(pages, workspace, 'environment' in event ? event.environment : undefined)
}

function signatureOf({ secret }: StoredWebhook, timestamp: string, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
}
