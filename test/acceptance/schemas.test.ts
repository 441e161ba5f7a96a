import { readFileSync } from 'node:fs'
import t from 'tap'
import { schemaCompiler } from '../../src/acceptance/schemas.ts'

interface Vector {
  readonly label: string
  readonly schema: unknown
  readonly accepts: readonly unknown[]
  readonly refuses: readonly unknown[]
}

function isVector(value: unknown): value is Vector {
  return typeof value === 'object' && value !== null && 'schema' in value && 'accepts' in value && 'refuses' in value
}

function vectors(): readonly Vector[] {
  const all: unknown = JSON.parse(readFileSync('engine/acceptance/testdata/dialect.json', 'utf8'))
  return Array.isArray(all) ? all.filter(isVector) : []
}

t.test('the validator says of every value what the engine’s own tests say of the schemas that it writes', async (t) => {
  const compile = schemaCompiler()
  const all = vectors()
  t.ok(all.length > 80, 'schemas were found')
  let accepted = 0
  for (const { label, schema, accepts, refuses } of all) {
    const satisfies = compile(JSON.stringify(schema))
    for (const value of accepts) {
      if (!satisfies(value, label)) t.fail(`${JSON.stringify(schema)} refuses ${JSON.stringify(value)}`)
      else accepted += 1
    }
    for (const value of refuses) {
      if (satisfies(value, label)) t.fail(`${JSON.stringify(schema)} accepts ${JSON.stringify(value)}`)
    }
  }
  t.ok(accepted > 300, 'many values are accepted')
})
