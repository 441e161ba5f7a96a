import { Fault } from '../errors.ts'
import { PathSyntaxError } from '../model/path.ts'
import type { Schema } from './route.ts'

/** Values of a query, which has passed its route's schema: each as its type, undefined where it is not given. */
type Query = Readonly<Record<string, unknown>>

export function textIn(query: Query, name: string): string | undefined {
  const value = query[name]
  return typeof value === 'string' ? value : undefined
}

export function numberIn(query: Query, name: string): number | undefined {
  const value = query[name]
  return typeof value === 'number' ? value : undefined
}

/** A moment in RFC 3339. Throws a Fault QUERY_INVALID where there is no such time, or none that a database knows. */
export function momentIn(query: Query, name: string): Date | undefined {
  const text = textIn(query, name)
  if (text === undefined) return undefined
  // A `+` that was not escaped has become a space.
  const time = Date.parse(text.toUpperCase().replace(/ (\d\d:\d\d)$/, '+$1'))
  if (time >= 0 && time < 253_402_300_800_000) return new Date(time)
  throw new Fault('QUERY_INVALID', `\`${name}\` is no time after 1970: \`${text}\``, {
    details: { problems: [{ path: name, message: 'required is a time such as `2026-05-04T09:30:00Z` (RFC 3339)' }] },
  })
}

/** A path as CUE writes it, or a path pattern. Throws a Fault QUERY_INVALID. */
export function pathIn<T>(query: Query, name: string, parse: (text: string) => T): T | undefined {
  const text = textIn(query, name)
  if (text === undefined) return undefined
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof PathSyntaxError)) throw error
    throw new Fault('QUERY_INVALID', `\`${name}\`: ${error.message}`, {
      details: { problems: [{ path: name, message: error.message }] },
    })
  }
}

/** Whether what is known today counts, or what was known then. */
export function knownIn(query: Query): 'then' | 'now' {
  return query['known'] === 'now' ? 'now' : 'then'
}

/** How many rows, and from where. */
export function pageIn(query: Query, limit = defaultLimit): { readonly limit: number; readonly cursor?: string } {
  const cursor = textIn(query, 'cursor')
  return { limit: numberIn(query, 'limit') ?? limit, ...(cursor === undefined ? {} : { cursor }) }
}

const defaultLimit = 100

const moment: Schema = {
  type: 'string',
  title: 'a time such as `2026-05-04T09:30:00Z` (RFC 3339)',
  pattern:
    '^(19[7-9]\\d|[2-9]\\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])[Tt]([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?([Zz]|[+ -]([01]\\d|2[0-3]):[0-5]\\d)$',
}

/** Schemas of parameters that many routes take; the functions above read them. */
export const parameters = {
  at: { ...moment, description: 'The moment that is asked about. Default: now.' },
  from: { ...moment, description: 'Nothing before this moment.' },
  to: { ...moment, description: 'Nothing after this moment.' },
  known: {
    description:
      '`then`: as it was known at the moment that is asked about. `now`: as it is known today, with what was learned later; worked out anew.',
    enum: ['then', 'now'],
    default: 'then',
  },
  environment: { description: 'The name of an environment.', type: 'string', minLength: 1 },
  path: { description: 'A CUE path, such as `services.web."a b"`. Default: the root.', type: 'string' },
  limit: { description: 'How many at most.', type: 'integer', minimum: 1, maximum: 1000, default: defaultLimit },
  cursor: { description: 'From `next` of an earlier answer to the same question.', type: 'string' },
} as const satisfies Readonly<Record<string, Schema>>

/** The schema of a query with these parameters and no others. */
export function querySchema(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }), additionalProperties: false }
}

/** The schema of some rows, and the cursor of those that follow. */
export function pageSchema(items: Schema): Schema {
  return {
    type: 'object',
    properties: {
      items: { type: 'array', items },
      next: { description: 'The cursor of what follows; absent at the end.', type: 'string' },
    },
    required: ['items'],
    additionalProperties: false,
  }
}
