import { eventKinds, type EventKind } from '../../model/event.ts'
import { isDataList } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import type { Asked, Route, Schema } from '../route.ts'

const webhook: Schema = { $ref: 'urn:congruent:http:webhook' }
const one = '/v1/workspaces/:workspace/webhooks/:webhook'
const needs: Route['needs'] = ({ workspace }) => `admin:${workspace ?? ''}`

/** Where a workspace's events are sent. */
export const webhooks: readonly Route[] = [
  {
    method: 'PUT',
    url: one,
    operation: 'putWebhook',
    tag: 'webhooks',
    summary: 'Send events of a workspace to an address, signed',
    description:
      'Each event is a POST of `{workspace, event, at, kind, …}` with `Congruent-Event`, `Congruent-Delivery` (the same when it is sent again), `Congruent-Timestamp` (seconds since 1970) and `Congruent-Signature: v1=` and the hex HMAC-SHA256 of timestamp, `.` and body. Anything but a status between 200 and 299 is tried again with back-off for half a day. A private address is refused unless the server allows it; redirects are not followed.',
    needs,
    params: {
      type: 'object',
      properties: {
        workspace: { type: 'string' },
        webhook: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$' },
      },
      required: ['workspace', 'webhook'],
    },
    body: { schema: { $ref: 'urn:congruent:http:webhook-request' }, types: ['application/json'] },
    answers: {
      200: { description: 'It is changed.', schema: webhook },
      201: { description: 'It is made; with the secret where the server made that.', schema: webhook },
    },
    handle: async ({ params, body = null, subject, id }, { service }) => {
      const secret = memberOf(body, 'secret')
      const events = memberOf(body, 'events')
      const put = await service.putWebhook({
        ...namesOf(params),
        url: textOf(memberOf(body, 'url')),
        ...(events !== undefined && isDataList(events) ? { events: events.flatMap(kindOf) } : {}),
        ...(typeof secret === 'string' ? { secret } : {}),
        asker: { by: subject.name, request: id },
      })
      return { status: put.made ? 201 : 200, headers: { 'cache-control': 'no-store' }, body: put.webhook }
    },
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/webhooks',
    operation: 'listWebhooks',
    tag: 'webhooks',
    summary: 'Where events of a workspace are sent, sorted by name',
    needs,
    answers: {
      200: {
        description: 'Webhooks, without their secrets.',
        schema: {
          type: 'object',
          properties: { items: { type: 'array', items: webhook } },
          required: ['items'],
          additionalProperties: false,
        },
      },
    },
    handle: async ({ params }, { service }) => ({
      status: 200,
      body: { items: await service.listWebhooks(params['workspace'] ?? '') },
    }),
  },
  {
    method: 'GET',
    url: one,
    operation: 'getWebhook',
    tag: 'webhooks',
    summary: 'One of them',
    needs,
    answers: { 200: { description: 'The webhook, without its secret.', schema: webhook } },
    handle: async ({ params }, { service }) => ({ status: 200, body: await service.getWebhook(namesOf(params)) }),
  },
  {
    method: 'DELETE',
    url: one,
    operation: 'deleteWebhook',
    tag: 'webhooks',
    summary: 'Send nothing more there',
    needs,
    answers: { 204: { description: 'It is gone.' } },
    handle: async ({ params, subject, id }, { service }) => {
      await service.deleteWebhook({ ...namesOf(params), asker: { by: subject.name, request: id } })
      return { status: 204 }
    },
  },
]

function namesOf(params: Asked['params']): { readonly workspace: string; readonly name: string } {
  return { workspace: params['workspace'] ?? '', name: params['webhook'] ?? '' }
}

function kindOf(value: unknown): readonly EventKind[] {
  return eventKinds.filter((kind) => kind === value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
