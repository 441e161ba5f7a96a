import t from 'tap'
import { readDocuments } from '../../src/document/read.ts'
import type { ReadOptions } from '../../src/document/reading.ts'
import { ordinary } from '../support/document.ts'

const read = (text: string | Uint8Array, file = 'a.yaml', options: ReadOptions = {}) =>
  readDocuments(file, typeof text === 'string' ? Buffer.from(text) : text, options)
const dataOf = (text: string, file?: string, options?: ReadOptions) =>
  read(text, file, options).documents.map(({ data }) => ordinary(data))
const problemsOf = (text: string | Uint8Array, file?: string, options?: ReadOptions) =>
  read(text, file, options).unreadable.map(({ position, message }) => [position?.line, position?.column, message])

t.test('the format follows the name, then the text', async (t) => {
  t.same(dataOf('{"a": [1, 2]}', 'a.json'), [{ a: [1, 2] }])
  t.same(dataOf('a: 1\n---\nb: 2'), [{ a: 1 }, { b: 2 }])
  t.same(dataOf('{"a": 1e3}', 'a.yaml', { yaml: '1.1' }), [{ a: 1000 }], 'JSON in a YAML file is JSON')
  t.same(dataOf('{a: 1}', 'a.yaml'), [{ a: 1 }], 'or YAML in flow style')
  t.same(dataOf('{"a": 1}\n{"a": 2}\n', '-'), [{ a: 1 }, { a: 2 }], 'standard input may be JSON, value after value')
  t.same(dataOf('a: 1', '-'), [{ a: 1 }])
  t.same(problemsOf('a: 1', 'a.json'), [[1, 1, 'not valid JSON: a word that JSON does not know']])
  t.same(dataOf('a: 1', 'a.json', { format: 'yaml' }), [{ a: 1 }])
})

t.test('documents know where they stand in their file, unreadable ones counted and empty ones not', async (t) => {
  const { documents, unreadable, notes } = read('---\na: 1\n---\n---\nb: [\n---\nc: 3\n')
  t.same(
    documents.map(({ index, data }) => [index, ordinary(data)]),
    [
      [0, { a: 1 }],
      [2, { c: 3 }],
    ],
  )
  t.same(
    unreadable.map(({ position }) => position?.line),
    [6],
  )
  t.same(
    notes.map(({ code, line }) => [code, line]),
    [['empty-document', 3]],
  )
})

t.test('a file without a document gives a note', async (t) => {
  for (const [text, file] of [
    ['', 'a.yaml'],
    ['# nothing\n', 'a.yaml'],
    ['', 'a.json'],
    ['\ufeff', 'a.yaml'],
    ['\n\n', 'a.json'],
  ] as const) {
    const { documents, unreadable, notes } = read(text, file)
    t.same([documents, unreadable], [[], []])
    t.same(
      notes.map(({ code }) => code),
      ['no-document'],
      JSON.stringify(text),
    )
  }
  t.same(
    read('null').documents.map(({ data }) => data),
    [null],
    'a null that somebody wrote is a document',
  )
})

t.test('bytes that are no text cost the document that holds them', async (t) => {
  const latin1 = Buffer.from('a: 1\n---\nb: caf\xe9\n---\nc: 3\n', 'latin1')
  t.same(problemsOf(latin1), [[3, 1, 'the line holds bytes that are not UTF-8']])
  t.same(
    read(latin1).documents.map(({ data }) => ordinary(data)),
    [{ a: 1 }, { c: 3 }],
  )
  t.same(problemsOf('a: 1\n---\nb: "\0"\n'), [[3, 1, 'the line holds a NUL character']])
  t.same(problemsOf('{"a": 1}\n{"b": "\0"}\n{"c": 1}\n', 'a.jsonl'), [[2, 1, 'the line holds a NUL character']])
  t.same(problemsOf(Buffer.from('\ufeffa: 1', 'utf16le')), [
    [undefined, undefined, 'the file is encoded as UTF-16; UTF-8 is required'],
  ])
})

t.test('a byte order mark and Windows line ends are no part of the data', async (t) => {
  const { documents } = read('\ufeffa:\r\n  b: 1\r\n---\r\na:\r\n  b: x\r\n')
  t.same(
    documents.map(({ data }) => ordinary(data)),
    [{ a: { b: 1 } }, { a: { b: 'x' } }],
  )
  t.same(
    documents.map((document) => document.locate(['a', 'b'])),
    [
      { line: 2, column: 6 },
      { line: 5, column: 6 },
    ],
  )
})

t.test('a file that is too large is not read', async (t) => {
  t.same(problemsOf('a: 12345', 'a.yaml', { maxBytes: 7 }), [
    [undefined, undefined, 'the file has 8 bytes; at most 7 are read'],
  ])
})

t.test('every key is a key like any other', async (t) => {
  for (const text of [
    '{"__proto__": {"x": 1}, "constructor": 2, "toString": 3}',
    '__proto__: {x: 1}\nconstructor: 2\ntoString: 3',
  ]) {
    const [document] = read(text, text.startsWith('{') ? 'a.json' : 'a.yaml').documents
    const data = document?.data
    t.ok(typeof data === 'object' && data !== null && !Array.isArray(data))
    t.same(Object.keys(Object(data)), ['__proto__', 'constructor', 'toString'])
    t.equal(Object.getPrototypeOf(data), null)
    t.equal(Object.getPrototypeOf(Reflect.get(Object(data), '__proto__')), null)
  }
})

t.test('100,000 levels are refused, and a few hundred are not', async (t) => {
  const deep = 100_000
  const texts: readonly [string, string][] = [
    ['[', 'a.json'],
    ['{"a":', 'a.json'],
    ['[', 'a.yaml'],
    ['{a: ', 'a.yaml'],
    ['- ', 'a.yaml'],
    ['? ', 'a.yaml'],
    ['- ? [', 'a.yaml'],
  ]
  for (const [opening, file] of texts) {
    const [problem, ...others] = problemsOf(opening.repeat(deep), file)
    t.equal(problem?.[2], 'maps and lists are nested deeper than 500 levels', `${opening} in ${file}`)
    t.same(others, [])
  }
  const stairs = Array.from({ length: 2000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')
  t.same(problemsOf(stairs), [[501, 1, 'maps and lists are nested deeper than 500 levels']])
  t.same(
    problemsOf('[ {"a": ['.repeat(200), 'b.yaml').map((problem) => problem[2]),
    ['maps and lists are nested deeper than 500 levels'],
  )
  for (const file of ['a.json', 'a.yaml']) t.same(problemsOf('['.repeat(499) + ']'.repeat(499), file), [], file)
  t.same(problemsOf(`a: |\n  ${'[{'.repeat(5000)}\nb: "${'['.repeat(5000)}"\n`), [], 'brackets in texts do not count')
})

t.test('a document that is too deep costs itself only', async (t) => {
  t.same(dataOf(`a: 1\n---\n${'['.repeat(5000)}\n---\nb: 2\n`), [{ a: 1 }, { b: 2 }])
  t.same(dataOf(`{"a":1}\n${'['.repeat(5000)}\n{"b":2}\n`, 'a.ndjson'), [{ a: 1 }, { b: 2 }])
})
