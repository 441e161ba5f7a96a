import fc from 'fast-check'
import type { Schema } from '../../src/http/route.ts'

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, '', '\0', '__proto__', '../..', 1e308, -1, 2 ** 53, [], {}, true, 'é\u202e', '\ud800'),
  fc.json({ maxDepth: 2 }).map((text): unknown => JSON.parse(text)),
)

/** Values that fit a schema, and now and then some that nearly do. */
export function fitting(schema: Schema, byId: ReadonlyMap<string, Schema>, spoiled: number): fc.Arbitrary<unknown> {
  return arbitrary(schema, schema, byId, spoiled, 0)
}

function arbitrary(
  schema: Schema,
  root: Schema,
  byId: ReadonlyMap<string, Schema>,
  spoiled: number,
  depth: number,
): fc.Arbitrary<unknown> {
  const inner = (part: unknown): fc.Arbitrary<unknown> => arbitrary(recordOf(part), root, byId, spoiled, depth + 1)
  const right = (): fc.Arbitrary<unknown> => {
    if (typeof schema['$ref'] === 'string') {
      const [id = '', within = ''] = schema['$ref'].split('#')
      const target = id === '' ? root : (byId.get(id) ?? {})
      const labels = within.split('/').slice(1)
      const found = labels.reduce<unknown>((value, label) => recordOf(value)[label], target)
      return arbitrary(recordOf(found), target, byId, spoiled, depth + 1)
    }
    if ('const' in schema) return fc.constant(schema['const'])
    if (Array.isArray(schema['enum'])) return fc.constantFrom<unknown>(...(schema['enum'] as readonly unknown[]))
    const choices = schema['oneOf'] ?? schema['anyOf']
    if (Array.isArray(choices) && depth < 8) return fc.oneof(...choices.map(inner))
    const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type']
    switch (type) {
      case 'object':
        return objects(schema, inner, depth)
      case 'array':
        return fc.array(inner(schema['items']), {
          minLength: count(schema['minItems'], 0),
          maxLength: depth > 5 ? 1 : 3,
        })
      case 'string':
        return texts(schema)
      case 'integer':
        return fc.integer({ min: count(schema['minimum'], -5), max: Math.min(count(schema['maximum'], 1e6), 1e6) })
      case 'number':
        return fc.double({ noNaN: true, noDefaultInfinity: true })
      case 'boolean':
        return fc.boolean()
      default:
        return depth > 5 ? fc.constant(null) : fc.jsonValue({ maxDepth: 1 })
    }
  }
  return spoiled === 0
    ? right()
    : fc.oneof({ weight: 100 - spoiled, arbitrary: right() }, { weight: spoiled, arbitrary: junk })
}

function objects(
  schema: Schema,
  inner: (part: unknown) => fc.Arbitrary<unknown>,
  depth: number,
): fc.Arbitrary<unknown> {
  const properties = Object.entries(recordOf(schema['properties']))
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : []
  const chosen = depth > 6 ? properties.filter(([name]) => required.includes(name)) : properties
  const known = fc.record(Object.fromEntries(chosen.map(([name, part]) => [name, inner(part)])), {
    requiredKeys: required.filter((name) => chosen.some(([known]) => known === name)),
  })
  const more = schema['additionalProperties']
  if (typeof more !== 'object' || more === null || depth > 6) return known
  const others = fc.dictionary(fc.constantFrom('web', 'platform', 'prod', 'a.cue', 'x'), inner(more), { maxKeys: 2 })
  return fc.tuple(known, others).map(([left, right]) => ({ ...right, ...left }))
}

function texts(schema: Schema): fc.Arbitrary<string> {
  if (schema['format'] === 'date-time') return fc.constantFrom('2026-05-04T09:30:00Z', '2026-05-04T09:30:00.123+02:00')
  if (schema['format'] === 'uri') return fc.constantFrom('https://example.com/x', 'http://127.0.0.1:1/')
  if (typeof schema['pattern'] === 'string') return matching(schema)
  const most = Math.min(count(schema['maxLength'], 20), 200)
  return fc.oneof(
    fc.string({ minLength: count(schema['minLength'], 0), maxLength: most }),
    fc.constantFrom('shop', 'web', 'prod', 'services.web', '*', 'a: 1'),
  )
}

/** Texts of a pattern; of one that looks ahead or behind, which nothing here can make, the examples. */
function matching(schema: Schema): fc.Arbitrary<string> {
  const pattern = String(schema['pattern'])
  if (!pattern.includes('(?')) return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' })
  const examples = Array.isArray(schema['examples']) ? schema['examples'].map(String) : ['x', 'web', 'web/a.cue']
  return fc.constantFrom(...examples)
}

function count(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}

function recordOf(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {}
}
