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
  if (schema.$ref === undefined) return schema
  const found = root.$defs?.[schema.$ref.replace('#/$defs/', '')]
  if (!found) throw new Error(`${schema.$ref} is not there`)
  return found
}

/** What a schema allows, as a TypeScript type, readonly throughout. */
export function typeText(given: Schema, root: Schema): string {
  const schema = resolved(given, root)
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
