import { readFileSync } from 'node:fs'

/** The keywords of JSON Schema that our schemas use. */
export interface Schema {
  readonly $id?: string
  readonly title?: string
  readonly description?: string
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly type?: string | readonly string[]
  readonly const?: string | number
  readonly enum?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly pattern?: string
}

/** The schema that a `$ref` of ours names. */
export function resolved(schema: Schema, root: Schema): Schema {
  return followed(schema, root).schema
}

/** The schema that a `$ref` names, in its own document or in another one of `schemas/`, and the document that it stands in. */
function followed(schema: Schema, root: Schema): { readonly schema: Schema; readonly root: Schema } {
  if (schema.$ref === undefined) return { schema, root }
  const [document = '', pointer = ''] = schema.$ref.split('#')
  const name = document.replace('urn:congruent:', '').replace(':', '/')
  const target: Schema = document === '' ? root : JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'))
  const found = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (at, label) => (typeof at === 'object' && at !== null ? Reflect.get(at, label) : undefined),
      target,
    )
  if (found === undefined) throw new Error(`${schema.$ref} is not there`)
  return followed(found as Schema, target)
}

/** What a schema allows, as a TypeScript type, readonly throughout. */
export function typeText(given: Schema, from: Schema): string {
  const { schema, root } = followed(given, from)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf) return schema.anyOf.map((choice) => typeText(choice, root)).join(' | ')
  if (schema.type === undefined) return 'unknown'
  return [schema.type]
    .flat()
    .map((type) => ofType(type, schema, root))
    .join(' | ')
}

function ofType(type: string, schema: Schema, root: Schema): string {
  switch (type) {
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return `readonly (${schema.items ? typeText(schema.items, root) : 'unknown'})[]`
    case 'object':
      return objectText(schema, root)
    default:
      return type
  }
}

function objectText({ properties, required = [], additionalProperties }: Schema, root: Schema): string {
  if (properties) {
    const members = Object.entries(properties).map(([key, schema]) => {
      return `readonly ${JSON.stringify(key)}${required.includes(key) ? '' : '?'}: ${typeText(schema, root)}`
    })
    return `{ ${members.join('; ')} }`
  }
  return typeof additionalProperties === 'object'
    ? `{ readonly [name: string]: ${typeText(additionalProperties, root)} }`
    : 'object'
}
