import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { CORE_SCHEMA, load, YAML11_SCHEMA } from 'js-yaml'
import t from 'tap'
import { parse } from 'yaml'
import { readDocuments } from '../../src/document/read.ts'
import { toJson } from '../../src/document/to-json.ts'
import { yamlOfJson } from '../../src/document/yaml-text.ts'
import type { Data } from '../../src/model/data.ts'

t.test('YAML says the same as the JSON text', async (t) => {
  t.equal(
    yamlOfJson('{"a":[1,{"b":true,"c":[[2,"x"],{}]}],"no":"yes","é":"a b","size":12345678901234567890,"e":[]}'),
    `a:
  - 1
  - b: true
    c:
      - - 2
        - x
      - {}
"no": "yes"
"é": "a b"
size: 12345678901234567890
e: []
`,
  )
  t.equal(yamlOfJson('"x"'), 'x\n')
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.stringify(value)
      return (
        JSON.stringify(parse(yamlOfJson(json), { uniqueKeys: false })) ===
        JSON.stringify(parse(json, { uniqueKeys: false }))
      )
    }),
  )
})

t.test('texts of several lines stand as they are, unless something of them could be lost', async (t) => {
  const yaml = (text: string): string => yamlOfJson(JSON.stringify({ a: { b: text }, c: [text] }))
  t.equal(
    yaml('x: 1\n\n\ty # z\n'),
    `a:
  b: |
    x: 1

    \ty # z
c:
  - |
    x: 1

    \ty # z
`,
  )
  t.equal(yaml('---\n...'), 'a:\n  b: |-\n    ---\n    ...\nc:\n  - |-\n    ---\n    ...\n')
  for (const text of [' x\ny', '\nx', 'x\n\n', 'x \ny', 'x\r\ny', 'x\n\u0085', '\n', 'x\n\u2028', '\tx\ny'])
    t.match(yaml(text), /^a:\n  b: "/)
  t.equal(yamlOfJson(JSON.stringify('a\nb')), '"a\\nb"\n', 'a document of its own has no margin')
})

t.test('what readers of YAML 1.1 take for something else is quoted', async (t) => {
  const words = [
    'yes',
    '0644',
    '1e3',
    '=',
    '=x',
    '1_000',
    '12:30:45',
    '2026-01-01',
    '.inf',
    '~',
    '<<',
    '0x1',
    '0o14',
    '',
    '-',
    '!x',
  ]
  t.equal(yamlOfJson(JSON.stringify(words)), words.map((word) => `- ${JSON.stringify(word)}\n`).join(''))
  t.equal(
    yamlOfJson('[1e3,1E400,-2.5e-7,0.5,12345678901234567890]'),
    '- 1.0e+3\n- 1.0e+400\n- -2.5e-7\n- 0.5\n- 12345678901234567890\n',
  )
  t.equal(yamlOfJson(JSON.stringify({ '\u007f\u0085\u2028\ufeff': 1 })), '"\\u007f\\u0085\\u2028\\ufeff": 1\n')
  const long = 'k'.repeat(2000)
  t.equal(yamlOfJson(JSON.stringify({ a: { [`${long} `]: { b: 1 } } })), `a:\n  ? "${long} "\n  :\n    b: 1\n`)
})

const word = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      ' ',
      '\n',
      '\t',
      ':',
      '#',
      '-',
      'x',
      '1',
      '/',
      '@',
      '"',
      '\\',
      '\u2028',
      '\u0085',
      '\u007f',
      '🙂',
    ),
  }),
  fc.constantFrom(
    'yes',
    'No',
    '0644',
    '1e3',
    '1_0',
    '=',
    '=x',
    '~',
    '.5',
    '0b1',
    '190:20:30',
    '2001-12-14',
    '<<',
    'null',
    '0x_1',
    '?',
    '- a',
    '&a',
    '*a',
    '%',
    '@',
    '`',
    '|',
    '>-',
  ),
)
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(1e21, 1e-7, -0, 5e-324, 1.5e300),
)
const data = fc.letrec<{ any: unknown; map: unknown; list: unknown }>((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, word, number, fc.boolean(), fc.constant(null), tie('map'), tie('list')),
  map: fc.array(fc.tuple(word, tie('any')), { maxLength: 5 }).map((members) => Object.fromEntries(members)),
  list: fc.array(tie('any'), { maxLength: 4 }),
})).any

t.test('readers of YAML 1.1 and of 1.2 take the text for the same data', async (t) => {
  fc.assert(
    fc.property(data, (value) => {
      const json = JSON.stringify(value)
      const plain: unknown = JSON.parse(json)
      const text = yamlOfJson(json)
      const read = [YAML11_SCHEMA, CORE_SCHEMA].map((schema) => load(text, { schema }))
      const own = (['1.1', '1.2'] as const).map((yaml) => {
        const { documents } = readDocuments('a.yaml', new TextEncoder().encode(text), { yaml })
        return toJson(documents[0]?.data ?? null)
      })
      const exact = toJson(documentOfJson(json))
      return read.every((found) => isDeepStrictEqual(found, plain)) && own.every((found) => found === exact)
    }),
    { numRuns: Number(process.env['CONGRUENT_FUZZ_RUNS'] ?? 200) },
  )
})

function documentOfJson(json: string): Data {
  return readDocuments('a.json', new TextEncoder().encode(json)).documents[0]?.data ?? null
}
