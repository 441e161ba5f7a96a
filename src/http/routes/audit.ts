import { pageIn, pageSchema, parameters, querySchema } from '../asked-values.ts'
import type { Route } from '../route.ts'

const query = querySchema({ limit: parameters.limit, cursor: parameters.cursor })
const answers = {
  200: { description: 'Changes.', schema: pageSchema({ $ref: 'urn:congruent:http:audit-entry' }) },
} as const

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
    answers,
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
    answers,
    handle: async ({ params, query }, { service }) => ({
      status: 200,
      body: await service.listAudit(params['workspace'], pageIn(query)),
    }),
  },
]
