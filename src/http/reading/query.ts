import { Fault } from '../../errors.ts'
import type { Data } from '../../model/data.ts'
import { schemaProblems, fitsSchema } from '../../schema/problems.ts'
import type { Schema } from '../route.ts'
import type { BodyValidator } from '../schemas.ts'

/** The query of an address with values of the types that its schema asks for. Throws a Fault QUERY_INVALID. */
export function readQuery(
  schema: Schema | undefined,
  validator: BodyValidator,
  query: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const properties = isRecord(schema?.['properties']) ? schema['properties'] : {}
  const read: Record<string, Data> = {}
  for (const [name, value] of Object.entries(query)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined
    Object.defineProperty(read, name, { value: valueOf(property, value), enumerable: true, writable: true })
  }
  if (fitsSchema(validator.fits, read)) return read
  throw invalid('the query', validator, read)
}

/** The parts of an address, held against their schema. Throws a Fault QUERY_INVALID. */
export function readParams(
  validator: BodyValidator,
  params: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (fitsSchema(validator.fits, params)) return params
  throw invalid('the address', validator, params)
}

function invalid(what: string, validator: BodyValidator, data: Data): Fault {
  const problems = schemaProblems(validator.explain, data).map(({ pointer, message }) => ({
    message: message.replace('unknown key', 'unknown parameter').replace('the document', what),
    ...(pointer.length === 0 ? {} : { path: pointer.join('.') }),
  }))
  return new Fault('QUERY_INVALID', `${what} is not what this route takes: ${problems[0]?.message ?? ''}`, {
    details: { problems },
  })
}

/** A text as what its schema asks for, where it is written so; else as it is, for the validator to refuse. */
function valueOf(schema: unknown, value: unknown): Data {
  const type = isRecord(schema) ? schema['type'] : undefined
  if (type === 'array') {
    const texts = Array.isArray(value) ? value.map(String) : String(value).split(',')
    return texts.map((text) => valueOf(isRecord(schema) ? schema['items'] : undefined, text))
  }
  if (Array.isArray(value)) return value.map(String)
  const text = String(value)
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type === 'number' && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === '' || text === 'true')) return true
  return type === 'boolean' && text === 'false' ? false : text
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
