import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { factsOf } from '../../src/at-once/known-facts.ts'
import { createFront } from '../../src/front/front.ts'
import { knownWorkspaces } from '../../src/front/known-workspaces.ts'
import { okHeads } from '../../src/front/ok-head.ts'
import { ownBatch } from '../../src/front/own-batch.ts'
import { ownCheck } from '../../src/front/own-check.ts'
import { httpDates } from '../../src/front/own-dependencies.ts'
import { createAccess } from '../../src/http/access/access.ts'
import { requestIds } from '../../src/http/request-ids.ts'
import { exchange, withoutOwn } from '../support/exchanges.ts'
import { storedService } from '../support/stored-service.ts'

const access = createAccess({
  tokens: { any: async () => false, find: async () => undefined },
  onlyLoopback: true,
  allowedOrigins: [],
  clock: () => new Date(),
})
const { service, app, clock } = await storedService(t, { access })
const document = (name: string, more = ''): Buffer =>
  Buffer.from(`workspace: ${name}\nteams: { platform: { fragments: [./platform] } }\n${more}`)
const publish = async (workspace: string, cue: string): Promise<void> => {
  const files = { texts: [['platform/a.cue', `package platform\n\n${cue}\n`]] as const }
  await service.publish({ workspace, team: 'platform', files, asker: { by: 'test' } })
}
for (const name of ['shop', 'bank']) {
  await service.putWorkspace({ workspace: name, document: document(name), asker: { by: 'test' } })
  await publish(name, 'services: [string]: { replicas: >=2, name?: =~"^[a-z]+$" }')
}

const path = join(mkdtempSync(join(tmpdir(), 'congruent-test-')), 'server')
await app.listen({ path, listenTextResolver: () => '' })

const answered: string[] = []
let now = 0
const known = knownWorkspaces(
  async (about) => {
    const found = await service.knownNewest(about)
    return found && { name: 'one', facts: factsOf(found.known), ageMs: 0, change: 0 }
  },
  () => now,
)
const own = {
  access,
  known,
  clock: () => clock.now,
  now: () => performance.now(),
  idOf: requestIds('front'),
  okHead: okHeads(false),
  date: httpDates(),
  answered: ({ route }: { readonly route: string }) => void answered.push(route),
}
const routes = { '/v1/check': ownCheck(own), '/v1/check/batch': ownBatch(own) }
const front = createFront({ connect: () => connect(path), routes, now: () => performance.now() })
const listener = createServer((client) => front.serve(client)).listen(0, '127.0.0.1')
await once(listener, 'listening')
const { port } = listener.address() as AddressInfo
const sweeping = setInterval(() => front.sweep(), 20)
t.teardown(() => {
  clearInterval(sweeping)
  listener.close()
})

const toFront = (): Socket => connect(port, '127.0.0.1')
const toServer = (): Socket => connect(path)

const snapshot = (replicas: unknown, more: object = {}): object => ({
  snapshot: 1,
  observer: 'agent',
  sequence: 1,
  observedAt: '2026-05-01T12:00:00Z',
  state: { services: { web: { replicas, ...more } } },
})
const check = (...snapshots: readonly object[]): string => JSON.stringify({ workspace: 'shop', snapshots })
const good = check(snapshot(3))

function request(method: string, target: string, body: string, fields: readonly string[] = []): Buffer {
  const length = `content-length: ${Buffer.byteLength(body)}`
  return Buffer.from([`${method} ${target} HTTP/1.1`, 'Host: 127.0.0.1', length, ...fields, '', body].join('\r\n'))
}

const json = 'Content-Type: application/json'
const lines = 'content-type: application/x-ndjson'

t.before(async () => {
  // What checks at once need is learned from those before.
  const socket = toFront()
  for (let tries = 0; !answered.includes('/v1/check') && tries < 100; tries++) {
    await exchange(socket, [request('POST', '/v1/check', good, [json])], ['POST'])
    now += 200
  }
  socket.destroy()
})

const bodies = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 5 }).map((replicas) => check(snapshot(replicas))) },
  fc.constantFrom(
    good,
    check(snapshot(2, { name: 'Ä' })),
    check(snapshot(2, { name: 'web' })),
    check(snapshot('@'), snapshot(2)).replace('"@"', '1e400'),
    check({ adapter: 'plain', state: { services: { a: { replicas: 2 } } } }),
    check({ adapter: 'plain', observer: 'ö', state: { services: {} } }),
    good.replace('"shop"', '"bank"'),
    good.replace('"shop"', '"nobody"'),
    good.replace('{', '{"environment":"default",'),
    good.replace('{', '{"environment":"prod",'),
    good.replace('{', '{"now":"2026-05-04T09:29:00Z",'),
    good.replace('{', '{"common":{},'),
    good.replace('{', '{"workspace":"shop",'),
    good.replace('3', '3.00000000000000000001'),
    `${good} ${good}`,
    good.slice(0, -1),
    '',
    '[]',
    '\u0000',
    'services: {}',
  ),
)
const batches = fc
  .tuple(
    fc.boolean(),
    fc.array(fc.oneof({ weight: 3, arbitrary: bodies }, fc.constantFrom('', ' ', '\r')), { maxLength: 6 }),
  )
  .map(([isCommon, all]) =>
    [...(isCommon ? ['{"common":{"workspace":"shop"}}'] : []), ...all.map((one) => one.replaceAll('\n', ' '))].join(
      '\n',
    ),
  )
const plain = fc.record({
  fields: fc.subarray([
    'X-Request-Id: own.id',
    'accept: */*',
    'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  ]),
  connection: fc.constantFrom([], ['Connection: keep-alive']),
  type: fc.constantFrom([json], [json], [json], ['content-type: application/json; charset=utf-8']),
})
const odd = fc.constantFrom(
  ['Prefer: wait=5'],
  ['Origin: http://localhost'],
  ['Origin: https://elsewhere.example'],
  ['X-Forwarded-For: 10.0.0.1'],
  ['Content-Encoding: gzip'],
  ['Expect: 100-continue'],
  ['content-type: text/plain'],
  ['X-Request-Id: not one!'],
  ['X-Odd:'],
  ['Accept: a', 'Accept: b'],
  ['Authorization: Bearer nobody'],
)
const plainCheck = fc.tuple(bodies, plain).map(([body, { fields, connection, type }]) => ({
  method: 'POST',
  bytes: request('POST', '/v1/check', body, [...type, ...fields, ...connection]),
}))
const plainBatch = fc.tuple(batches, plain).map(([body, { fields }]) => ({
  method: 'POST',
  bytes: request('POST', '/v1/check/batch', body, [lines, ...fields]),
}))
const one = fc.oneof(
  { weight: 6, arbitrary: plainCheck },
  { weight: 3, arbitrary: plainBatch },
  {
    weight: 2,
    arbitrary: fc.tuple(bodies, odd).map(([body, fields]) => ({
      method: 'POST',
      bytes: request('POST', '/v1/check', body, [...(fields[0]?.startsWith('content-type') ? [] : [json]), ...fields]),
    })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { method: 'GET', bytes: request('GET', '/v1/me', '') },
      { method: 'HEAD', bytes: request('HEAD', '/v1/me', '') },
      { method: 'GET', bytes: request('GET', '/v1/check', '') },
      { method: 'POST', bytes: request('POST', '/v1/check?x', good, [json]) },
      { method: 'DELETE', bytes: request('DELETE', '/v1/workspaces/nobody', '') },
      { method: 'GET', bytes: request('GET', '/v1/workspaces', '') },
      {
        method: 'POST',
        bytes: Buffer.from(
          `POST /v1/check HTTP/1.1\r\nhost: x\r\n${json}\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"wor\r\n0\r\n\r\n`,
        ),
      },
      {
        method: 'POST',
        bytes: Buffer.from(
          `POST /v1/check HTTP/1.1\r\nhost: 127.0.0.1\r\n${json}\r\ntransfer-encoding: chunked\r\n\r\n${good.length.toString(16)}\r\n${good}\r\n0\r\n\r\n`,
        ),
      },
    ),
  },
)

const runs = { numRuns: Number(process.env['CONGRUENT_FUZZ_RUNS'] ?? 60), ...seed() }

t.test('whoever asks a front is answered as by the server, byte for byte', async (t) => {
  const before = answered.length
  const cuts = fc.array(fc.nat(600), { maxLength: 3 })
  const asked = fc.array(fc.tuple(one, cuts), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(asked, async (several) => {
      now += 50
      const socket = toFront()
      for (const [{ method, bytes }, cuts] of several) {
        const direct = toServer()
        const wanted = await exchange(direct, [bytes], [method])
        direct.destroy()
        const edges = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length]
        const pieces = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge))
        const found = await exchange(socket, pieces, [method])
        if (found.length > 0 && wanted.length > 0) t.strictSame(found, wanted)
        if (found.length === 0 || /^connection: close/im.test(found[0]?.head ?? '')) break
      }
      socket.destroy()
    }),
    runs,
  )
  t.ok(answered.length > before, 'some of it by the front alone')
})

t.test('requests that are sent before the answers of others are answered in their order', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(plainCheck, plainBatch), { minLength: 2, maxLength: 5 }), async (several) => {
      now += 50
      const wanted = []
      for (const { method, bytes } of several) {
        const direct = toServer()
        wanted.push(...(await exchange(direct, [bytes], [method])))
        direct.destroy()
      }
      const socket = toFront()
      const all = Buffer.concat(several.map(({ bytes }) => bytes))
      t.strictSame(
        await exchange(
          socket,
          [all],
          several.map(({ method }) => method),
        ),
        wanted,
      )
      socket.destroy()
    }),
    { ...runs, numRuns: 15 },
  )
})

function seed(): { readonly seed?: number } {
  const given = process.env['CONGRUENT_SEED']
  return given === undefined ? {} : { seed: Number(given) }
}

function passedOn(): Promise<number> {
  return new Promise((resolve, reject) =>
    app.server.getConnections((error, open) => (error ? reject(error) : resolve(open))),
  )
}

async function all(socket: Socket): Promise<string> {
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  return withoutOwn(text)
}

t.test('what is no HTTP, or never ends, is answered as by the server', async (t) => {
  for (const text of [
    'NONSENSE\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: x\r\n',
    `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
    'POST /v1/check HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n{',
  ]) {
    const [one, other] = await Promise.all(
      [connect(port, '127.0.0.1'), connect(path)].map((socket) => {
        socket.end(text)
        return all(socket)
      }),
    )
    t.equal(one, other)
  }
})

t.test('an asker who goes away ends what is passed on for them', async (t) => {
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /v1/workspaces/shop/events HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n')
  await once(socket, 'data')
  t.ok((await passedOn()) > 0)
  socket.destroy()
  while ((await passedOn()) > 0) await new Promise((resolve) => setTimeout(resolve, 5))
})

t.test('a change counts once it is told', async (t) => {
  const socket = toFront()
  t.teardown(() => socket.destroy())
  const ask = async (): Promise<string> => {
    const [first] = await exchange(socket, [request('POST', '/v1/check', good, [json])], ['POST'])
    return /"verdict":"(\w+)"/.exec(first?.body ?? '')?.[1] ?? ''
  }
  t.equal(await ask(), 'conforms')
  await publish('shop', 'services: [string]: { replicas: >=4 }')
  known.forget(['shop'], 1)
  t.equal(await ask(), 'violates')
})

t.test('it ends connections that are idle, and others once they are answered', async (t) => {
  const idle = toFront()
  idle.on('data', () => t.fail('nothing was asked'))
  const partial = toFront()
  const bytes = request('GET', '/v1/me', '')
  partial.write(bytes.subarray(0, 20))
  // What never ends is soon with the server.
  while ((await passedOn()) === 0 || front.connections < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  front.end()
  await once(idle, 'end')
  t.match(await exchange(partial, [bytes.subarray(20)], ['GET']), [{ head: /^HTTP\/1.1 200/ }])
  partial.destroy()
})
