import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import t from 'tap'
import { openServing } from '../../src/cli/serving.ts'
import { testApp } from '../support/app.ts'
import { emptyDatabases } from '../support/empty-databases.ts'

interface Received {
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Someone who takes events; `until` waits for one that a test looks for. */
async function receiver(): Promise<{
  readonly port: number
  readonly until: (fits: (event: Readonly<Record<string, unknown>>) => boolean) => Promise<Received>
  readonly close: () => Promise<void>
}> {
  const received: Received[] = []
  const looking: (() => void)[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.writeHead(204).end()
      for (const look of looking) look()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    until: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = received.find(({ body }) => fits(JSON.parse(body)))
          if (found !== undefined) resolve(found)
        }
        looking.push(look)
        look()
      }),
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

const secret = 'a secret of our own'
const document = `workspace: shop
teams: { platform: { fragments: [./platform] } }
observations: [{ files: [], observer: cluster }]
`

const clock = (): Date => new Date()
const lines: string[] = []
const serving = await openServing({
  cache: emptyDatabases,
  allow: ['127.0.0.1'],
  clock,
  logLevel: 'debug',
  write: (line) => lines.push(line),
})
t.teardown(() => serving.close())
const { congruent, service, log, queue } = serving
const { app } = await testApp(t, { congruent, service, log, clock })

t.test('a process of everything: what changes is checked, and who wants to know is told', async (t) => {
  const { port, until, close } = await receiver()
  t.teardown(close)
  const ask = async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object | string) => {
    const headers = { 'content-type': typeof payload === 'string' ? 'application/yaml' : 'application/json' }
    const answer = await app.inject({
      method,
      url: `/v1/workspaces/${url}`,
      ...(payload === undefined ? {} : { headers, payload }),
    })
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
  }

  await serving.engineReady()
  t.match(await ask('PUT', 'shop/webhooks/chat', { url: 'https://chat.example/' }), { status: 404 }, 'no workspace')
  t.match(await ask('PUT', 'shop', document), { status: 201 })
  const url = `http://127.0.0.1:${port}/hook`
  const put = await ask('PUT', 'shop/webhooks/chat', { url, secret })
  t.match(put, { status: 201, body: { name: 'chat', url } })
  t.notOk('secret' in put.body, 'the asker knows it')
  const fragments = { files: { 'platform/a.cue': 'package platform\n\nservices: [string]: replicas: >=2\n' } }
  t.match(await ask('PUT', 'shop/teams/platform/fragments', fragments), { status: 201 })
  const snapshot = {
    snapshot: 1,
    observer: 'cluster',
    sequence: 1,
    observedAt: '2026-05-04T09:29:00Z',
    state: { services: { web: { replicas: 1 } } },
  }
  t.match(await ask('POST', 'shop/snapshots', snapshot), { status: 200 })
  // What is due is found whatever became of the jobs.
  await serving.store.sql(`delete from pgboss.job where name = 'check'`)
  await serving.work(2)

  const verdict = await until(({ kind, after }) => kind === 'verdict' && after === 'violates')
  const { headers, body } = verdict
  const timestamp = String(headers['congruent-timestamp'])
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  t.match(headers, {
    'content-type': 'application/json',
    'congruent-event': 'verdict',
    'congruent-signature': `v1=${signature}`,
  })
  const event: { workspace: string; event: number } = JSON.parse(body)
  t.equal(headers['congruent-delivery'], `shop/chat/${event.event}`)
  t.equal(event.workspace, 'shop')
  t.match((await ask('GET', 'shop/findings')).body.items, [{ at: 'services.web.replicas', kind: 'mismatch' }])

  await ask('POST', 'shop/snapshots', { ...snapshot, sequence: 2, state: { services: { web: { replicas: 2 } } } })
  await until(({ kind, after }) => kind === 'verdict' && after === 'conforms')
  t.equal(await queue.left('check', [{ workspace: 'shop', environment: 'default' }]), 0)
  t.notMatch(lines.join(''), secret, 'no secret in the log')
})

t.test('where events are sent', async (t) => {
  const ask = async (method: 'GET' | 'PUT' | 'DELETE', url: string, payload?: object) => {
    const answer = await app.inject({
      method,
      url: `/v1/workspaces/bank/webhooks${url}`,
      ...(payload === undefined ? {} : { payload }),
    })
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
  }
  const bank = document.replace('shop', 'bank')
  await service.putWorkspace({ workspace: 'bank', document: Buffer.from(bank), asker: { by: 'test' } })

  const refused = await ask('PUT', '/chat', { url: 'http://169.254.169.254/latest' })
  t.match(refused, {
    status: 400,
    body: { code: 'ADDRESS_REFUSED', detail: /`169\.254\.169\.254` is no public address/ },
  })
  const wrong = await ask('PUT', '/chat', { url: 'https://93.184.216.34/', event: ['verdict'] })
  t.match(wrong, { status: 400, body: { code: 'BODY_INVALID', problems: [{ message: /did you mean `events`/ }] } })
  const url = 'https://93.184.216.34/in'
  const made = await ask('PUT', '/chat', { url, events: ['verdict', 'finding'] })
  t.match(made, { status: 201, body: { name: 'chat', url, events: ['verdict', 'finding'], secret: /^cgw_.{43}$/ } })
  t.match(await ask('PUT', '/audit', { url }), { status: 201 })
  const again = await ask('PUT', '/chat', { url })
  t.equal(again.status, 200)
  for (const shown of [again.body, (await ask('GET', '/chat')).body]) {
    t.same(Object.keys(shown).sort(), ['createdAt', 'name', 'url'], 'the secret is said once')
    t.equal(shown.createdAt, made.body.createdAt)
  }
  const kept = await serving.store.webhooks.get('bank', 'chat')
  t.equal(kept?.secret, made.body.secret, 'and stays as it is')
  t.match((await ask('GET', '')).body.items, [{ name: 'audit' }, { name: 'chat' }])
  t.match(await ask('DELETE', '/chat'), { status: 204, body: undefined })
  t.match(await ask('DELETE', '/chat'), {
    status: 404,
    body: { code: 'NOT_FOUND', detail: 'workspace `bank` has no webhook `chat`' },
  })
  t.match(await ask('GET', '/chat'), { status: 404 })
  const { items } = await service.listAudit('bank', { limit: 10 })
  t.same(
    items.slice(0, 4).map(({ action, subject }) => `${action} ${subject}`),
    ['delete webhook chat', 'put webhook chat', 'put webhook audit', 'put webhook chat'],
  )
})
