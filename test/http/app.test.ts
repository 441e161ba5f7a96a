import t from 'tap'
import { Fault } from '../../src/errors.ts'
import type { Route } from '../../src/http/route.ts'
import { testApp } from '../support/app.ts'

const order = {
  type: 'object',
  properties: { name: { type: 'string' }, count: { type: 'integer', minimum: 1 }, more: {} },
  required: ['name'],
  additionalProperties: false,
}

const echo: Route = {
  method: 'POST',
  url: '/v1/things/:thing',
  operation: 'echo',
  tag: 'operation',
  summary: 'Answers what it got',
  needs: ({ thing }) => `check:${thing ?? ''}`,
  params: { type: 'object', properties: { thing: { type: 'string', pattern: '^[a-z]+$' } }, required: ['thing'] },
  query: {
    type: 'object',
    properties: {
      limit: { type: 'integer' },
      force: { type: 'boolean' },
      kinds: { type: 'array', items: { enum: ['a', 'b'] } },
    },
    additionalProperties: false,
  },
  body: { schema: order, types: ['application/json', 'application/yaml'] },
  answers: { 200: { description: 'The same.', schema: order } },
  handle: async ({ params, query, body, deadlineMs }) => ({ status: 200, body: { params, query, body, deadlineMs } }),
}

const json = { 'content-type': 'application/json' }

t.test('a request that fits is answered, numbers exact', async (t) => {
  const { app } = await testApp(t, {}, { routes: [echo] })
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/things/shop?limit=3&force&kinds=a,b',
    headers: { ...json, prefer: 'respond-async, wait=5', 'x-request-id': 'mine-1' },
    payload: '{"name":"x","more":[12345678901234567890,0.10000000000000000001]}',
  })
  t.equal(answer.statusCode, 200)
  t.match(answer.body, '"more":[12345678901234567890,0.10000000000000000001]')
  t.match(answer.body, '"query":{"limit":3,"force":true,"kinds":["a","b"]}')
  t.match(answer.body, '"deadlineMs":5000')
  t.match(answer.headers, {
    'content-type': 'application/json; charset=utf-8',
    'preference-applied': 'wait=5',
    'x-request-id': 'mine-1',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  const yaml = await app.inject({
    method: 'POST',
    url: '/v1/things/shop',
    headers: { 'content-type': 'application/yaml' },
    payload: 'name: y\n',
  })
  t.match(yaml.json(), { body: { name: 'y' } })
})

t.test('what does not fit is a problem document that says where', async (t) => {
  const { app } = await testApp(t, {}, { routes: [echo] })
  const post = (payload: string | Buffer, type = 'application/json', url = '/v1/things/shop') =>
    app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload })
  const unknown = await post('{"name":"x",\n "cuont":2}')
  t.equal(unknown.headers['content-type'], 'application/problem+json; charset=utf-8')
  t.match(unknown.json(), {
    type: 'urn:congruent:fault:body-invalid',
    title: 'Bad Request',
    status: 400,
    code: 'BODY_INVALID',
    request: /^abcdefgh-/,
    problems: [{ path: 'cuont', line: 2, column: 2, message: /unknown key `cuont`; did you mean `count`/ }],
  })
  const cases: readonly (readonly [string, string | Buffer, string, string, number, string])[] = [
    ['no coercion in bodies', '{"name":"x","count":"2"}', 'application/json', '/v1/things/shop', 400, 'BODY_INVALID'],
    ['a key twice', '{"name":"x","name":"y"}', 'application/json', '/v1/things/shop', 400, 'BODY_INVALID'],
    ['broken', '{"name":', 'application/json', '/v1/things/shop', 400, 'BODY_INVALID'],
    ['no document', ' ', 'application/json', '/v1/things/shop', 400, 'BODY_INVALID'],
    ['two documents', '{"name":"x"}{"name":"y"}', 'application/json', '/v1/things/shop', 400, 'BODY_INVALID'],
    ['an exact number is no map', '0.10000000000000000001', 'application/json', '/v1/things/shop', 400, 'BODY_INVALID'],
    ['NUL', '{"name":"\0"}', 'application/json', '/v1/things/shop', 400, 'BODY_INVALID'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'application/json', '/v1/things/shop', 400, 'BODY_INVALID'],
    ['a form', 'name=x', 'application/x-www-form-urlencoded', '/v1/things/shop', 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['another charset', '{}', 'application/json; charset=latin1', '/v1/things/shop', 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['wrong query', '{"name":"x"}', 'application/json', '/v1/things/shop?limit=x', 400, 'QUERY_INVALID'],
    ['unknown parameter', '{"name":"x"}', 'application/json', '/v1/things/shop?limt=1', 400, 'QUERY_INVALID'],
    ['wrong part of the address', '{"name":"x"}', 'application/json', '/v1/things/SHOP', 400, 'QUERY_INVALID'],
    ['broken escape', '{"name":"x"}', 'application/json', '/v1/things/%zz', 400, 'QUERY_INVALID'],
  ]
  for (const [what, payload, type, url, status, code] of cases)
    t.match((await post(payload, type, url)).json(), { status, code }, what)
  t.match((await post('{"__proto__":{"name":"x"}}')).json(), {
    problems: [{ message: 'the document lacks the key `name`' }, { path: '__proto__' }],
  })
  t.match((await app.inject({ method: 'POST', url: '/v1/things/shop' })).json(), { code: 'BODY_INVALID' })
})

t.test('an unknown address is 404 with what is near, a known one with another method 405', async (t) => {
  const { app } = await testApp(t, {}, { routes: [echo] })
  const unknown = await app.inject({ method: 'POST', url: '/v1/thing/shop' })
  t.match(unknown.json(), { status: 404, code: 'NOT_FOUND', detail: /did you mean `\/v1\/things\/shop`/ })
  for (const method of ['GET', 'DELETE', 'PUT', 'PATCH', 'OPTIONS', 'HEAD'] as const) {
    const wrong = await app.inject({ method, url: '/v1/things/shop' })
    t.equal(wrong.statusCode, 405, method)
    t.equal(wrong.headers.allow, 'POST')
  }
})

t.test('faults keep their code, what is none of the asker’s business stays here', async (t) => {
  const failing = (url: string, error: unknown): Route => ({
    method: 'GET',
    url,
    operation: 'fail',
    tag: 'operation',
    summary: 'Fails',
    needs: 'token',
    answers: {},
    handle: () => Promise.reject(error),
  })
  const routes = [
    failing('/full', new Fault('OVERLOADED', 'full', { details: { retryAfter: 7 } })),
    failing('/defect', new Error('secret words')),
    failing(
      '/conflict',
      new Fault('FRAGMENTS_CONFLICT', 'no', { places: [{ message: 'here', file: 'a.cue', line: 3 }] }),
    ),
  ]
  const { app, lines } = await testApp(t, {}, { routes })
  const full = await app.inject('/full')
  t.equal(full.statusCode, 503)
  t.equal(full.headers['retry-after'], '7')
  const defect = await app.inject('/defect')
  t.match(defect.json(), { status: 500, code: 'INTERNAL' })
  t.notMatch(defect.body, 'secret words')
  t.match(lines.join(''), 'secret words')
  t.match((await app.inject('/conflict')).json(), {
    status: 409,
    problems: [{ file: 'a.cue', line: 3, message: 'here' }],
  })
})

t.test('who may not is told before anything is read', async (t) => {
  const access = {
    subjectOf: ({ headers }: { readonly headers: Readonly<Record<string, unknown>> }) => {
      if (headers['authorization'] === 'Bearer x') return { name: 'ci', scopes: [] }
      throw new Fault('UNAUTHENTICATED', 'no token came with the request')
    },
    may: () => false,
  }
  const { app } = await testApp(t, { access }, { routes: [echo] })
  const without = await app.inject({ method: 'POST', url: '/v1/things/shop', headers: json, payload: '{' })
  t.equal(without.statusCode, 401)
  t.equal(without.headers['www-authenticate'], 'Bearer')
  const lacking = await app.inject({
    method: 'POST',
    url: '/v1/things/shop',
    headers: { ...json, authorization: 'Bearer x' },
    payload: '{',
  })
  t.match(lacking.json(), { status: 403, code: 'FORBIDDEN', detail: /`ci` lacks the scope `check:shop`/ })
})

t.test('a body is as large as it may be and no larger', async (t) => {
  const { app } = await testApp(t, {}, { routes: [echo], bodyBytes: 20 })
  const post = (payload: string) => app.inject({ method: 'POST', url: '/v1/things/shop', headers: json, payload })
  t.equal((await post('{"name":"12345678"}')).statusCode, 200)
  t.match((await post('{"name":"1234567890"}')).json(), { status: 413, code: 'BODY_TOO_LARGE' })
})

t.test('of one asker only so many requests are worked on and wait', async (t) => {
  const open: (() => void)[] = []
  const slow: Route = {
    method: 'GET',
    url: '/slow',
    operation: 'slow',
    tag: 'operation',
    summary: '',
    needs: 'token',
    answers: {},
    handle: async () => {
      await new Promise<void>((resolve) => open.push(resolve))
      return { status: 204 }
    },
  }
  const turns = { inWork: 1, inWorkEach: 1, waiting: 1, waitingEach: 1 }
  const { app } = await testApp(t, {}, { routes: [slow], turns })
  const [first, second] = [app.inject('/slow'), app.inject('/slow')]
  while (open.length === 0) await new Promise((resolve) => setImmediate(resolve))
  const third = await app.inject('/slow')
  t.equal(third.statusCode, 429)
  t.equal(third.headers['retry-after'], '1')
  open.shift()?.()
  t.equal((await first).statusCode, 204)
  while (open.length === 0) await new Promise((resolve) => setImmediate(resolve))
  open.shift()?.()
  t.equal((await second).statusCode, 204)
  const { app: closed } = await testApp(t, {}, { routes: [slow], pressureMs: -1 })
  const busy = await closed.inject('/slow')
  t.equal(busy.statusCode, 503)
  t.equal(busy.headers['retry-after'], '5')
})

t.test('pages of other origins may ask only where that is allowed', async (t) => {
  const { app: closed } = await testApp(t)
  t.equal(
    (await closed.inject({ url: '/healthz', headers: { origin: 'https://a.example' } })).headers[
      'access-control-allow-origin'
    ],
    undefined,
  )
  const { app } = await testApp(t, {}, { origins: ['https://a.example'] })
  const answer = await app.inject({ url: '/healthz', headers: { origin: 'https://a.example' } })
  t.equal(answer.headers['access-control-allow-origin'], 'https://a.example')
  const other = await app.inject({ url: '/healthz', headers: { origin: 'https://b.example' } })
  t.equal(other.headers['access-control-allow-origin'], undefined)
  const asked = { origin: 'https://a.example', 'access-control-request-method': 'PUT' }
  const preflight = await app.inject({ method: 'OPTIONS', url: '/v1/workspaces/shop', headers: asked })
  t.equal(preflight.statusCode, 204)
  t.match(preflight.headers['access-control-allow-methods'], 'PUT')
})
