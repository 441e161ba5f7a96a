import { exactJson } from '../../model/exact-json.ts'
import type { Route } from '../route.ts'
import { permitted } from '../sent-request.ts'

/** Unifying what comes with the request. */
export const unify: readonly Route[] = [
  {
    method: 'POST',
    url: '/v1/unify',
    operation: 'unify',
    tag: 'check',
    summary: 'Unify fragments, and keep nothing',
    description:
      'The fragments are those of a stored workspace (needs `read:<workspace>`), or come along. `desired` is absent where something conflicts or is not concrete.',
    needs: 'token',
    body: { schema: { $ref: 'urn:congruent:http:unify-request' }, types: ['application/json', 'application/yaml'] },
    answers: {
      200: { description: 'What the fragments unify to.', schema: { $ref: 'urn:congruent:http:unified' } },
    },
    handle: async (asked, { service }) => {
      const { digest, findings, notes, json, incomplete } = await service.unifySent(
        permitted(asked.body, asked, 'read'),
        asked,
      )
      const places = incomplete.map(({ at, text }) => ({ at, text }))
      const about = exactJson({ digest, conflicts: findings, incomplete: places, notes })
      // The state's own text has its numbers exact.
      return { status: 200, text: json === undefined ? about : `${about.slice(0, -1)},"desired":${json}}` }
    },
  },
]
