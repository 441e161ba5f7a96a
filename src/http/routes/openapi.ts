import type { Route } from '../route.ts'

/** The API about itself. */
export const openapi: readonly Route[] = [
  {
    method: 'GET',
    url: '/openapi.json',
    operation: 'getOpenApi',
    tag: 'operation',
    summary: 'This API as an OpenAPI 3.1 document',
    needs: 'anyone',
    answers: { 200: { description: 'The document.', schema: { type: 'object' } } },
    handle: async (_asked, { openapi }) => ({ status: 200, body: openapi() }),
  },
]
