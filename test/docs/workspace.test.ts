import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { readWorkspace } from '../../src/workspace/read-workspace.ts'
import { resolved, type Schema } from '../support/schema-types.ts'

// docs/workspace.md has one table for each kind of map in schemas/workspace.schema.json. The rows are compared as texts: what
// a row must say is worked out here from the schema, and a failing run prints it.

const schema: Schema = JSON.parse(readFileSync('schemas/workspace.schema.json', 'utf8'))
const page = readFileSync('docs/workspace.md', 'utf8')

/** Name of a kind of map in the page → its schema. */
const maps: Readonly<Record<string, Schema>> = { workspace: schema, ...schema.$defs }

function rowOf(key: string, given: Schema, required: boolean): string {
  const found = resolved(given, schema)
  const about = { ...found, ...given }
  const example = about.examples?.[0] ?? about.default ?? [about.enum ?? []].flat()[0]
  const cells = [
    `\`${key}\``,
    typeWords(given),
    required ? 'required' : about.default === undefined ? '' : `\`${flow(about.default)}\``,
    about.description ?? '',
    example === undefined ? '' : `\`${key}: ${flow(example)}\``,
  ]
  return `| ${cells.join(' | ')} |`
}

function typeWords(given: Schema): string {
  const found = resolved(given, schema)
  const def = given.$ref?.replace('#/$defs/', '')
  if (def === 'pathPattern' || def === 'duration')
    return `[${def === 'duration' ? 'duration' : 'path pattern'}](#${def === 'duration' ? 'durations' : 'path-patterns'})`
  if (def !== undefined) return `[${def}](#${def})`
  if (found.enum) return found.enum.map((value) => `\`${value}\``).join(', ')
  if (found.anyOf) return found.anyOf.map(typeWords).join(', or ')
  if (found.type === 'array') return `list of ${found.items ? typeWords(found.items) : 'anything'}`
  if (found.type === 'object')
    return `map of ${typeof found.additionalProperties === 'object' ? typeWords(found.additionalProperties) : 'anything'}`
  return found.type === 'string' ? 'text' : String(found.type)
}

/** A value as YAML on one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${key}: ${flow(member)}`)
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
  }
  const text = String(value)
  return /^[#*{[&!|>'"%@`]|[*{[]/.test(text) ? `'${text}'` : text
}

t.test('the page has a row for every key of the schema, and says of it what the schema says', async (t) => {
  const expected = Object.values(maps).flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).map(([key, given]) => rowOf(key, given, required.includes(key))),
  )
  t.ok(expected.length > 20, 'keys were found')
  const rows = page.split('\n').filter((line) => line.startsWith('| `') && line.split(' | ').length === 5)
  t.same(rows.toSorted(), expected.toSorted())
})

t.test('every kind of map has its section', async (t) => {
  for (const [name, { properties }] of Object.entries(maps)) {
    if (properties) t.match(page, new RegExp(`^## ${name}$`, 'm'), name)
  }
})

t.test('every example of the page is a workspace that can be read', async (t) => {
  const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '')
  t.ok(blocks.length >= 3, 'examples were found')
  for (const block of blocks) {
    const bytes = new TextEncoder().encode(block)
    await t.resolves(
      readWorkspace({ name: 'docs/workspace.md', read: async () => ({ ok: true, bytes }), list: async () => [] }),
      block,
    )
  }
})

t.test('every example and every default of the schema fits its own key', async (t) => {
  const ajv = new Ajv2020({ strict: false }).addSchema(schema)
  for (const [name, { properties = {} }] of Object.entries(maps)) {
    for (const [key, given] of Object.entries(properties)) {
      const pointer = `${schema.$id}#${name === 'workspace' ? '' : `/$defs/${name}`}/properties/${key}`
      const values = [...(given.examples ?? []), ...(given.default === undefined ? [] : [given.default])]
      for (const value of values) t.ok(ajv.validate({ $ref: pointer }, value), `${pointer}: ${JSON.stringify(value)}`)
    }
  }
})
