import t from 'tap'
import { createMetrics } from '../../src/http/metrics.ts'

t.test('what is counted, by few labels', async (t) => {
  const metrics = createMetrics({ process: false })
  metrics.request('GET', '/v1/me', 200, 0.002)
  metrics.request('GET', '/v1/me', 200, 0.004)
  metrics.request('GET', '/v1/me', 401, 0.001)
  metrics.engine('check', 0.02, undefined)
  metrics.engine('check', 30, 'ENGINE_DEADLINE')
  metrics.engine('unify', 0.02, 'ENGINE_CLOSED')
  let verdict = 'conforms'
  metrics.gauge('congruent_verdict', 'Verdicts.', ['workspace', 'verdict'], () => [
    { labels: { workspace: 'shop', verdict }, value: 1 },
  ])
  const text = await metrics.text()
  for (const line of [
    'congruent_http_requests_total{method="GET",route="/v1/me",status="200"} 2',
    'congruent_http_requests_total{method="GET",route="/v1/me",status="401"} 1',
    'congruent_http_request_duration_seconds_count{method="GET",route="/v1/me"} 3',
    'congruent_engine_request_duration_seconds_count{operation="check"} 2',
    'congruent_engine_faults_total{code="ENGINE_CLOSED"} 1',
    'congruent_engine_restarts_total 1',
    'congruent_verdict{workspace="shop",verdict="conforms"} 1',
  ])
    t.ok(text.includes(`${line}\n`), line)
  verdict = 'violates'
  const later = await metrics.text()
  t.ok(later.includes('verdict="violates"'))
  t.notOk(later.includes('verdict="conforms"'), 'what holds no more is not told')
})
