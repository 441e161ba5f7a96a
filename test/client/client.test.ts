import t from 'tap'
import { createClient, type ClientOptions } from '../../src/client/client.ts'
import { Fault } from '../../src/errors.ts'

/** A client of a server that is a function; what was asked is in `asked`. */
function clientOf(answer: () => Response | Promise<Response>, more: Partial<ClientOptions> = {}) {
  const asked: { url: string; init: RequestInit }[] = []
  const client = createClient({
    server: 'https://congruent.example/base/',
    token: 'cgt_secret',
    signal: new AbortController().signal,
    fetch: async (url, init = {}) => {
      asked.push({ url: url instanceof Request ? url.url : url.toString(), init })
      return answer()
    },
    ...more,
  })
  return { client, asked }
}

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  try {
    await work
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('no fault')
}

t.test('what is asked', async (t) => {
  const { client, asked } = clientOf(() => new Response('{"n": 12345678901234567890, "d": 0.10000000000000000001}'))
  t.equal(client.server, 'https://congruent.example/base')
  const { status, data } = await client.send({
    method: 'PUT',
    path: ['v1', 'workspaces', 'plant', 'observers', 'a/../b ?'],
    query: { environment: 'prod', absent: undefined },
    body: 'x: 1',
    type: 'application/yaml',
    headers: { prefer: 'wait=5' },
  })
  t.equal(status, 200)
  t.match(data, { n: 12345678901234567890n, d: { text: '0.10000000000000000001' } }, 'numbers are exact')
  t.match(asked, [
    {
      url: 'https://congruent.example/base/v1/workspaces/plant/observers/a%2F..%2Fb%20%3F?environment=prod',
      init: {
        method: 'PUT',
        redirect: 'manual',
        body: 'x: 1',
        headers: {
          authorization: 'Bearer cgt_secret',
          'content-type': 'application/yaml',
          accept: 'application/json',
          prefer: 'wait=5',
        },
      },
    },
  ])
  t.strictSame(await clientOf(() => new Response(null, { status: 204 })).client.send({ method: 'GET', path: [] }), {
    status: 204,
    data: undefined,
  })
})

t.test('a problem document is the fault that it tells of', async (t) => {
  const problem = {
    type: 'urn:congruent:fault:fragments-conflict',
    title: 'Conflict',
    status: 409,
    code: 'FRAGMENTS_CONFLICT',
    detail: 'they conflict',
    request: 'r-1',
    problems: [{ message: 'here', file: 'a.cue', line: 2, column: 3 }, { message: 'there', path: 'x.y' }, { no: 1 }],
    conflicts: [],
    proposal: 'p',
  }
  const { client } = clientOf(() => new Response(JSON.stringify(problem), { status: 409 }))
  const fault = await faultOf(client.send({ method: 'GET', path: ['v1'] }))
  t.match(fault, {
    code: 'FRAGMENTS_CONFLICT',
    message: '`https://congruent.example/base` says: they conflict',
    places: [
      { message: 'here', file: 'a.cue', line: 2, column: 3 },
      { message: 'there', file: 'x.y' },
    ],
  })
  t.equal(fault.places.length, 2)
  t.match(fault.details, { conflicts: [], proposal: 'p' })
  const within = clientOf(
    () => new Response('{"code":"INTERNAL","detail":"it failed within","request":"r-2"}', { status: 500 }),
  )
  t.match(await faultOf(within.client.send({ method: 'GET', path: [] })), {
    code: 'SERVER_FAILED',
    message: /says: it failed within \(request `r-2`\)$/,
  })
})

t.test('what is no Congruent server, or none at all', async (t) => {
  const asking = (answer: () => Response | Promise<Response>, more: Partial<ClientOptions> = {}) =>
    faultOf(clientOf(answer, more).client.send({ method: 'GET', path: ['v1', 'me'] }))
  for (const [answer, words] of [
    [() => new Response('<html>', { status: 502 }), /answered with 502, and not as a Congruent server does/],
    [() => new Response('{"code":"NO_SUCH","detail":"x"}', { status: 400 }), /answered with 400/],
    [() => new Response(null, { status: 302, headers: { location: '/' } }), /a redirect \(302\): name the address/],
    [() => new Response('<html>'), /what is no JSON/],
    [() => new Response('{} {}'), /what is no JSON/],
    [
      () => Promise.reject(new TypeError('fetch failed', { cause: refusal('ECONNREFUSED') })),
      /cannot be reached: nothing listens there/,
    ],
    [
      () => Promise.reject(new TypeError('fetch failed', { cause: refusal('CERT') })),
      /cannot be reached: it failed so/,
    ],
  ] as const)
    t.match(await asking(answer), { code: 'SERVER_FAILED', message: words })

  const ended = new AbortController()
  ended.abort(new Error('enough'))
  await t.rejects(
    clientOf(() => Promise.reject(new Error('enough')), { signal: ended.signal }).client.send({
      method: 'GET',
      path: [],
    }),
    { message: 'enough' },
    'an end that was asked for is none of the server',
  )
  for (const server of ['', 'congruent.example', 'ftp://x', 'http://user@x', 'http://x?a', 'http://x#a'])
    t.throws(() => clientOf(() => new Response(), { server }), { code: 'USAGE' }, server)
})

function refusal(code: string): Error {
  return Object.assign(new Error('it failed so'), { code })
}
