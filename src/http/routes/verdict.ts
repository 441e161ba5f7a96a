import { knownIn, momentIn, numberIn, parameters, querySchema, textIn } from '../asked-values.ts'
import type { Route } from '../route.ts'

/** The verdict about a workspace, now and over time. */
export const verdict: readonly Route[] = [
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/verdict',
    operation: 'getVerdict',
    tag: 'verdict',
    summary: 'The verdict at a moment, of every environment',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({ at: parameters.at, known: parameters.known }),
    answers: { 200: { description: 'The verdict.', schema: { $ref: 'urn:congruent:http:verdict' } } },
    handle: async ({ params, query, deadlineMs, signal }, { service }) => {
      const at = momentIn(query, 'at')
      const body = await service.verdictAt({
        workspace: params['workspace'] ?? '',
        ...(at === undefined ? {} : { at }),
        known: knownIn(query),
        deadlineMs,
        signal,
      })
      return { status: 200, body }
    },
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/verdict/timeline',
    operation: 'getVerdictTimeline',
    tag: 'verdict',
    summary: 'The verdicts of environments over time',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({
      environment: { ...parameters.environment, description: 'Default: every one.' },
      from: parameters.from,
      to: parameters.to,
      limit: { ...parameters.limit, description: 'How many segments of each environment at most.', default: 500 },
      keep: {
        description: 'Which segments, where there are more than that: they come oldest first either way.',
        enum: ['oldest', 'newest'],
        default: 'oldest',
      },
    }),
    answers: {
      200: {
        description: 'A timeline for each environment, sorted by name.',
        schema: {
          type: 'object',
          properties: { environments: { type: 'array', items: { $ref: 'urn:congruent:http:timeline' } } },
          required: ['environments'],
          additionalProperties: false,
        },
      },
    },
    handle: async ({ params, query }, { service }) => {
      const environment = textIn(query, 'environment')
      const [from, to] = [momentIn(query, 'from'), momentIn(query, 'to')]
      const environments = await service.timeline({
        workspace: params['workspace'] ?? '',
        ...(environment === undefined ? {} : { environment }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        limit: numberIn(query, 'limit') ?? 500,
        keep: query['keep'] === 'newest' ? 'newest' : 'oldest',
      })
      return { status: 200, body: { environments } }
    },
  },
]
