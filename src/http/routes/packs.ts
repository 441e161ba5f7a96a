import type { Route } from '../route.ts'

/** The packs that a server has. */
export const packs: readonly Route[] = [
  {
    method: 'GET',
    url: '/v1/packs',
    operation: 'listPacks',
    tag: 'workspaces',
    summary: 'The packs of this server, by name: those that its workspaces may use',
    needs: 'token',
    answers: {
      200: {
        description: 'What each says of itself.',
        schema: {
          type: 'object',
          properties: { items: { type: 'array', items: { $ref: 'urn:congruent:pack' } } },
          required: ['items'],
          additionalProperties: false,
        },
      },
    },
    handle: async (_, { congruent }) => ({ status: 200, body: { items: await congruent.packs() } }),
  },
]
