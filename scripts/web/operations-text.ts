import { format } from 'prettier'
import { readSchemas } from '../../src/http/schemas.ts'
import { paramsSchema } from '../../src/http/reading/params.ts'
import type { Route, Schema } from '../../src/http/route.ts'
import { routes } from '../../src/http/routes.ts'
import { createTypes, type Types } from './schema-types.ts'

const head = `// Written by scripts/web/operations.ts from the routes and schemas of the API; a test compares. Not to be edited.\n\n`

/** The module that web/src/api/operations.ts must be: \`operations\`, where each is asked, and \`Operations\`, its types. */
export async function operationsText(): Promise<string> {
  const asked = routes.filter(isForPages).toSorted((a, b) => (a.operation < b.operation ? -1 : 1))
  const types = createTypes(readSchemas().byId)
  const entries = asked.map((route) => entryOf(route, types)).join('\n')
  const places = asked.map(({ operation, method, url }) => `${operation}: { method: '${method}', url: '${url}' },`)
  const text = `${head}/** What each operation takes and answers. */
export interface Operations {\n${entries}\n}

/** How each operation is asked. */
export const operations = {\n${places.join('\n')}\n} as const satisfies Readonly<Record<keyof Operations, Place>>

interface Place {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly url: string
}

${types.declarations()}`
  return format(text, { parser: 'typescript', printWidth: 120, singleQuote: true, semi: false })
}

/** What stands in a workspace, and who asks; what programs alone do is left out. */
function isForPages({ url, method, tag }: Route): boolean {
  if (url === '/v1/me' || url === '/v1/workspaces' || url === '/v1/session') return true
  return url.startsWith('/v1/workspaces/') && (method === 'GET' || tag === 'proposals') && tag !== 'webhooks'
}

function entryOf(route: Route, types: Types): string {
  const answer = Object.entries(route.answers).find(([status]) => status.startsWith('2'))?.[1]
  const members = [
    `readonly params: ${types.of(paramsSchema(route))}`,
    `readonly query: ${types.of(route.query ?? nothing)}`,
    ...(route.body === undefined ? [] : [`readonly body: ${types.of(route.body.schema)}`]),
    `readonly answer: ${answer?.schema === undefined ? 'string' : types.of(answer.schema)}`,
  ]
  return `/** ${route.summary}. */\nreadonly ${route.operation}: {\n${members.join('\n')}\n}`
}

const nothing: Schema = { type: 'object', properties: {}, additionalProperties: false }
