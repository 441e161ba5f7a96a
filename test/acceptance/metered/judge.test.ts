import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { meteredExpression } from '../../../src/acceptance/metered/expression.ts'
import { judgesAtOnce, meteredJudge } from '../../../src/acceptance/metered/judge.ts'
import { schemaCompiler } from '../../../src/acceptance/schemas.ts'
import { FlatJson } from '../../../src/document/flat-json.ts'

interface Vector {
  readonly label: string
  readonly schema: unknown
  readonly accepts: readonly unknown[]
  readonly refuses: readonly unknown[]
}

const vectors: readonly Vector[] = JSON.parse(readFileSync('engine/acceptance/testdata/dialect.json', 'utf8'))

t.test('schemas say here what the engine’s own tests say of them', async (t) => {
  let accepted = 0
  for (const { label, schema, accepts, refuses } of vectors) {
    const judge = meteredJudge([[{ schema: JSON.stringify(schema) }]])
    for (const value of accepts) {
      if (judge?.([[0, label, value]]) === true) accepted += 1
      else t.fail(`${JSON.stringify(schema)} refuses ${JSON.stringify(value)}`)
    }
    for (const value of refuses) {
      if (judge?.([[0, label, value]]) === true) t.fail(`${JSON.stringify(schema)} accepts ${JSON.stringify(value)}`)
    }
  }
  t.ok(accepted > 300, 'many values are accepted')
})

/** Values of the samples, mixed. */
const values = vectors.flatMap(({ accepts, refuses }) => [...accepts, ...refuses])

t.test('and what the compiled schemas of the workers say', async (t) => {
  const compile = schemaCompiler()
  const both = vectors.map(({ schema }) => {
    const json = JSON.stringify(schema)
    return { json, compiled: compile(json), judge: meteredJudge([[{ schema: json }]]) }
  })
  fc.assert(
    fc.property(fc.constantFrom(...both), fc.constantFrom(...values), fc.jsonValue(), (schema, sample, other) => {
      const { json, compiled, judge } = schema
      for (const value of [sample, other]) {
        if (judge?.([[0, 'web', value]]) !== compiled(value, 'web')) t.fail(`${json} and ${JSON.stringify(value)}`)
      }
    }),
    { numRuns: 3000 },
  )
})

t.test('the same is said of values that lie in bytes', async (t) => {
  const json = new FlatJson()
  const both = vectors.map(({ label, schema }) => {
    const text = JSON.stringify(schema)
    return { label, text, judges: judgesAtOnce([[{ schema: text }], [{ schema: 'true' }]]) }
  })
  let said = 0
  let accepted = 0
  fc.assert(
    fc.property(fc.constantFrom(...both), fc.constantFrom(...values), fc.jsonValue(), (schema, sample, other) => {
      const { label, text, judges } = schema
      for (const value of [sample, other]) {
        const bytes = Buffer.from(JSON.stringify(value))
        if (!json.read(bytes)) continue
        said += 1
        const expected = judges?.values([[0, label, value]])
        if (expected === true) accepted += 1
        if (judges?.flat(json, [[0, label, 0]]) !== expected) t.fail(`${text} and ${bytes.toString()}`)
        const named = { constants: JSON.stringify(sample) }
        const holds = judges?.values([[1, label, value, named]])
        if (judges?.flat(json, [[1, label, 0, named]]) !== holds) t.fail(`${named.constants} and ${bytes.toString()}`)
      }
    }),
    { numRuns: 3000 },
  )
  t.ok(said > 1000 && accepted > 100, `${said} values, ${accepted} accepted`)
})

t.test('an expression that may take long is refused, or costs more than there is', async (t) => {
  const steps = (source: string, text: string): number | undefined => {
    const meter = { left: 1e12 }
    const matches = meteredExpression(source, meter)
    if (matches === undefined) return undefined
    matches(text)
    return 1e12 - meter.left
  }
  for (const bad of [
    '(a+)+$',
    '(?:a+)+$',
    '(?:a|aa)+$',
    '(?:a*)*',
    '(a)\\1',
    '(?=a)b',
    'a+?b',
    '(?:(?:a?){9}){9}',
    '+',
    '(?:a',
    'a)',
  ])
    t.equal(steps(bad, 'x'), undefined, bad)
  const text = 'a'.repeat(100)
  t.ok((steps('^ab?c{2}$', text) ?? Infinity) < 5_000)
  t.ok((steps('(?:a)+$', text) ?? 0) > 100 ** 2 / 2, 'tried from every character')
  t.ok((steps('^(?:a)+(?:[a-z])+$', text) ?? 0) > 100 ** 2 / 2)
  t.ok((steps('^a|(?:a)+b', text) ?? 0) > 100 ** 2 / 2, 'the second choice has no anchor')
  t.ok((steps('(?:a){0,30}(?:a){0,30}(?:a){0,30}b', text) ?? 0) > (100 * 30 ** 3) / 2)

  const judge = meteredJudge([[{ schema: '{"type":"string","pattern":"(?:a)+(?:a)+$"}' }]])
  t.equal(judge?.([[0, 'x', 'aaa']]), true)
  t.equal(judge?.([[0, 'x', 'a'.repeat(4000)]]), false, 'not found out here')
  const labelled = meteredJudge([[{ label: '(?:a)+(?:a)+$', schema: 'true' }]])
  t.equal(labelled?.([[0, 'aaa', 1]]), true)
  t.equal(labelled?.([[0, 'a'.repeat(4000), 1]]), false)
})

t.test('rules that cannot be run here accept nothing', async (t) => {
  const said = (schema: string, value: unknown): boolean | undefined =>
    meteredJudge([[{ schema }]])?.([[0, 'web', value]])
  t.equal(said('true', 1), true)
  t.equal(said('{"type":"object","unevaluatedProperties":false}', {}), false, 'an unknown keyword')
  t.equal(said('{"properties":{"a":{"$ref":"#"}}}', {}), false)
  t.equal(said('{"const":0.10000000000000000001}', 0.1), false, 'a number that is another one here')
  t.equal(said('{', 1), false)
  t.equal(said('{"anyOf":[{"type":"string"},{"not":{"pattern":"(a+)+"}}]}', 'b'), false)
  t.equal(meteredJudge([[]])?.([[0, 'web', 1]]), false, 'without a rule nothing is certain')
  t.equal(meteredJudge([[{ schema: `{"const":"${'x'.repeat(300_000)}"}` }]]), undefined, 'too large for here')
  const wide = `{"items":{"anyOf":[${Array.from({ length: 300 }, (_, i) => `{"const":${i}}`).join(',')}]}}`
  t.equal(said(wide, [299, 5]), true)
  t.equal(
    said(
      wide,
      Array.from({ length: 2000 }, () => 299),
    ),
    false,
    'more to do than may be done here',
  )
})
