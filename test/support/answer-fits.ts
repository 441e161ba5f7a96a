import { routes } from '../../src/http/routes.ts'
import { readSchemas } from '../../src/http/schemas.ts'

const schemas = readSchemas()
const validators = new Map<object, ReturnType<typeof schemas.validator>>()

/** What is wrong with a JSON answer by the schema that its route gives for the status; empty where it fits, or the route says nothing. */
export function answerProblems(method: string, url: string, status: number, body: unknown): readonly string[] {
  const path = new URL(url, 'http://localhost').pathname
  const named = routes.filter((route) => route.method === method && matches(route.url, path))
  // The one with the fewest names in it: `/v1/workspaces/me` before `/v1/workspaces/:workspace`.
  const [route] = named.toSorted((a, b) => a.url.split(':').length - b.url.split(':').length)
  const schema = route?.answers[status]?.schema
  if (schema === undefined) return []
  const validator = validators.get(schema) ?? schemas.validator(schema)
  validators.set(schema, validator)
  if (validator.explain(body)) return []
  return (validator.explain.errors ?? []).map(
    (error) => `${error.instancePath} ${error.keyword} ${JSON.stringify(error.params)}`,
  )
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith(':') || part === given[index])
}
