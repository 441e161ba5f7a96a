import { createServer, type RequestListener } from 'node:http'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { createOutgoing } from '../../src/outgoing/outgoing.ts'

async function listening(t: Test, listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const names: Readonly<Record<string, readonly string[]>> = {
  'public.example': ['93.184.216.34', '2606:2800:220:1::1'],
  'inside.example': ['10.1.2.3'],
  'half.example': ['93.184.216.34', '127.0.0.1'],
  'mapped.example': ['::ffff:127.0.0.1'],
}

async function resolve(host: string): Promise<readonly string[]> {
  const found = names[host]
  if (found === undefined) throw new Error('not found')
  return found
}

t.test('addresses that are not for everybody are refused, in whatever way they are written', async (t) => {
  const outgoing = createOutgoing({ resolve })
  await outgoing.judge('https://public.example/hook')
  await outgoing.judge('https://93.184.216.34/hook')
  for (const [url, message] of [
    ['http://127.0.0.1/', /`127\.0\.0\.1` is no public address \(loopback\): whoever runs the server can allow it/],
    ['http://127.1/', /loopback/],
    ['http://0x7f000001/', /loopback/],
    ['http://2130706433/', /loopback/],
    ['http://0.0.0.0/', /unspecified/],
    ['http://10.0.0.1/', /private/],
    ['http://172.20.0.1/', /private/],
    ['http://169.254.169.254/latest/meta-data', /linkLocal/],
    ['http://100.64.0.1/', /carrierGradeNat/],
    ['http://224.0.0.1/', /multicast/],
    ['http://[::1]/', /loopback/],
    ['http://[::]/', /unspecified/],
    ['http://[::ffff:10.0.0.1]/', /private/],
    ['http://[::ffff:7f00:1]/', /loopback/],
    ['http://[::127.0.0.1]/', /reserved/],
    ['http://[64:ff9b::7f00:1]/', /rfc6052/],
    ['http://[2002:7f00:1::]/', /6to4/],
    ['http://[fd00::1]/', /uniqueLocal/],
    ['http://[fe80::1]/', /linkLocal/],
    [
      'http://inside.example/',
      /`inside\.example` has the address `10\.1\.2\.3`, which is no public address \(private\)/,
    ],
    ['http://half.example/', /`half\.example` has the address `127\.0\.0\.1`/],
    ['http://mapped.example/', /loopback/],
    ['ftp://public.example/', /expected an address with https:\/\/ or http:\/\//],
    ['hook', /`hook` cannot be called/],
    ['https://me:secret@public.example/', /the address of `public\.example` holds a user or a password/],
  ] as const)
    await t.rejects(outgoing.judge(url), { code: 'ADDRESS_REFUSED', message }, url)
  await t.rejects(outgoing.judge('https://unknown.example/'), {
    code: 'ADDRESS_REFUSED',
    message: '`unknown.example` cannot be resolved',
  })
})

t.test('no way of writing an address on the loopback or in a private network gets through', async (t) => {
  const outgoing = createOutgoing({ resolve: async (host) => [host] })
  const byte = fc.nat(255)
  const quads = fc.oneof(
    fc.tuple(fc.constant(127), byte, byte, byte),
    fc.tuple(fc.constant(10), byte, byte, byte),
    fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
  )
  const written = fc.constantFrom<(quad: readonly number[]) => string>(
    (quad) => quad.join('.'),
    (quad) => quad.map((byte) => `0${byte.toString(8)}`).join('.'),
    (quad) => quad.map((byte) => `0x${byte.toString(16)}`).join('.'),
    (quad) => String(quad.reduce((sum, byte) => sum * 256 + byte, 0)),
    (quad) => `[::ffff:${quad.join('.')}]`,
    (quad) => `[::${quad.join('.')}]`,
    (quad) => `[64:ff9b::${quad.join('.')}]`,
  )
  await fc.assert(
    fc.asyncProperty(quads, written, async (quad, write) => {
      await t.rejects(outgoing.judge(`http://${write(quad)}/`), { code: 'ADDRESS_REFUSED' })
    }),
    { numRuns: 50 },
  )
})

t.test('what is allowed: hosts, domains, addresses, blocks', async (t) => {
  const outgoing = createOutgoing({
    allow: ['inside.example', '*.corp.example', '127.0.0.1', '192.168.0.0/16', 'fd00::/8'],
    resolve: async (host) => names[host] ?? ['10.9.9.9'],
  })
  for (const url of [
    'http://inside.example/',
    'http://INSIDE.example./',
    'http://a.corp.example/',
    'http://127.0.0.1:8080/',
    'http://192.168.7.7/',
    'http://[fd00::5]/',
    'http://half.example/',
  ])
    await t.resolves(outgoing.judge(url), url)
  for (const url of ['http://127.0.0.2/', 'http://corp.example/', 'http://xcorp.example/', 'http://[fc00::5]/'])
    await t.rejects(outgoing.judge(url), { code: 'ADDRESS_REFUSED' }, url)
  for (const pattern of ['http://inside.example', '10.0.0.0/99', '', '*'])
    t.throws(() => createOutgoing({ allow: [pattern] }), { code: 'CONFIGURATION_INVALID' }, pattern)
})

t.test('a call goes to the very address that was judged, and to no other', async (t) => {
  const seen: unknown[] = []
  const port = await listening(t, (request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      seen.push([request.method, request.url, request.headers.host, request.headers['x-a'], body])
      response.writeHead(201, { 'x-b': 'c' }).end('thanks')
    })
  })
  let asked = 0
  const outgoing = createOutgoing({
    allow: ['127.0.0.1'],
    resolve: async () => (++asked === 1 ? ['127.0.0.1'] : ['127.0.0.2']),
  })
  const answer = await outgoing.call({
    method: 'POST',
    url: `http://rebound.example:${port}/hook?a=1`,
    headers: { 'X-A': 'b' },
    body: '{}',
  })
  t.equal(asked, 1, 'the name is resolved once')
  t.match(answer, { status: 201, headers: { 'x-b': 'c' }, body: Buffer.from('thanks') })
  t.same(seen, [['POST', '/hook?a=1', `rebound.example:${port}`, 'b', '{}']])
  await t.rejects(outgoing.call({ method: 'GET', url: `http://rebound.example:${port}/` }), { code: 'ADDRESS_REFUSED' })
})

t.test('a redirect is an answer, and nothing follows it', async (t) => {
  let requests = 0
  const port = await listening(t, (_request, response) => {
    requests++
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
  })
  const outgoing = createOutgoing({ allow: ['127.0.0.1'] })
  t.match(await outgoing.call({ method: 'GET', url: `http://127.0.0.1:${port}/` }), { status: 302 })
  t.equal(requests, 1)
})

t.test('answers are bounded in size and time', async (t) => {
  const port = await listening(t, (request, response) => {
    response.write('x')
    if (request.url === '/long') response.end('x'.repeat(200_000))
    if (request.url === '/broken') response.destroy()
  })
  const call = (path: string, timeoutMs: number, signal?: AbortSignal): Promise<unknown> =>
    createOutgoing({ allow: ['127.0.0.1'], timeoutMs, mostBytes: 100_000 }).call({
      method: 'GET',
      url: `http://127.0.0.1:${port}${path}`,
      ...(signal === undefined ? {} : { signal }),
    })
  await t.rejects(call('/long', 60_000), { code: 'SERVER_FAILED', message: /larger than 100000 bytes/ })
  await t.rejects(call('/broken', 60_000), { code: 'SERVER_FAILED', message: /could not be asked/ })
  await t.rejects(call('/endless', 50), { code: 'SERVER_FAILED', message: /no answer in time/ })
  await t.rejects(call('/endless', 60_000, AbortSignal.timeout(50)), { code: 'SERVER_FAILED' })
  const nowhere = createOutgoing({ resolve: () => new Promise(() => undefined), timeoutMs: 20 })
  await t.rejects(nowhere.call({ method: 'GET', url: 'http://slow.example/' }), { code: 'SERVER_FAILED' })
})
