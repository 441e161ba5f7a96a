import t from 'tap'
import { serveHttp, type HttpServingOptions } from '../../src/cli/http-serving.ts'
import { emptyDatabases } from '../support/empty-databases.ts'

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

t.test('nobody from elsewhere is let in where nobody could say who asks', async (t) => {
  const never = { signal: AbortSignal.abort(), listening: () => t.fail('it does not listen') }
  await t.rejects(serveHttp({ ...options, ...never, host: '0.0.0.0' }), {
    code: 'CONFIGURATION_INVALID',
    message: /make a token first with `congruent token create`/,
  })
})
