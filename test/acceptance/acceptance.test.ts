import t from 'tap'
import { createAcceptance } from '../../src/acceptance/acceptance.ts'
import { chunksOf, type Entity } from '../../src/acceptance/chunks.ts'
import { holding as holdingConstants } from '../../src/acceptance/constants.ts'
import { hasExactNumbers } from '../../src/acceptance/exact-numbers.ts'
import { createJudge } from '../../src/acceptance/judge.ts'
import type { Candidate } from '../../src/acceptance/question.ts'
import { schemaCompiler } from '../../src/acceptance/schemas.ts'
import { plainValues } from '../../src/acceptance/values.ts'
import type { EngineOptions } from '../../src/engine/engine.ts'
import { Decimal, type Data } from '../../src/model/data.ts'

const limits: EngineOptions = { deadlineMs: 30_000, subject: 'a test' }

t.test('numbers are exact where JavaScript writes them as they are written', async (t) => {
  for (const text of ['1', '-2.5', '{"1.50":[0]}', '"1.0"', '"\\"1.0"', '[9007199254740992,0.1]', '{}'])
    t.ok(hasExactNumbers(text), text)
  for (const text of ['1.0', '-0', '1e5', '0.10', '[9007199254740993]', '0.10000000000000000001', '{"a":1E400}'])
    t.notOk(hasExactNumbers(text), text)
})

t.test('constants are there just so: maps member by member, the rest as a whole', async (t) => {
  const holds = (value: string, constants: string): boolean =>
    holdingConstants(plainValues, JSON.parse(constants))(JSON.parse(value))
  const holding: readonly (readonly [string, string])[] = [
    ['1', '1'],
    ['{"a":1,"b":2}', '{"a":1}'],
    ['{"a":{"b":[1,{"c":null}],"d":1}}', '{"a":{"b":[1,{"c":null}]}}'],
    ['{"__proto__":1}', '{"__proto__":1}'],
    ['{}', '{}'],
  ]
  for (const [value, constants] of holding) t.ok(holds(value, constants), `${value} has ${constants}`)
  const lacking: readonly (readonly [string, string])[] = [
    ['1', '"1"'],
    ['null', '{}'],
    ['[]', '{}'],
    ['{}', '[]'],
    ['{"b":2}', '{"a":1}'],
    ['{}', '{"toString":1}'],
    ['{}', '{"__proto__":{}}'],
    ['{"a":[1,2]}', '{"a":[1]}'],
    ['{"a":[{"b":1,"c":2}]}', '{"a":[{"b":1}]}'],
    ['{"a":[{"b":1}]}', '{"a":[{"b":1,"c":2}]}'],
    ['{"a":{"b":1}}', '{"a":1}'],
  ]
  for (const [value, constants] of lacking) t.notOk(holds(value, constants), `${value} has not ${constants}`)
})

t.test('schemas see what the data itself has, and one that cannot be compiled accepts nothing', async (t) => {
  const compile = schemaCompiler()
  const accepts = (schema: unknown, value: string, label = 'web'): boolean =>
    compile(typeof schema === 'string' ? schema : JSON.stringify(schema))(JSON.parse(value), label)
  t.ok(accepts({ type: 'integer', minimum: 2 }, '2'))
  t.notOk(accepts({ type: 'integer', minimum: 2 }, '1'))
  t.ok(accepts({ properties: { name: { isLabel: true } } }, '{"name":"web"}'))
  t.notOk(accepts({ properties: { name: { isLabel: true } } }, '{"name":"api"}'))
  t.ok(accepts({ properties: { name: { isLabel: true } } }, '{"name":"api"}', 'api'))
  t.ok(accepts({ isLabel: ['a.', '-', '.b'] }, '"a.web-web.b"'))
  t.notOk(accepts({ isLabel: ['a.', '-', '.b'] }, '"a.web-api.b"'))
  t.notOk(accepts({ required: ['constructor'] }, '{}'))
  t.ok(accepts({ properties: { toString: { type: 'string' } } }, '{}'))
  t.notOk(accepts({ additionalProperties: false }, '{"__proto__":1}'))
  t.notOk(accepts({ required: ['__proto__'] }, '{"__proto__":1}'), 'the compiler does not see such members')
  t.notOk(accepts('{"properties":{"__proto__":{"type":"string"}}}', '{"__proto__":1}'))
  t.notOk(accepts({ const: { a: 1 } }, '{"a":1,"valueOf":1}'))
  t.notOk(accepts({ enum: [{ valueOf: 1 }, 2] }, '{"valueOf":1}'), 'what throws accepts nothing')
  t.notOk(accepts('{"minimum":1.0}', '2'), 'a number that is not as it is written')
  t.notOk(accepts({ pattern: '(' }, '"a"'))
  t.notOk(accepts({ isLable: true }, '1'), 'an unknown keyword')
  t.notOk(accepts({ $ref: '#/$defs/none' }, '1'))
  t.notOk(accepts('{', '1'))
  t.notOk(accepts('[]', '1'))
  t.ok(accepts('true', '1'))
  t.notOk(accepts('false', '1'))
  t.ok(accepts({ prefixItems: [{ const: 1 }], items: false, $defs: {} }, '[1]'))
})

t.test('an entity is accepted if all rules that its label matches accept it, and its own demands', async (t) => {
  const judge = createJudge()
  const rules = [
    [{ schema: '{"type":"object"}' }, { label: '^w', schema: '{"required":["w"]}' }],
    [],
    [{ label: '^w', schema: 'false' }],
    [{ label: '(', schema: 'true' }],
    [{ label: '^w', others: true, schema: 'false' }],
  ]
  t.same(judge({ id: 'r', entities: [] }), { unknown: true })
  const asked: readonly (readonly [Candidate, string])[] = [
    [[0, 'web', { w: 1 }], '1'],
    [[0, 'web', {}], '0'],
    [[0, 'api', {}], '1'],
    [[1, 'web', {}], '0'],
    [[2, 'api', {}], '1'],
    [[2, 'web', {}], '0'],
    [[3, 'web', {}], '0'],
    [[4, 'web', {}], '1'],
    [[4, 'api', {}], '0'],
    [[9, 'web', {}], '0'],
    [[0, 'api', { a: 1 }, { constants: '{"a":1}' }], '1'],
    [[0, 'api', { a: 1 }, { constants: '{"a":1.0}' }], '0'],
    [[0, 'api', { a: 1 }, { constants: '{"a":2}' }], '0'],
    [[0, 'api', { a: 1 }, { schemas: ['true', '{"required":["a"]}'] }], '1'],
    [[0, 'api', { a: 1 }, { schemas: ['true', '{"required":["b"]}'] }], '0'],
  ]
  const entities = asked.map(([candidate]) => candidate)
  const accepted = asked.map(([, expected]) => expected).join('')
  t.same(judge({ id: 'r', rules, entities }), { accepted })
  t.same(judge({ id: 'r', entities }), { accepted }, 'rules are remembered')
  for (let id = 0; id < 4; id++) judge({ id: `r${id}`, rules: [], entities: [] })
  t.same(judge({ id: 'r', entities }), { unknown: true }, 'though not for ever')
})

t.test('entities are written in chunks, those with exact numbers left out', async (t) => {
  const values: readonly Data[] = [1, 2n, { a: [new Decimal('1e-400')] }, 'x'.repeat(1_000_000), { toJSON: 1 }]
  const chunks = [...chunksOf(values.map((value) => ({ pattern: 0, label: 'a', value })))]
  t.same(
    chunks.map(({ indices }) => indices),
    [[0, 3], [4]],
  )
  t.same(JSON.parse(chunks[1]?.text ?? ''), [[0, 'a', { toJSON: 1 }]])
  t.same([...chunksOf([])], [])
  const odd: readonly Data[] = [{ 'e\u0301': 1 }, [{ a: { '\ud800': 1 } }], { é: 'e\u0301\ud800' }, { '\\ud800': 1 }]
  const kept = [...chunksOf(odd.map((value) => ({ pattern: 0, label: 'a', value })))]
  t.same(
    kept.map(({ indices }) => indices),
    [[2, 3]],
    'labels of several spellings are left out',
  )
  t.same([...chunksOf([{ pattern: 0, label: 'e\u0301', value: 1 }])], [])
})

t.test('workers judge many entities, and learn rules when they need them', async (t) => {
  const acceptance = createAcceptance({ size: 2 })
  t.teardown(() => acceptance.close())
  const text = 'x'.repeat(10_000)
  const entities = Array.from({ length: 4000 }, (_, i): Entity => ({
    pattern: 0,
    label: `l${i}`,
    value: { i, text: i % 10 === 0 ? '' : text },
  }))
  const rules = { id: 'a', patterns: [[{ schema: '{"properties":{"i":{"maximum":1999}}}' }]] }
  const accepted = await acceptance.accepted(rules, entities, limits)
  t.same(
    [...accepted].toSorted((a, b) => a - b),
    Array.from({ length: 2000 }, (_, i) => i),
  )
  const others = { id: 'b', patterns: [[{ schema: 'false' }]] }
  t.equal((await acceptance.accepted(others, entities, limits)).size, 0)
  t.equal((await acceptance.accepted(rules, [], limits)).size, 0)
})

t.test('an expression that never ends costs acceptance only, unless the asker gave up', async (t) => {
  const acceptance = createAcceptance({ size: 1 })
  t.teardown(() => acceptance.close())
  const rules = { id: 'a', patterns: [[{ schema: '{"pattern":"^(a+)+$"}' }], [{ schema: 'true' }]] }
  const endless: Entity = { pattern: 0, label: 'a', value: `${'a'.repeat(60)}!` }
  const fine: Entity = { pattern: 1, label: 'a', value: 1 }
  t.equal((await acceptance.accepted(rules, [fine, endless], { ...limits, deadlineMs: 300 })).size, 0)
  t.equal((await acceptance.accepted(rules, [fine], limits)).size, 1, 'the next worker is as good')
  const signal = AbortSignal.timeout(100)
  await t.rejects(acceptance.accepted(rules, [endless], { ...limits, signal }), { code: 'ENGINE_CLOSED' })
})
