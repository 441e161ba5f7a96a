import { createServer } from 'node:http'
import { once } from 'node:events'
import t from 'tap'
import { openTracing } from '../../src/http/tracing.ts'
import { testApp } from '../support/app.ts'

t.test('a request is a span of whoever asked, sent to the collector', async (t) => {
  const received: { readonly url: string; readonly body: string }[] = []
  const collector = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      received.push({ url: request.url ?? '', body })
      response.setHeader('content-type', 'application/json').end('{}')
    })
  }).listen(0, '127.0.0.1')
  t.teardown(() => collector.close())
  await once(collector, 'listening')
  const address = collector.address()
  const port = typeof address === 'object' ? address?.port : 0
  const tracing = await openTracing(`http://127.0.0.1:${port}/`)
  const { app, lines } = await testApp(t, { tracing })
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  t.equal((await app.inject({ url: '/healthz?secret=1', headers: { traceparent } })).statusCode, 400)
  t.equal((await app.inject({ url: '/healthz', headers: { traceparent } })).statusCode, 200)
  await tracing.close()
  t.equal(received[0]?.url, '/v1/traces')
  t.match(received[0]?.body, '"traceId":"0af7651916cd43dd8448eb211c80319c"')
  t.match(received[0]?.body, '"parentSpanId":"b7ad6b7169203331"')
  t.match(received[0]?.body, 'GET /healthz')
  t.match(lines.join(''), '"trace":"0af7651916cd43dd8448eb211c80319c"')
  t.notMatch(lines.join(''), 'secret')
})
