import { parsePath } from '../../model/path.ts'
import { knownIn, momentIn, parameters, pathIn, querySchema, textIn } from '../asked-values.ts'
import type { Route } from '../route.ts'

const { at, known, environment, path } = parameters

/** What was observed, by whom, and where. */
export const observed: readonly Route[] = [
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/observed',
    operation: 'getObserved',
    tag: 'observed',
    summary: 'The newest snapshots as one state, and which of them answered for which path',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({ environment, at, known, path }),
    answers: { 200: { description: 'The observed state.', schema: { $ref: 'urn:congruent:http:observed' } } },
    handle: async ({ params, query }, { service }) => ({
      status: 200,
      body: await service.observedAt({
        ...whichIn(params, query),
        path: pathIn(query, 'path', parsePath) ?? [],
      }),
    }),
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/coverage',
    operation: 'getCoverage',
    tag: 'observed',
    summary: 'Which observer looks where',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({ environment, at, known }),
    answers: { 200: { description: 'Paths and observers.', schema: { $ref: 'urn:congruent:http:coverage' } } },
    handle: async ({ params, query, deadlineMs }, { service }) => ({
      status: 200,
      body: await service.coverageAt({ ...whichIn(params, query), deadlineMs }),
    }),
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/observers',
    operation: 'listObservers',
    tag: 'observed',
    summary: 'Every observer with its newest snapshot, and how old that is',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({ environment, at }),
    answers: {
      200: {
        description: 'Observers, sorted by name and environment.',
        schema: {
          type: 'object',
          properties: { items: { type: 'array', items: { $ref: 'urn:congruent:http:observer' } } },
          required: ['items'],
          additionalProperties: false,
        },
      },
    },
    handle: async ({ params, query }, { service }) => ({
      status: 200,
      body: { items: await service.listObservers(placeIn(params, query)) },
    }),
  },
]

type Params = Readonly<Record<string, string>>
type Query = Readonly<Record<string, unknown>>

function placeIn(
  params: Params,
  query: Query,
): { readonly workspace: string; readonly environment?: string; readonly at?: Date } {
  const [name, moment] = [textIn(query, 'environment'), momentIn(query, 'at')]
  return {
    workspace: params['workspace'] ?? '',
    ...(name === undefined ? {} : { environment: name }),
    ...(moment === undefined ? {} : { at: moment }),
  }
}

function whichIn(params: Params, query: Query): ReturnType<typeof placeIn> & { readonly known: 'then' | 'now' } {
  return { ...placeIn(params, query), known: knownIn(query) }
}
