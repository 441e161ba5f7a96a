import { createHmac } from 'node:crypto'
import t from 'tap'
import type { WorkspaceEvent } from '../../../../src/model/event.ts'
import type { StoredWebhook } from '../../../../src/model/webhook.ts'
import { deliver } from '../../../../src/operations/stored/webhooks/deliver.ts'
import type { OutgoingRequest } from '../../../../src/outgoing/outgoing.ts'

const at = '2026-03-01T12:00:00.000Z'
const ofVerdict: WorkspaceEvent = { event: 7, at, kind: 'verdict', environment: 'prod', check: 3, after: 'violates' }
const chat: StoredWebhook = { name: 'chat', url: 'https://chat.example/in', secret: 'cgw_secret', createdAt: at }

/** What is sent where the receiver answers with a status. */
async function sent(
  status: number,
  number: number,
  webhook: StoredWebhook | undefined,
  pages?: string,
  event: WorkspaceEvent = ofVerdict,
): Promise<OutgoingRequest[]> {
  const requests: OutgoingRequest[] = []
  const dependencies = {
    store: {
      webhooks: { get: async () => webhook },
      events: { after: async (_workspace: string, after: number) => (after < 7 ? [event] : []) },
    },
    outgoing: {
      judge: async () => undefined,
      call: async (request: OutgoingRequest) => {
        requests.push(request)
        return { status, headers: {}, body: Buffer.alloc(0) }
      },
    },
    clock: () => new Date(at),
    ...(pages === undefined ? {} : { pages }),
  }
  const job = { workspace: 'shop', webhook: 'chat', event: number }
  await deliver(dependencies, job, new AbortController().signal)
  return requests
}

t.test('an event is sent with what proves who sent it', async (t) => {
  const [request] = await sent(204, 7, chat)
  const body = `{"workspace":"shop","event":7,"at":"${at}","kind":"verdict","environment":"prod","check":3,"after":"violates"}`
  const signature = createHmac('sha256', 'cgw_secret').update(`1772366400.${body}`).digest('hex')
  t.match(request, {
    method: 'POST',
    url: 'https://chat.example/in',
    headers: {
      'Content-Type': 'application/json',
      'Congruent-Event': 'verdict',
      'Congruent-Delivery': 'shop/chat/7',
      'Congruent-Timestamp': '1772366400',
      'Congruent-Signature': `v1=${signature}`,
    },
    body,
  })
})

t.test('where people see the pages is known: each event says on which', async (t) => {
  const finding = { change: 'opened', fingerprint: 'f'.repeat(32), path: 'a', rule: 'HA-1' } as const
  const pages: readonly (readonly [WorkspaceEvent, string])[] = [
    [ofVerdict, 'https://c.example/w/shop?env=prod'],
    [
      { event: 7, at, kind: 'finding', environment: 'prod', check: 3, ...finding },
      `https://c.example/w/shop/findings/${'f'.repeat(32)}?env=prod`,
    ],
    [
      { event: 7, at, kind: 'proposal', proposal: 'p-1', team: 'web', state: 'open' },
      'https://c.example/w/shop/review/p-1',
    ],
    [{ event: 7, at, kind: 'snapshot', observer: 'node-7', sequence: 1, observedAt: at }, 'https://c.example/w/shop'],
  ]
  for (const [event, page] of pages) {
    const [request] = await sent(204, 7, chat, 'https://c.example', event)
    t.match(JSON.parse(request?.body ?? ''), { workspace: 'shop', page })
  }
})

t.test('what is gone meanwhile is not sent', async (t) => {
  t.same(await sent(204, 7, undefined), [], 'the webhook')
  t.same(await sent(204, 6, chat), [], 'the event: the next one is another')
  t.same(await sent(204, 8, chat), [], 'the event')
})

t.test('whoever does not take it gets it again', async (t) => {
  for (const status of [302, 400, 500])
    await t.rejects(sent(status, 7, chat), {
      code: 'SERVER_FAILED',
      message: `webhook \`chat\` of workspace \`shop\` was answered with ${status}: expected 200 to 299`,
    })
})
