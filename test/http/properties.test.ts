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
import { putShop, servingApp } from '../support/serving-app.ts'

// Whatever is asked, the answer is one that the API describes: never a fault of ours, never of another shape.

const runs = Number(process.env['CONGRUENT_FUZZ_RUNS'] ?? 12)
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

t.test('no request makes a fault of ours or an answer of another shape', { timeout: 300_000 }, async (t) => {
  const { app } = await servingApp(t)
  await putShop(app)
  for (const route of routes) {
    // What stays open has tests of its own.
    if (route.stays) continue
    await t.resolves(
      fc.assert(
        fc.asyncProperty(requests(route), async (request) => {
          const found = await wrong(app, route, request)
          if (found !== undefined) throw new Error(`${route.method} ${request.url}: ${found}`)
        }),
        { numRuns: runs, seed, endOnFailure: true },
      ),
      route.operation,
    )
  }
})
