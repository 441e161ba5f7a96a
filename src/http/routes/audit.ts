import type { PageRequest } from '../../store/store.ts'
import type { Route, Schema } from '../route.ts'

const page: Schema = {
  type: 'object',
  properties: {
    items: { type: 'array', items: { $ref: 'urn:congruent:http:audit-entry' } },
    next: { description: 'The cursor of what follows; absent at the end.', type: 'string' },
  },
  required: ['items'],
  additionalProperties: false,
}

const query: Schema = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
    cursor: { description: 'From `next` of an earlier answer to the same question.', type: 'string' },
  },
  additionalProperties: false,
}

/** Who changed what. */
export const audit: readonly Route[] = [
  {
    method: 'GET',
    url: '/v1/audit',
    operation: 'listAudit',
    tag: 'access',
    summary: 'Every change that somebody made, newest first',
    needs: () => 'admin:*',
    query,
    answers: { 200: { description: 'Changes.', schema: page } },
    handle: async ({ query }, { service }) => ({
      status: 200,
      body: await service.listAudit(undefined, pageOf(query)),
    }),
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/audit',
    operation: 'listWorkspaceAudit',
    tag: 'access',
    summary: 'Every change of a workspace, newest first',
    description: 'It is kept when the workspace is deleted.',
    needs: ({ workspace }) => `admin:${workspace ?? ''}`,
    query,
    answers: { 200: { description: 'Changes.', schema: page } },
    handle: async ({ params, query }, { service }) => ({
      status: 200,
      body: await service.listAudit(params['workspace'], pageOf(query)),
    }),
  },
]

function pageOf({ limit, cursor }: Readonly<Record<string, unknown>>): PageRequest {
  return {
    limit: typeof limit === 'number' ? limit : 100,
    ...(typeof cursor === 'string' ? { cursor } : {}),
  }
}
