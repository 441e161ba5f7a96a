import { pageIn, pageSchema, parameters, querySchema } from '../asked-values.ts'
import type { Route } from '../route.ts'

const revision = { $ref: 'urn:congruent:http:revision' }

/** What was demanded over time. */
export const revisions: readonly Route[] = [
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/revisions',
    operation: 'listRevisions',
    tag: 'revisions',
    summary: 'The revisions of a workspace, newest first',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({ limit: parameters.limit, cursor: parameters.cursor }),
    answers: { 200: { description: 'Revisions.', schema: pageSchema(revision) } },
    handle: async ({ params, query }, { service }) => ({
      status: 200,
      body: await service.listRevisions(params['workspace'] ?? '', pageIn(query)),
    }),
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/revisions/:revision',
    operation: 'getRevision',
    tag: 'revisions',
    summary: 'One revision',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    params: {
      type: 'object',
      properties: { revision: { title: 'the number of a revision', type: 'string', pattern: '^[1-9]\\d{0,8}$' } },
    },
    answers: { 200: { description: 'The revision.', schema: revision } },
    handle: async ({ params }, { service }) => ({
      status: 200,
      body: await service.getRevision(params['workspace'] ?? '', { revision: Number(params['revision']) }),
    }),
  },
]
