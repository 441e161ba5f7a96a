import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { stringify } from 'yaml'
import { readDocuments } from '../../src/document/read.ts'
import type { ReadOptions } from '../../src/document/reading.ts'
import { toJson } from '../../src/document/to-json.ts'
import type { Data } from '../../src/model/data.ts'
import { ordinary, valueAt } from '../support/document.ts'

const read = (text: string, options: ReadOptions = {}) =>
  readDocuments('a.yaml', Buffer.from(text), { format: 'yaml', ...options })
const jsonOf = (text: string, options?: ReadOptions) => read(text, options).documents.map(({ data }) => toJson(data))
const problemOf = (text: string, options?: ReadOptions) => {
  const { position, message } = read(text, options).unreadable[0] ?? {}
  return [position?.line, position?.column, message]
}
const kubernetes: ReadOptions = { yaml: '1.1', duplicateKeys: 'last' }

t.test('scalars of YAML 1.2 are exact', async (t) => {
  const scalars: readonly [string, string][] = [
    ['yes', '"yes"'],
    ['true', 'true'],
    ['~', 'null'],
    ['0644', '644'],
    ['0o14', '12'],
    ['0x1F', '31'],
    ['1_000', '"1_000"'],
    ['2001-01-01', '"2001-01-01"'],
    ['1:30', '"1:30"'],
    ['1.0', '1'],
    ['1e3', '1000'],
    ['-0', '0'],
    ['+1.50', '1.5'],
    ['.5', '0.5'],
    ['-.5e1', '-5'],
    ['1.', '1'],
    ['007.50', '7.5'],
    ['12345678901234567890', '12345678901234567890'],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
    ['1e-400', '1e-400'],
    ['"1.0"', '"1.0"'],
    ['!!str 1.0', '"1.0"'],
    ['!!int "3"', '3'],
    ['!!float 3', '3'],
    ['! 12', '"12"'],
    ['|-\n  a\n  b', '"a\\nb"'],
    ['>\n  a\n  b\n', '"a b\\n"'],
    ['<<', '"<<"'],
  ]
  for (const [text, json] of scalars) t.same(jsonOf(`a: ${text}`), [`{"a":${json}}`], text)
})

t.test('scalars of YAML 1.1 are read as Kubernetes reads them', async (t) => {
  const scalars: readonly [string, string][] = [
    ['yes', 'true'],
    ['off', 'false'],
    ['0644', '420'],
    ['0o14', '12'],
    ['-0o14', '-12'],
    ['"0o14"', '"0o14"'],
    ['1_000', '1000'],
    ['1_000.5', '1000.5'],
    ['0b11', '3'],
    ['2001-01-01', '"2001-01-01"'],
    ['1:30', '"1:30"'],
    ['1:30.5', '"1:30.5"'],
    ['e5', '"e5"'],
    ['-.E10', '"-.E10"'],
    ['.', '"."'],
    ['.5e1', '5'],
    ['1e3', '1000'],
    ['9007199254740993', '9007199254740993'],
  ]
  for (const [text, json] of scalars) t.same(jsonOf(`a: ${text}`, kubernetes), [`{"a":${json}}`], text)
  t.same(jsonOf('%YAML 1.1\n---\na: yes\n---\na: yes\n'), ['{"a":true}', '{"a":"yes"}'], 'or where a document says so')
})

t.test('what JSON cannot say is refused with its place', async (t) => {
  const cases: readonly [string, number, number, string][] = [
    ['a: .inf', 1, 4, '`.inf` is not a number that JSON has'],
    ['a: [-.INF]', 1, 5, '`-.INF` is not a number that JSON has'],
    ['a: .nan', 1, 4, '`.nan` is not a number that JSON has'],
    ['a: 1e99999', 1, 4, 'the number `1e99999` is too long or out of range'],
    ['a: !!binary aGk=', 1, 13, 'the tag `!!binary` is not plain data; only what JSON can say is read'],
    ['a: !Ref x', 1, 9, 'the tag `!Ref` is not plain data; only what JSON can say is read'],
    ['a: !Sub {b: 1}', 1, 9, 'the tag `!Sub` is not plain data; only what JSON can say is read'],
    ['a: !!set {b}', 1, 10, 'the tag `!!set` is not plain data; only what JSON can say is read'],
    ['a: !l [b]', 1, 7, 'the tag `!l` is not plain data; only what JSON can say is read'],
    ['a: !!int x', 1, 10, '`x` is not what its tag `!!int` says'],
    ['? {a: 1}\n: b', 1, 3, 'a map or list cannot be a key; a string is required'],
    ['? [a]\n: b', 1, 3, 'a map or list cannot be a key; a string is required'],
    ['&x [a]: b', 1, 4, 'a map or list cannot be a key; a string is required'],
    ['~: b', 1, 1, 'a key is null; a string is required'],
    [': b', 1, 1, 'a key is null; a string is required'],
    ['a: *b', 1, 4, 'the alias `*b` names no anchor above it'],
    ['a: *b\nb: &b 1', 1, 4, 'the alias `*b` names no anchor above it'],
    ['a: &a [1, *a]', 1, 11, 'the alias `*a` stands inside what it names'],
  ]
  for (const [text, line, column, message] of cases) t.same(problemOf(text), [line, column, message], text)
  t.same(problemOf('<<: 1', kubernetes), [1, 5, '`<<` needs a map, or a list of maps'])
})

t.test('a key that is no string becomes its text', async (t) => {
  t.same(jsonOf('1: a\n1.0e1: b\ntrue: c\nnull_: d\n0x10: e\n'), ['{"1":"a","10":"b","16":"e","true":"c","null_":"d"}'])
  t.same(jsonOf('y: a\n0644: b\n', kubernetes), ['{"420":"b","true":"a"}'])
  t.same(problemOf('"1": a\n1: b'), [2, 1, 'the key `1` stands twice in one map: on line 1 and on line 2'])
})

t.test('a key that stands twice is refused with both lines; for Kubernetes the last one counts', async (t) => {
  const text = 'x:\n  a: 1\n  b: 2\n  a: 3\n'
  t.same(problemOf(text), [4, 3, 'the key `a` stands twice in one map: on line 2 and on line 4'])
  const { documents, notes } = read(text, kubernetes)
  t.same(ordinary(documents[0]?.data), { x: { a: 3, b: 2 } })
  t.same(
    notes.map(({ code, line }) => [code, line]),
    [['duplicate-key', 4]],
  )
  t.same(documents[0]?.locate(['x', 'a']), { line: 4, column: 6 })
  t.same(problemOf('---\nok: 1\n---\na: {b: 1, b: 2}\n'), [4, 11, 'the key `b` stands twice in one map, on line 4'])
})

t.test('aliases and merges', async (t) => {
  const text = 'base: &b {x: 1, w: 2}\nother: *b\nmerged:\n  <<: *b\n  w: 3\nlist:\n  <<: [{z: 1, w: 9}, *b]\n'
  const [document] = read(text, kubernetes).documents
  t.same(ordinary(document?.data), {
    base: { x: 1, w: 2 },
    other: { x: 1, w: 2 },
    merged: { w: 3, x: 1 },
    list: { z: 1, w: 9, x: 1 },
  })
  const at = (...pointer: string[]) => Object.values(document?.locate(pointer) ?? {})
  t.same(at('other'), [2, 8], 'an alias stands where it stands')
  t.same(at('other', 'w'), [1, 20], 'what is in it, where it is written')
  t.same(at('merged', 'x'), [1, 14])
  t.same(at('merged', 'w'), [5, 6])
  t.same(at('list', 'w'), [7, 18])
  const plain = read('a: &a {x: 1}\nb: {<<: *a}\n')
  t.same(
    plain.documents.map(({ data }) => ordinary(data)),
    [{ a: { x: 1 }, b: { '<<': { x: 1 } } }],
  )
  t.same(
    plain.notes.map(({ code, line }) => [code, line]),
    [['plain-merge-key', 2]],
  )
  const kept = readDocuments('x.yaml', Buffer.from('a: &a {x: 1}\nb: {<<: *a}\n'), { mergeKeys: 'keep' })
  t.strictSame(
    [kept.documents[0]?.data, kept.notes],
    [plain.documents[0]?.data, []],
    'who carries it out tells nothing',
  )
})

t.test('a bomb of aliases is refused, however small its text', async (t) => {
  const levels = Array.from(
    { length: 30 },
    (_, level) =>
      `a${level}: &a${level} [${Array(9)
        .fill(level === 0 ? 'x' : `*a${level - 1}`)
        .join(', ')}]`,
  )
  t.match(
    problemOf(levels.join('\n'))[2],
    /^aliases make the document more than 100000 values larger than it is written$/,
  )
  const merges = Array.from(
    { length: 30 },
    (_, level) =>
      `a${level}: &a${level} {${level === 0 ? 'x: 1' : `p: {<<: *a${level - 1}}, q: {<<: *a${level - 1}}`}}`,
  )
  t.match(problemOf(merges.join('\n'), kubernetes)[2], /^aliases make the document more than/)
  t.same(read(`a: &a {x: 1}\nb: [${Array(5000).fill('*a').join(', ')}]\n`).unreadable, [], 'many small ones are none')
})

t.test('a syntax error costs its document', async (t) => {
  const text = [
    'a: "open',
    '---',
    'ok: 1',
    '---',
    'a: b: c',
    '...',
    '---',
    'x: [1',
    '--- {y: 1}',
    '--- |',
    ' text',
    '--- # c',
    'z:',
    '\tx: 1',
    '',
  ].join('\n')
  const { documents, unreadable } = read(text)
  t.same(
    documents.map(({ index, data }) => [index, ordinary(data)]),
    [
      [1, { ok: 1 }],
      [4, { y: 1 }],
      [5, 'text\n'],
    ],
  )
  t.same(
    unreadable.map(({ position, message }) => [position?.line, message]),
    [
      [2, 'not valid YAML: missing closing "quote'],
      [5, 'not valid YAML: nested mappings are not allowed in compact mappings'],
      [9, 'not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]'],
      [14, 'not valid YAML: tabs are not allowed as indentation'],
    ],
  )
})

t.test('markers, comments and directives', async (t) => {
  t.same(jsonOf('# c\n---\na: 1\n...\n# c\n---\nb: 2\n...\n'), ['{"a":1}', '{"b":2}'])
  t.same(jsonOf('a: 1\n...\nb: 2\n'), ['{"a":1}', '{"b":2}'], 'a document may follow the end of another')
  t.same(
    jsonOf('a: |\n  ---\n  x\n --- y\n'.replace(' --- y\n', '')),
    ['{"a":"---\\nx\\n"}'],
    'indented, it is no marker',
  )
  t.same(jsonOf('---a: 1\n'), ['{"---a":1}'])
  t.same(jsonOf('--- text\n--- 3\n---\n...\n'), ['"text"', '3'])
})

t.test('places', async (t) => {
  const [, document] = read(
    'skip: 1\n---\na:\n  - x: 1\n    "y z": [p, q]\n  -\nb: "é😀"  \nc: {d: 1}\n? e\n: f\n',
  ).documents
  const at = (pointer: readonly string[], target?: 'key' | 'value') =>
    Object.values(document?.locate(pointer, target) ?? {})
  t.same(at([]), [3, 1])
  t.same(at(['a']), [4, 3])
  t.same(at(['a'], 'key'), [3, 1])
  t.same(at(['a', '0', 'y z', '1']), [5, 16])
  t.same(at(['a', '0', 'y z'], 'key'), [5, 5])
  t.same(at(['a', '1']), [6, 4], 'a value that is left out')
  t.same(at(['c', 'd']), [8, 8])
  t.same(at(['e']), [10, 3])
  t.same(at(['c', 'nope', 'x']), [8, 4], 'the nearest around what is not there')
  t.same(at(['a', '9', 'x'], 'key'), [4, 3])
})

const data = fc.jsonValue({ depthSize: 'small', stringUnit: 'grapheme-ascii' }) as fc.Arbitrary<Data>

t.test('every value that is written as YAML is read back, and stands where it is said to be', async (t) => {
  fc.assert(
    fc.property(
      data,
      fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE' as const),
      fc.boolean(),
      (value, defaultStringType, flow) => {
        const text = stringify(value, {
          defaultStringType,
          ...(flow && { collectionStyle: 'flow' as const }),
          version: '1.2',
        })
        const { documents, unreadable } = read(`--- # first\n${text}`)
        assert.deepEqual(unreadable, [])
        assert.equal(toJson(documents[0]?.data ?? null, { sorted: true }), toJson(exact(value), { sorted: true }))
        for (const pointer of leavesOf(value)) {
          const { line, column } = documents[0]?.locate(pointer) ?? { line: 0, column: 0 }
          const leaf = valueAt(value, pointer)
          if (typeof leaf === 'number')
            assert.ok(
              text
                .split('\n')
                .at(line - 2)
                ?.startsWith(Object.is(leaf, -0) ? '-0' : String(leaf), column - 1),
            )
        }
      },
    ),
    { numRuns: 200 },
  )
})

t.test('no text at all makes the reader fail', async (t) => {
  const piece = fc.constantFrom(
    '---',
    '\n',
    '...',
    '- ',
    ': ',
    '? ',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '!x ',
    '|',
    '>',
    '"',
    "'",
    '#',
    'a',
    '%YAML 1.1\n',
    '\t',
    '  ',
    '<<: ',
    '0x',
    '1',
    '\0',
    '\r\n',
    '`',
    '@',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
      ),
      fc.boolean(),
      (text, old) => {
        const { documents, unreadable, notes } = read(text, old ? kubernetes : {})
        assert.ok(documents.length + unreadable.length + notes.length > 0)
        const last = text.split('\n').length
        for (const { position } of unreadable)
          assert.ok(position && position.line >= 1 && position.line <= last && position.column >= 1)
        for (const document of documents) assert.ok(document.locate(['a', '0']).line <= last)
      },
    ),
    { numRuns: 500 },
  )
})

/** What JSON makes of a value: no minus zero, integers beyond 2^53 as what they are. */
function exact(value: Data): Data {
  return readDocuments('a.json', Buffer.from(JSON.stringify(value))).documents[0]?.data ?? null
}

function leavesOf(value: Data, base: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [base]
  return Object.entries(value).flatMap(([label, member]) => leavesOf(member, [...base, label]))
}
