import { memberOf } from '../../model/data-map.ts'
import { meOf } from '../me.ts'
import type { Route } from '../route.ts'

/** A token is shorter, and who asks is not known yet. */
const most = 32_768

/** A browser's way in, and out. */
export const session: readonly Route[] = [
  {
    method: 'GET',
    url: '/v1/session',
    operation: 'getWaysIn',
    tag: 'access',
    summary: 'The ways by which a browser may sign in',
    needs: 'anyone',
    answers: { 200: { description: 'The ways.', schema: { $ref: 'urn:congruent:http:ways-in' } } },
    handle: async (_asked, { signIn }) => ({ status: 200, body: { ways: await signIn.ways() } }),
  },
  {
    method: 'POST',
    url: '/v1/session',
    operation: 'signIn',
    tag: 'access',
    summary: 'Sign a browser in by a token',
    description:
      'The answer sets a cookie that no script reads. With it alone everything may be read; whatever changes something needs the header `X-Congruent-CSRF` with `csrf` of the answer as well. The session ends with the token, after a day without use, or after a week.',
    needs: 'anyone',
    body: { schema: { $ref: 'urn:congruent:http:sign-in-request' }, types: ['application/json'], most },
    answers: { 201: { description: 'Who is signed in.', schema: { $ref: 'urn:congruent:http:me' } } },
    handle: async ({ body = null, headers, id }, { signIn }) => {
      const token = memberOf(body, 'token')
      const { subject, cookie } = await signIn.byToken(typeof token === 'string' ? token : '', { headers, id })
      return { status: 201, headers: { 'set-cookie': cookie, 'cache-control': 'no-store' }, body: meOf(subject) }
    },
  },
  {
    method: 'DELETE',
    url: '/v1/session',
    operation: 'signOut',
    tag: 'access',
    summary: 'Sign a browser out',
    needs: 'token',
    answers: { 204: { description: 'The session has ended.' } },
    handle: async ({ subject, headers, id }, { signIn }) => ({
      status: 204,
      headers: { 'set-cookie': await signIn.out(subject, { headers, id }) },
    }),
  },
]
