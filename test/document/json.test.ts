import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { readDocuments } from '../../src/document/read.ts'
import { toJson } from '../../src/document/to-json.ts'
import { Decimal, type Data } from '../../src/model/data.ts'
import { ordinary, valueAt } from '../support/document.ts'

const read = (text: string, duplicateKeys: 'refuse' | 'last' = 'refuse') =>
  readDocuments('a.json', Buffer.from(text), { duplicateKeys })
const problemOf = (text: string) => {
  const { position, message } = read(text).unreadable[0] ?? {}
  return [position?.line, position?.column, message]
}

t.test('numbers that no double holds are kept, wherever they stand', async (t) => {
  const { documents } = read(
    '{"a": 12345678901234567890, "b": ["1e3", 1e3, -0, 0.1000000000000000055511151231257827], "c": {"d": 1e-400, "\\ue000": 1.0}}',
  )
  t.same(
    toJson(documents[0]?.data ?? null),
    toJson({
      a: 12345678901234567890n,
      b: ['1e3', 1000, 0, new Decimal('0.1000000000000000055511151231257827')],
      c: { d: new Decimal('1e-400'), '\ue000': 1 },
    }),
  )
  t.same(read('12345678901234567890').documents[0]?.data, 12345678901234567890n, 'at the top, too')
  t.same(problemOf('{"a": 1,\n "b": 1e99999}'), [2, 7, 'the number is too long or out of range'])
})

t.test('a key that stands twice is refused with both lines, at every depth', async (t) => {
  t.same(problemOf('{"a": 1,\n "b": [{"c": 1,\n\n  "\\u0063": 2}]}'), [
    4,
    3,
    'the key `c` stands twice in one map: on line 2 and on line 4',
  ])
  t.same(problemOf('{"a": {"x": 1}, "a": 2}'), [1, 17, 'the key `a` stands twice in one map, on line 1'])
  const { documents, notes } = read('{"a": {"x": 1},\n"a": 2,\n"a": 3}', 'last')
  t.same(ordinary(documents[0]?.data), { a: 3 })
  t.same(notes, [
    {
      code: 'duplicate-key',
      message: 'the key `a` stands twice in one map: on line 1 and on line 2; the last one counts',
      file: 'a.json',
      line: 2,
    },
    {
      code: 'duplicate-key',
      message: 'the key `a` stands twice in one map: on line 2 and on line 3; the last one counts',
      file: 'a.json',
      line: 3,
    },
  ])
  t.same(documents[0]?.locate(['a']), { line: 3, column: 6 }, 'and is the one that is pointed at')
  t.same(read('[{"a": 1}, {"a": 1}]').unreadable, [], 'the same key in two maps is none')
})

t.test('what is not JSON is told with its place', async (t) => {
  const cases: readonly [string, number, number, RegExp][] = [
    ['{"a": tru}', 1, 7, /a word that JSON does not know/],
    ['{"a": 1,}', 1, 9, /a key in double quotes/],
    ['{"a" 1}', 1, 6, /a colon is required/],
    ['[1 2]', 1, 4, /a comma is required/],
    ['[1,\n2', 2, 2, /a closing bracket is required/],
    ['{"a":', 1, 6, /a value is required/],
    ['{} x', 1, 4, /a word that JSON does not know/],
    ['// a\n1', 1, 1, /no comments/],
    ['{"a": "\t"}', 1, 7, /a control character/],
    ['{"a": "\\x"}', 1, 7, /an escape/],
    ['[01]', 1, 3, /JSON/],
    ["{'a': 1}", 1, 2, /JSON/],
    ['[NaN]', 1, 2, /JSON/],
    ['"open', 1, 1, /JSON: a string is not closed/],
  ]
  for (const [text, line, column, message] of cases) {
    const [atLine, atColumn, found] = problemOf(text)
    t.same([atLine, atColumn], [line, column], text)
    t.match(found, message, text)
    t.equal(read(text).unreadable.length, 1, 'once')
    t.same(read(text).documents, [])
  }
})

t.test('several values are several documents; of values by line, a broken one costs its line', async (t) => {
  const values = (text: string) => read(text).documents.map(({ data }) => ordinary(data))
  t.same(values('{"a": 1}{"b": 2}\n[3]'), [{ a: 1 }, { b: 2 }, [3]])
  t.same(values('{\n "a": 1\n}\n{\n "b": 2\n}\n'), [{ a: 1 }, { b: 2 }])
  t.same(values('1\n"x"\nnull\n'), [1, 'x', null])
  const lines = read('{"a": 1}\n{"b": [\n\n{"c": 3}\n{"d": 4} {"e": 5}\n')
  t.same(
    lines.documents.map(({ data, index }) => [index, ordinary(data)]),
    [
      [0, { a: 1 }],
      [2, { c: 3 }],
    ],
  )
  t.same(
    lines.unreadable.map(({ position }) => position?.line),
    [2, 5],
  )
  const [, second] = read('{"a": 1}\n{"b": {"c": 2}}\n').documents
  t.same(second?.locate(['b', 'c']), { line: 2, column: 13 })
})

t.test('a place is that of the value, of the key, or of the nearest around what is not there', async (t) => {
  const [document] = read('{\n  "a": {"b c": [10, {"d": null}]},\n  "é😀": 1, "x": "]}"\n}').documents
  const at = (pointer: readonly string[], target?: 'key' | 'value') =>
    Object.values(document?.locate(pointer, target) ?? {})
  t.same(at([]), [1, 1])
  t.same(at(['a']), [2, 8])
  t.same(at(['a'], 'key'), [2, 3])
  t.same(at(['a', 'b c', '1', 'd']), [2, 27])
  t.same(at(['a', 'b c', '1', 'd'], 'key'), [2, 22])
  t.same(at(['a', 'b c', '0'], 'key'), [2, 17], 'an element has no key')
  t.same(at(['a', 'nope', 'x'], 'key'), [2, 8])
  t.same(at(['a', 'b c', '7']), [2, 16])
  t.same(at(['x']), [3, 18], 'columns are UTF-16 units')
})

const json = fc.json({ depthSize: 'small', stringUnit: 'binary' })

t.test('every JSON text says what JSON.parse says, and every value is where it is said to be', async (t) => {
  fc.assert(
    fc.property(json, fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
      const value: Data = JSON.parse(text)
      const source = JSON.stringify(value, null, indent)
      const { documents, unreadable } = read(source)
      assert.deepEqual(unreadable, [])
      const [document] = documents
      assert.ok(document)
      assert.equal(JSON.stringify(JSON.parse(toJson(document.data))), JSON.stringify(value))
      for (const pointer of pointersOf(value)) {
        const { line, column } = document.locate(pointer)
        const from = source
          .split('\n')
          .slice(line - 1)
          .join('\n')
          .slice(column - 1)
        assert.ok(startsWithValue(from, JSON.stringify(valueAt(value, pointer), null, indent), pointer.length, indent))
      }
    }),
    { numRuns: 200 },
  )
})

t.test('no text at all makes the reader fail', async (t) => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    '\\',
    '1',
    '-',
    'e9',
    '0',
    '\n',
    ' ',
    'true',
    '"a":',
    '\\u00',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
      ),
      (text) => {
        const { documents, unreadable, notes } = read(text)
        assert.ok(documents.length + unreadable.length + notes.length > 0)
        if (documents.length === 1 && unreadable.length === 0) assert.doesNotThrow(() => JSON.parse(text))
      },
    ),
    { numRuns: 500 },
  )
})

function pointersOf(data: Data, base: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof data !== 'object' || data === null || data instanceof Decimal) return [base]
  return [base, ...Object.entries(data).flatMap(([label, member]) => pointersOf(member, [...base, label]))]
}

/** Whether a text starts with a value as it is written at a depth. */
function startsWithValue(text: string, value: string, depth: number, indent: string | number | undefined): boolean {
  const unit = typeof indent === 'number' ? ' '.repeat(indent) : (indent ?? '')
  return text.startsWith(value.replaceAll('\n', `\n${unit.repeat(depth)}`))
}
