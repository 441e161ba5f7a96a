import { schemaName } from '../../src/http/openapi.ts'
import type { Schema } from '../../src/http/route.ts'

/** TypeScript types of schemas. What a schema of `schemas/` says has a name and is declared once. */
export interface Types {
  /** The type of a schema, as text; what it refers to is declared with the rest. */
  of(schema: Schema): string
  /** Every interface and alias that was referred to so far, sorted by name. */
  declarations(): string
}

/** Types over the schemas of the package, by `$id`. */
export function createTypes(byId: ReadonlyMap<string, Schema>): Types {
  const declared = new Map<string, string>()

  const named = (reference: string, base: string): string => {
    const [document = '', pointer = ''] = reference.split('#')
    const id = document === '' ? base : document
    const root = byId.get(id)
    const schema = root && at(root, pointer)
    if (root === undefined || schema === undefined) throw new Error(`\`${reference}\` names no schema`)
    const definition = /^\/\$defs\/(\w+)$/.exec(pointer)?.[1]
    // What only a place within another schema names has no name of its own.
    if (pointer !== '' && definition === undefined) return text(schema, id)
    const name = `${schemaName(id, root)}${definition === undefined ? '' : capital(definition)}`
    if (!declared.has(name)) {
      declared.set(name, '')
      const said = typeof schema['description'] === 'string' ? `/** ${schema['description']} */\n` : ''
      declared.set(name, `${said}export type ${name} = ${text(schema, id)}`)
    }
    return name
  }

  const text = (schema: Schema, base: string): string => {
    if (typeof schema['$ref'] === 'string') return named(schema['$ref'], base)
    if (schema['const'] !== undefined) return JSON.stringify(schema['const'])
    if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => JSON.stringify(value)).join(' | ')
    const choices = schema['anyOf'] ?? schema['oneOf']
    if (Array.isArray(choices)) return choices.map((choice) => text(choice as Schema, base)).join(' | ')
    const types = [schema['type']].flat().filter((type) => typeof type === 'string')
    if (types.length === 0) return 'unknown'
    return types.map((type) => ofType(type, schema, base)).join(' | ')
  }

  const ofType = (type: string, schema: Schema, base: string): string => {
    if (type === 'integer' || type === 'number') return 'number'
    if (type === 'array') return `readonly (${schema['items'] ? text(schema['items'] as Schema, base) : 'unknown'})[]`
    return type === 'object' ? objectText(schema, base) : type
  }

  const objectText = (schema: Schema, base: string): string => {
    const properties = schema['properties'] as Readonly<Record<string, Schema>> | undefined
    const others = schema['additionalProperties']
    if (properties === undefined)
      return typeof others === 'object' && others !== null
        ? `Readonly<Record<string, ${text(others as Schema, base)}>>`
        : 'Readonly<Record<string, unknown>>'
    const required = new Set(Array.isArray(schema['required']) ? schema['required'] : [])
    const members = Object.entries(properties).map(([key, member]) => {
      const { description } = member
      const said = typeof description === 'string' ? `/** ${description} */\n` : ''
      return `${said}readonly ${JSON.stringify(key)}${required.has(key) ? '' : '?'}: ${text(member, base)}`
    })
    return `{\n${members.join('\n')}\n}`
  }

  return {
    of: (schema) => text(schema, ''),
    declarations: () =>
      [...declared.keys()]
        .toSorted()
        .map((name) => declared.get(name))
        .join('\n\n'),
  }
}

function at(root: Schema, pointer: string): Schema | undefined {
  return pointer
    .split('/')
    .slice(1)
    .reduce<Schema | undefined>((schema, label) => schema?.[label] as Schema | undefined, root)
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
