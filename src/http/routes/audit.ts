import { pageIn, pageSchema, parameters, querySchema } from '../asked-values.ts'
import type { Route } from '../route.ts'

const page = pageSchema({ $ref: 'urn:congruent:http:audit-entry' })
const query = querySchema({ limit: parameters.limit, cursor: parameters.cursor })

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
      body: await service.listAudit(undefined, pageIn(query)),
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
      body: await service.listAudit(params['workspace'], pageIn(query)),
    }),
  },
]
