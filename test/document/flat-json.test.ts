import fc from 'fast-check'
import t from 'tap'
import { FlatJson, flatName } from '../../src/document/flat-json.ts'
import { sortedWriter } from '../../src/document/flat-sorted.ts'
import { readJsonDocument } from '../../src/document/json-document.ts'
import { sortedJson } from '../../src/document/sorted-json.ts'

const json = new FlatJson()
const sorted = sortedWriter()

/** The value again, from where it lies. */
function valueAt(own: number): unknown {
  const kind = json.kindOf(own)
  if (kind === 'list') {
    const elements: unknown[] = []
    for (let at = own + 1; elements.length < json.sizeOf(own); at = json.next(at)) elements.push(valueAt(at))
    return elements
  }
  if (kind === 'map') {
    const members: [string, unknown][] = []
    for (let at = own + 1; members.length < json.sizeOf(own); at = json.next(at + 1))
      members.push([json.textOf(at), valueAt(at + 1)])
    return Object.fromEntries(members)
  }
  return kind === 'string' ? json.textOf(own) : JSON.parse(json.textOf(own))
}

const key = fc.oneof(fc.constantFrom('a', 'b', 'ab', '__proto__', '10', '9', ''), fc.string({ unit: 'grapheme-ascii' }))
const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false, 0, 1.5, -7, 0.1, 123456789012345, 'x'),
    fc.integer(),
    key,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value

t.test('what is read is what the text says, and sorted what others write', async (t) => {
  let read = 0
  fc.assert(
    fc.property(plain, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent)
      if (!json.read(Buffer.from(` ${text}\r\n`))) return
      read += 1
      t.strictSame(valueAt(0), JSON.parse(text), text)
      const data = readJsonDocument('x', Buffer.from(text))?.data
      t.equal(sorted(json, 0)?.toString(), data === undefined ? undefined : sortedJson(data), text)
    }),
    { numRuns: 2000 },
  )
  t.ok(read > 500, 'most of it is plain')
})

t.test('large maps and long texts are sorted as small ones', async (t) => {
  const names = Array.from({ length: 200 }, (_, index) => `${(index * 37) % 200}${'x'.repeat(index)}`)
  const text = JSON.stringify(Object.fromEntries(names.map((name) => [name, name])))
  t.ok(json.read(Buffer.from(text)))
  const data = readJsonDocument('x', Buffer.from(text))?.data
  t.equal(sorted(json, 0)?.toString(), data === undefined ? undefined : sortedJson(data))
})

t.test('whatever is read is JSON', async (t) => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"b',
    '"',
    '1',
    '-',
    '0',
    '.5',
    'e3',
    'true',
    'nul',
    ' ',
    '\\',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (some) => {
      const text = some.join('')
      if (!json.read(Buffer.from(text))) return
      t.doesNotThrow(() => void JSON.parse(text), text)
      t.strictSame(valueAt(0), JSON.parse(text), text)
    }),
    { numRuns: 20_000 },
  )
})

t.test('what is not written plainly is for another reader', async (t) => {
  const deep = `${'['.repeat(70)}${']'.repeat(70)}`
  const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 300 }, (_, index) => [index, 0])))
  const many = JSON.stringify(Array.from({ length: 9000 }, () => 0))
  const long = JSON.stringify('x'.repeat(70_000))
  const unusual = [
    '',
    '-0',
    '-0.5',
    '1.0',
    '01',
    '1e3',
    '1E3',
    '1.',
    '.5',
    '+1',
    '1234567890123456',
    '"\\n"',
    '"é"',
    '"\t"',
  ]
  for (const text of [
    ...unusual,
    '{"a" 1}',
    '{"a":1,}',
    '[1,]',
    '[1 2]',
    '1 2',
    '{1:2}',
    'nulL',
    deep,
    wide,
    many,
    long,
  ])
    t.notOk(json.read(Buffer.from(text)), text.slice(0, 40))
})

t.test('members are found by name, and a map with a name twice is not written', async (t) => {
  t.ok(json.read(Buffer.from('{"b":{"x":[1]},"a":"b","c":{"y":1,"y":2}}')))
  const b = json.member(0, flatName('b')) ?? NaN
  t.equal(sorted(json, b, { head: 'ö\n' })?.toString(), 'ö\n{"x":[1]}')
  t.equal(sorted(json, b, { emptied: new Set([json.member(b, flatName('x')) ?? NaN]) })?.toString(), '{"x":[]}')
  t.equal(json.member(0, flatName('d')), undefined)
  t.equal(json.member(b + 2, flatName('x')), undefined, 'a list has no members')
  t.equal(sorted(json, 0), undefined)
  t.equal(sorted(json, b, { head: 'x'.repeat(5000) }), undefined)
})
