import { meOf } from '../me.ts'
import type { Route } from '../route.ts'

/** The asker about itself. */
export const me: readonly Route[] = [
  {
    method: 'GET',
    url: '/v1/me',
    operation: 'getMe',
    tag: 'access',
    summary: 'Who asks, and what they may',
    needs: 'token',
    answers: { 200: { description: 'The asker.', schema: { $ref: 'urn:congruent:http:me' } } },
    handle: async ({ subject }) => ({ status: 200, body: meOf(subject) }),
  },
]
