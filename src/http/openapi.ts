import { paramsSchema } from './reading/params.ts'
import type { BodyType, Route, Schema } from './route.ts'
import type { Schemas } from './schemas.ts'
import { tags } from './tags.ts'
import { packageVersion } from '../version.ts'

/** The routes as an OpenAPI 3.1 document, from the same schemas that hold requests to them. */
export function openApiDocument(routes: readonly Route[], schemas: Schemas): object {
  const names = new Map([...schemas.byId].map(([id, schema]) => [id, schemaName(id, schema)]))
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const address = route.url.replaceAll(/:(\w+)/g, '{$1}')
    const item = (paths[address] ??= {})
    item[route.method.toLowerCase()] = operationOf(route, (schema) => rewritten(schema, '#', names))
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Congruent',
      version: packageVersion(),
      description: 'Unifies the constraints of several teams, and checks what is observed against them.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      responses: {
        Problem: {
          description: 'A fault: what went wrong, with its code.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      schemas: Object.fromEntries(
        [...schemas.byId].map(([id, schema]) => {
          const name = names.get(id) ?? id
          const { $id: _id, $schema: _schema, ...rest } = schema
          return [name, rewritten(rest, `#/components/schemas/${name}`, names)]
        }),
      ),
    },
  }
}

type Rewrite = (schema: Schema) => unknown

function operationOf(route: Route, rewrite: Rewrite): object {
  const { operation, tag, summary, description, needs, query, body, answers } = route
  const parameters = [
    ...Object.entries(propertiesOf(paramsSchema(route))).map(([name, schema]) => ({
      name,
      in: 'path',
      required: true,
      schema: rewrite(schema),
    })),
    ...Object.entries(propertiesOf(query)).map(([name, { description, ...schema }]) => ({
      name,
      in: 'query',
      required: requiredOf(query).includes(name),
      ...(description === undefined ? {} : { description }),
      ...(schema['type'] === 'array' ? { style: 'form', explode: false } : {}),
      schema: rewrite(schema),
    })),
  ]
  return {
    operationId: operation,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(needs === 'anyone' ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: !body.optional,
            content: Object.fromEntries(
              body.types.map((type) => [type, { schema: rewrite(schemaOf(type, body.schema)) }]),
            ),
          },
        }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { description, schema, type = 'application/json', also = [] }]) => [
          status,
          {
            description,
            ...(schema === undefined && type === 'application/json'
              ? {}
              : {
                  content: {
                    [type]: { schema: rewrite(schema ?? { type: 'string' }) },
                    ...Object.fromEntries(also.map((other) => [other, { schema: { type: 'string' } }])),
                  },
                }),
          },
        ]),
      ),
      '4XX': { $ref: '#/components/responses/Problem' },
      '5XX': { $ref: '#/components/responses/Problem' },
    },
  }
}

/** Lines and archives are text and bytes to OpenAPI. */
function schemaOf(type: BodyType, schema: Schema): Schema {
  if (type === 'application/x-ndjson') return { type: 'string', description: 'JSON values, one a line.' }
  return type === 'application/gzip' ? { type: 'string', format: 'binary' } : schema
}

function propertiesOf(schema: Schema | undefined): Readonly<Record<string, Schema>> {
  return (schema?.['properties'] ?? {}) as Readonly<Record<string, Schema>>
}

function requiredOf(schema: Schema | undefined): readonly unknown[] {
  const required = schema?.['required']
  return Array.isArray(required) ? required : []
}

/** `urn:congruent:http:check-request` → `CheckRequest`; a title that is one word is a name already. */
export function schemaName(id: string, { title }: Schema): string {
  if (typeof title === 'string' && /^[A-Za-z]+$/.test(title)) return title
  const last = id.split(':').at(-1) ?? id
  return last.replaceAll(/(?:^|-)(\w)/g, (_whole, letter: string) => letter.toUpperCase())
}

/** The same schema with references that lead into the document: those to other schemas, and those into itself, which lies at `base` now. */
function rewritten(value: unknown, base: string, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((element) => rewritten(element, base, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (key !== '$ref' || typeof member !== 'string') return [key, rewritten(member, base, names)]
      const [id = '', within = ''] = member.split('#', 2)
      const target = id === '' ? base : `#/components/schemas/${names.get(id) ?? id}`
      return [key, `${target}${within}`]
    }),
  )
}
