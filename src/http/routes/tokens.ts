import type { Data } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import type { Route } from '../route.ts'

const token = { $ref: 'urn:congruent:http:token' }

/** Tokens that this server makes and revokes. */
export const tokens: readonly Route[] = [
  {
    method: 'POST',
    url: '/v1/tokens',
    operation: 'createToken',
    tag: 'access',
    summary: 'Make a token; its secret is said this once',
    needs: () => 'admin:*',
    body: { schema: { $ref: 'urn:congruent:http:token-request' }, types: ['application/json'] },
    answers: {
      201: {
        description: 'The token, and its secret, which is not kept.',
        schema: {
          type: 'object',
          properties: { token, secret: { type: 'string' } },
          required: ['token', 'secret'],
          additionalProperties: false,
        },
      },
    },
    handle: async ({ body = null, subject, id }, { service }) => {
      const expiresAt = memberOf(body, 'expiresAt')
      const made = await service.createToken({
        name: textOf(memberOf(body, 'name')),
        scopes: listOf(memberOf(body, 'scopes')).map(textOf),
        asker: { by: subject.name, request: id },
        ...(expiresAt === undefined ? {} : { expiresAt: textOf(expiresAt) }),
      })
      return { status: 201, headers: { 'cache-control': 'no-store' }, body: made }
    },
  },
  {
    method: 'GET',
    url: '/v1/tokens',
    operation: 'listTokens',
    tag: 'access',
    summary: 'Every token, oldest first, also those that ended',
    needs: () => 'admin:*',
    answers: {
      200: {
        description: 'The tokens, without their secrets.',
        schema: {
          type: 'object',
          properties: { items: { type: 'array', items: token } },
          required: ['items'],
          additionalProperties: false,
        },
      },
    },
    handle: async (_asked, { service }) => ({ status: 200, body: { items: await service.listTokens() } }),
  },
  {
    method: 'DELETE',
    url: '/v1/tokens/:token',
    operation: 'revokeToken',
    tag: 'access',
    summary: 'Revoke a token',
    description: 'Every replica refuses it within five seconds. Revoking it again changes nothing.',
    needs: () => 'admin:*',
    params: {
      type: 'object',
      properties: { token: { type: 'string', pattern: '^[0-9a-f]{16}$', title: 'the identifier of a token' } },
    },
    answers: { 200: { description: 'The token, which has ended.', schema: token } },
    handle: async ({ params, subject, id }, { service }) => ({
      status: 200,
      body: await service.revokeToken({ id: params['token'] ?? '', asker: { by: subject.name, request: id } }),
    }),
  },
]

// The schema of the body has been found to fit.
function textOf(value: Data | undefined): string {
  return typeof value === 'string' ? value : ''
}

function listOf(value: Data | undefined): readonly Data[] {
  return Array.isArray(value) ? value : []
}
