import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import type { Route, Schema } from '../../src/http/route.ts'
import { routes } from '../../src/http/routes.ts'
import { paramsSchema } from '../../src/http/reading/params.ts'
import { readSchemas } from '../../src/http/schemas.ts'
import { fitting } from '../support/schema-arbitrary.ts'
import { putShop } from '../support/shop.ts'
import { storedService } from '../support/stored-service.ts'

const runs = Number(process.env['CONGRUENT_FUZZ_RUNS'] ?? 8)
const seed = Number(process.env['CONGRUENT_SEED'] ?? 5)
const schemas = readSchemas()
const ajv = new Ajv2020({ schemas: [...schemas.byId.values()], allErrors: true, strict: false })
formats.default(ajv)

/** Names that lead somewhere more often than not. */
const names: Readonly<Record<string, readonly string[]>> = {
  workspace: ['shop', 'shop', 'shop', 'shop', 'other', '*'],
  team: ['platform', 'web', 'nobody', '__proto__'],
  observer: ['cluster', '*'],
}

type Sampled = { readonly url: string; readonly type: string | undefined; readonly body: unknown }

/** Requests of which most are nearly right: a wrong one is refused by the first thing that is wrong with it. */
function requests(route: Route): fc.Arbitrary<Sampled> {
  const labels = Object.entries(propertiesOf(paramsSchema(route))).map(([name, schema]) => {
    const other = fitting(schema, schemas.byId, 5).map((value) => encodeURIComponent(textOf(value)))
    const known = fc.constantFrom(...(names[name] ?? ['1', 'x']))
    return [name, fc.oneof({ weight: 6, arbitrary: known }, { weight: 1, arbitrary: other })] as const
  })
  const parameters = Object.entries(propertiesOf(route.query ?? {})).map(([name, schema]) =>
    fitting(schema, schemas.byId, 2).map((value) => `${name}=${encodeURIComponent(textOf(value))}`),
  )
  const query = parameters.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...parameters), { maxLength: 2 })
  const body = route.body === undefined ? fc.constant(undefined) : fitting(route.body.schema, schemas.byId, 2)
  const types = route.body?.types ?? [undefined]
  const type = fc.oneof(
    { weight: 6, arbitrary: fc.constant(types[0]) },
    { weight: 1, arbitrary: fc.constantFrom<string | undefined>(...types, 'text/plain') },
  )
  return fc
    .record({ labels: fc.record(Object.fromEntries(labels)), query, type, body })
    .map(({ labels, query, type, body }) => ({
      url: `${route.url.replaceAll(/:(\w+)/g, (_whole, name: string) => String(labels[name]))}?${query.join('&')}`,
      type,
      body,
    }))
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.replaceAll(/\p{Surrogate}/gu, '?')
}

function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
  return (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>
}

/** What is wrong with an answer; undefined if nothing is. */
async function wrong(app: FastifyInstance, route: Route, request: Sampled): Promise<string | undefined> {
  const { url, type, body } = request
  const answer = await app.inject({
    method: route.method,
    url: url === '' ? '/' : url,
    headers: { host: 'localhost', ...(type === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const { statusCode: status } = answer
  if (status >= 500 && status !== 504) return `${status} ${answer.body}`
  const given = String(answer.headers['content-type'] ?? '')
  if (status >= 400) {
    if (!given.startsWith('application/problem+json')) return `${status} is ${given}`
    return ajv.validate('urn:congruent:http:problem', answer.json()) ? undefined : ajv.errorsText()
  }
  const described = route.answers[status]
  if (described === undefined) return `${status} is not described`
  if (described.schema === undefined || !given.startsWith('application/json')) return undefined
  return ajv.validate(described.schema, answer.json()) ? undefined : `${ajv.errorsText()}: ${answer.body.slice(0, 500)}`
}

const { app } = await storedService(t)
await putShop(app)

t.test('no request makes a fault of ours or an answer of another shape', { timeout: 300_000 }, async (t) => {
  for (const route of routes) {
    // What stays open has tests of its own.
    if (route.stays) continue
    const property = fc.asyncProperty(requests(route), async (request) => {
      const found = await wrong(app, route, request)
      if (found !== undefined) throw new Error(`${route.method} ${request.url}: ${found}`)
    })
    const result = await fc.check(property, { numRuns: runs, seed, endOnFailure: true })
    const found = result.errorInstance instanceof Error ? result.errorInstance.message : 'as described'
    t.notOk(result.failed, `${route.operation}: ${found}`)
  }
})

const fragments = (text: string): string =>
  JSON.stringify({
    workspace: { workspace: 'x', teams: { x: { fragments: ['./x'] } } },
    files: { 'x/x.cue': `package x\n${text}` },
    snapshots: [],
  })
const stateOf = (text: string): string =>
  `{"workspace":{"workspace":"x","teams":{"x":{"fragments":["./x"]}}},"files":{"x/x.cue":"package x\\na?: _"},"snapshots":[{"adapter":"plain","observer":"x","state":${text}}]}`
const aliases = Array.from({ length: 24 }, (_, index) => {
  const [name, before] = [index + 1, index].map((number) => `a${number}`)
  return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`
}).join('\n')

const bodies: readonly (readonly [what: string, type: string, body: string | Buffer])[] = [
  ['100,000 levels of JSON', 'application/json', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['100,000 levels of state', 'application/json', stateOf('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000))],
  ['100,000 levels of YAML', 'application/yaml', '['.repeat(100_000)],
  ['an alias bomb', 'application/yaml', `a0: &a0 x\n${aliases}`],
  ['a gigantic number', 'application/json', stateOf(`{"a":${'9'.repeat(1_000_000)}}`)],
  ['a gigantic exponent', 'application/json', stateOf('{"a":1e999999999}')],
  ['NUL', 'application/json', stateOf('{"a":"\0"}')],
  ['an escaped NUL', 'application/json', stateOf('{"a":"\\u0000"}')],
  ['invalid UTF-8', 'application/json', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['a lone surrogate', 'application/json', stateOf('{"a":"\\ud800"}')],
  [
    '__proto__',
    'application/json',
    stateOf('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  ],
  ['many documents', 'application/json', '{}\n'.repeat(100_000)],
  ['fragments that are no CUE', 'application/json', fragments('a: {{{{')],
  ['100,000 levels of CUE', 'application/json', fragments('{'.repeat(100_000))],
  ['a structural cycle', 'application/json', fragments('a: b: a')],
]

t.test('a hostile body is an answer like any other, and others are answered', async (t) => {
  const post = (type: string, payload: string | Buffer) =>
    app.inject({ method: 'POST', url: '/v1/check', headers: { 'content-type': type, prefer: 'wait=10' }, payload })
  const answers = await Promise.all(bodies.map(([, type, body]) => post(type, body)))
  for (const [index, answer] of answers.entries()) {
    const what = bodies[index]?.[0]
    t.ok(answer.statusCode < 500, `${what}: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
  }
  t.notOk('polluted' in {}, 'no prototype was reached')
  t.equal((await app.inject('/healthz')).statusCode, 200)
})

t.test('who asks for too much waits alone', async (t) => {
  const { app } = await storedService(t, {}, 2)
  const disjunctions = Array.from({ length: 40 }, (_, index) => `({a${index}: 1} | {b${index}: 1})`).join(' & ')
  const order: string[] = []
  const post = async (name: string, payload: string, seconds: number): Promise<number> => {
    const headers = { 'content-type': 'application/json', prefer: `wait=${seconds}` }
    const { statusCode } = await app.inject({ method: 'POST', url: '/v1/check', headers, payload })
    order.push(name)
    return statusCode
  }
  const ready = [1, 2, 3, 4].map((number) => post('ready', fragments(`a: ${number}`), 20))
  t.strictSame(await Promise.all(ready), [200, 200, 200, 200], 'workers of the engine run')
  const hostile = post('hostile', fragments(`a: ${disjunctions}`), 6)
  t.equal(await post('other', fragments('a: 5'), 20), 200)
  t.equal((await app.inject('/v1/me')).statusCode, 200)
  order.push('me')
  t.equal(await hostile, 504)
  t.strictSame(order.slice(4), ['other', 'me', 'hostile'])
})
