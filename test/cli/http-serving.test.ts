import t from 'tap'
import { serveHttp, type HttpServingOptions } from '../../src/cli/http-serving.ts'
import { emptyDatabases } from '../support/empty-databases.ts'
import { clientSecret, identityProvider } from '../support/identity-provider.ts'

const options: Omit<HttpServingOptions, 'signal' | 'listening'> = {
  cache: emptyDatabases,
  clock: () => new Date(),
  logLevel: 'silent',
  write: () => undefined,
  host: '127.0.0.1',
  port: 0,
  origins: [],
  deadlineMs: 30_000,
  bodyBytes: 1024 * 1024,
  lanes: 1,
  processes: 1,
}

t.test('a server answers its first check with no set-up, says how it does, and ends', async (t) => {
  const end = new AbortController()
  let served: Promise<void> | undefined
  const address = await new Promise<string>((listening, reject) => {
    served = serveHttp({ ...options, signal: end.signal, listening })
    served.catch(reject)
  })
  t.equal((await fetch(`${address}/readyz`)).status, 200)
  const check = await fetch(`${address}/v1/check`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      workspace: { workspace: 'x', teams: { x: { fragments: ['./x'] } } },
      files: { 'x/x.cue': 'package x\nreplicas: >=2\n' },
      snapshots: [{ adapter: 'plain', observer: 'x', state: { replicas: 1 } }],
    }),
  })
  t.match(await check.json(), { verdict: 'violates' })
  const metrics = await (await fetch(`${address}/metrics`)).text()
  t.match(metrics, 'congruent_http_requests_total{method="POST",route="/v1/check",status="200"} 1')
  t.match(metrics, 'congruent_engine_request_duration_seconds_count')
  t.match(metrics, 'congruent_jobs_waiting{kind="check"} 0')
  end.abort()
  await served
})

t.test('behind processes that take connections everything is as before', async (t) => {
  const end = new AbortController()
  let served: Promise<void> | undefined
  const address = await new Promise<string>((listening, reject) => {
    served = serveHttp({ ...options, processes: 2, signal: end.signal, listening })
    served.catch(reject)
  })
  const ask = async (method: string, path: string, body: object): Promise<Response> =>
    fetch(`${address}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const publish = async (cue: string): Promise<void> => {
    const files = { 'x/x.cue': `package x\nservices: [string]: replicas: ${cue}\n` }
    t.match(await ask('PUT', '/v1/workspaces/shop/teams/x/fragments', { files }), { ok: true })
  }
  const seen = { snapshot: 1, observer: 'a', sequence: 1, observedAt: '2026-05-01T12:00:00Z' }
  const snapshots = [{ ...seen, state: { services: { web: { replicas: 3 } } } }]
  const verdicts = async (): Promise<readonly unknown[]> => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ask('POST', '/v1/check', { workspace: 'shop', snapshots })),
    )
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    return [...new Set(texts.map((text) => /"verdict":"(\w+)"/.exec(text)?.[1]))]
  }
  const counted = async (): Promise<number> => {
    const metrics = await (await fetch(`${address}/metrics`)).text()
    return Number(
      /^congruent_http_requests_total\{method="POST",route="\/v1\/check",status="200"\} (\d+)/m.exec(metrics)?.[1],
    )
  }
  t.match(await ask('PUT', '/v1/workspaces/shop', { workspace: 'shop', teams: { x: { fragments: ['./x'] } } }), {
    ok: true,
  })
  await publish('>=2')
  for (let round = 1; round <= 4; round++) {
    // Each change counts at once, wherever the next request goes.
    await publish(round % 2 === 0 ? '>=2' : '>=4')
    for (let again = 0; again < 5; again++) t.strictSame(await verdicts(), [round % 2 === 0 ? 'conforms' : 'violates'])
    t.equal(await counted(), round * 40, 'whoever answered')
  }
  t.equal((await fetch(`${address}/v1/nowhere`)).status, 404)
  end.abort()
  await served
  await t.rejects(fetch(`${address}/healthz`))
})

t.test('nobody from elsewhere is let in where nobody could say who asks', async (t) => {
  const never = { signal: AbortSignal.abort(), listening: () => t.fail('it does not listen') }
  await t.rejects(serveHttp({ ...options, ...never, host: '0.0.0.0' }), {
    code: 'CONFIGURATION_INVALID',
    message: /make a token first with `congruent token create`/,
  })
})

t.test(
  'who names an identity provider serves nobody unknown, on this machine and behind such processes too',
  async (t) => {
    const theirs = await identityProvider(t)
    const oidc = {
      issuer: new URL(theirs.issuer),
      clientId: 'congruent',
      clientSecret,
      clockSkewSeconds: 30,
      callback: new URL('http://127.0.0.1/v1/session/oidc/callback'),
    }
    const end = new AbortController()
    let served: Promise<void> | undefined
    const address = await new Promise<string>((listening, reject) => {
      served = serveHttp({ ...options, processes: 2, allow: ['127.0.0.1'], oidc, signal: end.signal, listening })
      served.catch(reject)
    })
    const ask = (path: string, cookie = '', method = 'GET') =>
      fetch(`${address}${path}`, { method, redirect: 'manual', headers: { cookie } })
    t.equal((await ask('/v1/me')).status, 401)
    t.equal((await ask('/v1/check', '', 'POST')).status, 401)
    const pairOf = ({ headers }: Response): string => headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
    const sent = await ask('/v1/session/oidc?to=/w/shop')
    const query = theirs.letIn(sent.headers.get('location') ?? '')
    const came = await ask(`/v1/session/oidc/callback?${query.toString()}`, pairOf(sent))
    t.match([came.status, came.headers.get('location')], [303, '/w/shop'])
    t.match(await (await ask('/v1/me', pairOf(came))).json(), { name: 'ada', scopes: ['read:plant'] })
    end.abort()
    await served
  },
)
