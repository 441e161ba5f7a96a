import { memberOf } from '../../model/data-map.ts'
import { querySchema, textIn } from '../asked-values.ts'
import { meOf } from '../me.ts'
import type { SentOn } from '../access/sign-in.ts'
import type { ProblemDocument } from '../problem.ts'
import type { Answer, Route } from '../route.ts'

/** A token is shorter, and who asks is not known yet. */
const most = 32_768

/** What a provider says of who comes back, by RFC 6749 and RFC 9207. */
const ofCallback = ['code', 'state', 'iss', 'error', 'error_description'] as const

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
    method: 'GET',
    url: '/v1/session/oidc',
    operation: 'signInAtProvider',
    tag: 'access',
    summary: 'Sign a browser in at the identity provider',
    description:
      'For a link that a person follows. From the provider the browser comes back signed in, for twelve hours at most.',
    needs: 'anyone',
    query: querySchema({
      to: {
        description: 'The page that is shown then: a path of this server. Default: where its pages begin.',
        type: 'string',
        maxLength: 2000,
      },
    }),
    answers: {
      303: { description: 'The way to the provider; for a browser that cannot be sent there, to `/signin`.' },
    },
    handle: async ({ query, headers, id }, { signIn }) =>
      sentOn(await signIn.toProvider(textIn(query, 'to'), { headers, id })),
    refusedPage: (problem, { url }) =>
      backToSignIn('../../', problem, new URLSearchParams(url.split('?')[1] ?? '').get('to') ?? undefined),
  },
  {
    method: 'GET',
    url: '/v1/session/oidc/callback',
    operation: 'comeFromProvider',
    tag: 'access',
    summary: 'Where the identity provider sends browsers back to',
    needs: 'anyone',
    // Providers add others, which are left alone.
    query: { type: 'object', properties: Object.fromEntries(ofCallback.map((name) => [name, { type: 'string' }])) },
    answers: {
      303: {
        description: 'The browser is signed in, and on its way to the page; one that is not let in, to `/signin`.',
      },
    },
    handle: async ({ query, headers, id }, { signIn }) => {
      const given = new URLSearchParams()
      for (const name of ofCallback) {
        const value = textIn(query, name)
        if (value !== undefined) given.set(name, value)
      }
      return sentOn(await signIn.fromProvider(given, { headers, id }))
    },
    refusedPage: (problem, { headers }, { signIn }) => backToSignIn('../../../', problem, signIn.wanted(headers)),
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

/** Addresses of such answers hold what is for this browser alone. */
function sentOn({ location, cookies }: SentOn): Answer {
  return { status: 303, headers: { location, 'set-cookie': [...cookies], 'cache-control': 'no-store' } }
}

/** Where a person is told in words why they are not signed in; relative, so that it leads there below any path. */
function backToSignIn(up: string, { code, reason, request }: ProblemDocument, to: string | undefined): Answer {
  const why = typeof reason === 'string' ? reason : code === 'PROVIDER_UNAVAILABLE' ? 'unavailable' : 'failed'
  const said = new URLSearchParams({ request, ...(to === undefined ? {} : { to }), why })
  return { status: 303, headers: { location: `${up}signin?${said.toString()}` } }
}
