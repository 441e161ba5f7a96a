import { connect } from 'node:net'
import { once } from 'node:events'
import t from 'tap'
import type { Route } from '../../src/http/route.ts'
import { serveUntil } from '../../src/http/server.ts'
import { testApp } from '../support/app.ts'

function held(url: string, more: Partial<Route>, handle: Route['handle']): Route {
  return {
    method: 'GET',
    url,
    operation: 'hold',
    tag: 'operation',
    summary: '',
    needs: 'token',
    answers: {},
    handle,
    ...more,
  }
}

t.test('requests in work are answered before the server ends, those that stay are ended', async (t) => {
  const begun = new AbortController()
  let finish = (): void => undefined
  const slow = held('/slow', {}, async () => {
    const done = new Promise<void>((resolve) => (finish = resolve))
    begun.abort()
    await done
    return { status: 200, body: { done: true } }
  })
  const stays = held('/stays', { stays: true }, async ({ signal }) => ({
    status: 200,
    type: 'text/event-stream',
    pieces: (async function* () {
      yield 'data: 1\n\n'
      await once(signal, 'abort')
    })(),
  }))
  const { app } = await testApp(t, {}, { routes: [slow, stays] })
  const end = new AbortController()
  let address = ''
  const listening = new Promise<void>((resolve) => {
    const ended = serveUntil(app, {
      host: '127.0.0.1',
      port: 0,
      signal: end.signal,
      listening: (told) => {
        address = told
        resolve()
      },
    })
    t.teardown(() => ended)
  })
  await listening
  t.match(address, /^http:\/\/127\.0\.0\.1:\d+$/)
  const stream = await fetch(`${address}/stays`)
  const answer = fetch(`${address}/slow`)
  await once(begun.signal, 'abort')
  end.abort()
  t.equal(await stream.text(), 'data: 1\n\n')
  finish()
  t.strictSame(await (await answer).json(), { done: true })
})

t.test('where it cannot listen it says why', async (t) => {
  const { app } = await testApp(t, {}, { routes: [] })
  const { app: second } = await testApp(t, {}, { routes: [] })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const never = { host: '127.0.0.1', port, signal: AbortSignal.abort(), listening: () => undefined }
  await t.rejects(serveUntil(second, never), { code: 'CONFIGURATION_INVALID', message: /something else listens there/ })
})

t.test('what is no HTTP is answered with a problem, too', async (t) => {
  const { app } = await testApp(t, {}, { routes: [] })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1')
  socket.end('NONSENSE\r\n\r\n')
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  t.match(text, /^HTTP\/1\.1 400 /)
  t.match(text, 'application/problem+json')
})
