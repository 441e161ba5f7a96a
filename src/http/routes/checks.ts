import { memberOf } from '../../model/data-map.ts'
import type { Route } from '../route.ts'

const check = { $ref: 'urn:congruent:http:check' }

/** Checks of stored workspaces: they follow every change by themselves; here they are asked for, and read. */
export const checks: readonly Route[] = [
  {
    method: 'POST',
    url: '/v1/workspaces/:workspace/checks',
    operation: 'requestChecks',
    tag: 'checks',
    summary: 'Check now what is stored',
    description: 'Waits for the checks up to the deadline, which `Prefer: wait=` may lower.',
    needs: ({ workspace }) => `check:${workspace ?? ''}`,
    body: {
      optional: true,
      types: ['application/json'],
      schema: {
        type: 'object',
        properties: { environment: { description: 'Default: every one.', type: 'string', minLength: 1 } },
        additionalProperties: false,
      },
    },
    answers: {
      200: {
        description: 'The newest check of each environment: one that was kept before, where it would say the same.',
        schema: {
          type: 'object',
          properties: { checks: { type: 'array', items: check } },
          required: ['checks'],
          additionalProperties: false,
        },
      },
      202: {
        description: 'The checks are still being made.',
        schema: {
          type: 'object',
          properties: { environments: { type: 'array', items: { type: 'string' } } },
          required: ['environments'],
          additionalProperties: false,
        },
      },
    },
    handle: async ({ params, body, subject, deadlineMs, id }, { service }) => {
      const environment = memberOf(body, 'environment')
      const requested = await service.requestChecks({
        workspace: params['workspace'] ?? '',
        ...(typeof environment === 'string' ? { environment } : {}),
        deadlineMs,
        by: subject.name,
        request: id,
      })
      return requested.state === 'done'
        ? { status: 200, body: { checks: requested.checks } }
        : { status: 202, body: { environments: requested.environments } }
    },
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/checks/:check',
    operation: 'getCheck',
    tag: 'checks',
    summary: 'One check, as it was made',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    params: {
      type: 'object',
      properties: { check: { title: 'the number of a check', type: 'string', pattern: '^[1-9]\\d{0,14}$' } },
    },
    answers: { 200: { description: 'The check.', schema: check } },
    handle: async ({ params }, { service }) => ({
      status: 200,
      body: await service.findCheck(params['workspace'] ?? '', Number(params['check'])),
    }),
  },
]
