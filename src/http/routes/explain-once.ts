import type { Route } from '../route.ts'
import { permitted } from '../sent-request.ts'

/** Explaining what comes with the request. */
export const explainOnce: readonly Route[] = [
  {
    method: 'POST',
    url: '/v1/explain',
    operation: 'explain',
    tag: 'check',
    summary: 'Say what stands at a path, who contributed what, and what observers saw there',
    description: 'The fragments are those of a stored workspace (needs `read:<workspace>`), or come along.',
    needs: 'token',
    body: { schema: { $ref: 'urn:congruent:http:explain-request' }, types: ['application/json', 'application/yaml'] },
    answers: {
      200: { description: 'The explanation.', schema: { $ref: 'urn:congruent:http:explanation' } },
    },
    handle: async (asked, { service }) => ({
      status: 200,
      body: await service.explainSent(permitted(asked.body, asked, 'read'), asked),
    }),
  },
]
