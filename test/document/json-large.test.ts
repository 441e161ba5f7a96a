import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { isLargeJson, readLargeJson } from '../../src/document/json-large.ts'
import { largeJsonPlaces } from '../../src/document/json-large-places.ts'
import { readDocuments } from '../../src/document/read.ts'
import { readingTime, unlimited } from '../../src/document/reading-time.ts'
import { toJson } from '../../src/document/to-json.ts'
import type { Data } from '../../src/model/data.ts'

const runs = Number(process.env['CONGRUENT_FUZZ_RUNS'] ?? 2000)

/** The pointer of every value, and of nothing in each. */
function pointers(value: Data, above: readonly string[] = []): readonly (readonly string[])[] {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : []
  const nothing = [
    [...above, 'none'],
    [...above, '1000'],
  ]
  return [above, ...nothing, ...members.flatMap(([label, member]) => pointers(member, [...above, label]))]
}

/** Whether a text was taken apart; then everything has to be as it is read as a whole. */
function agrees(text: string, sizes: { large: number; group: number }): boolean {
  const bytes = Buffer.from(text)
  const read = readLargeJson(bytes, unlimited, sizes)
  if (!read) return false
  const whole = readDocuments('a.json', bytes)
  assert.deepEqual([whole.documents.length, whole.unreadable, whole.notes], [1, [], []])
  const [document] = whole.documents
  assert.deepStrictEqual(read.data, document?.data)
  assert.equal(toJson(read.data), toJson(document?.data ?? null))
  const places = largeJsonPlaces(bytes, read.container)
  for (const pointer of pointers(read.data)) {
    for (const target of ['value', 'key'] as const)
      assert.deepEqual(places(pointer, target), document?.locate(pointer, target), `${target} of ${pointer.join('/')}`)
  }
  return true
}

const label = fc.oneof(
  { weight: 20, arbitrary: fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('a', 'é', '1')) },
  { weight: 1, arbitrary: fc.constant('__proto__') },
)
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(0, -1, 1.5, true, null, '', 'é😀"\\', '{[,:]}', 'long '.repeat(9)),
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(label, tie('value'), { maxKeys: 4 }),
  ),
})).value

const container = fc.oneof(
  fc.array(json, { minLength: 2 }),
  fc.dictionary(fc.string({ maxLength: 3 }), json, { minKeys: 2 }),
)
const text = fc
  .tuple(container, fc.constantFrom('', ' ', '\t'))
  .map(([value, indent]) => JSON.stringify(value, null, indent))
const sizes = fc.record({ large: fc.integer({ min: 8, max: 60 }), group: fc.integer({ min: 1, max: 40 }) })
const changed = fc
  .tuple(
    text,
    fc.nat(),
    fc.constantFrom(...'{}[],:" \n0-e"a'.split(''), '"a":', '1e400', '12345678901234567890', '\0'),
    fc.nat(2),
  )
  .map(
    ([text, at, piece, cut]) =>
      text.slice(0, at % (text.length + 1)) + piece + text.slice((at % (text.length + 1)) + cut),
  )

t.test('what is taken apart is read as it is read as a whole, and stands where it stands', async (t) => {
  let apart = 0
  fc.assert(
    fc.property(text, sizes, (text, sizes) => {
      if (agrees(text, sizes)) apart++
    }),
    { numRuns: runs },
  )
  t.ok(apart > runs / 4, `${apart} of ${runs}`)
})

t.test('what is nearly JSON, too, or left to the reader of the whole', async (t) => {
  let apart = 0
  fc.assert(
    fc.property(changed, sizes, (text, sizes) => {
      if (agrees(text, sizes)) apart++
    }),
    { numRuns: runs },
  )
  t.ok(apart > runs / 20, `${apart} of ${runs}`)
})

t.test('a large file is taken apart, within its time', async (t) => {
  const items = Array.from({ length: 40 }, (_, index) => ({ name: `é${index}`, text: 'x'.repeat(2 ** 20) }))
  const bytes = (count: number) => Buffer.from(`{"apiVersion":"v1",\n"items":${JSON.stringify(items.slice(0, count))}}`)
  const large = bytes(40)
  t.same([isLargeJson(bytes(30)), isLargeJson(large)], [false, true])
  const { documents } = readDocuments('a.json', large)
  t.ok(toJson(documents[0]?.data ?? null) === large.toString().replace('\n', ''))
  const text = large.toString().split('\n')[1] ?? ''
  for (const [name, target] of [
    ['é0', 'value'],
    ['é39', 'key'],
  ] as const) {
    const start = text.indexOf(target === 'key' ? `"name":"${name}"` : `"${name}"`)
    const pointer = ['items', name.slice(1), 'name']
    t.same(documents[0]?.locate(pointer, target), { line: 2, column: start + 1 }, name)
  }
  let now = 0
  const time = readingTime(5000, () => (now += 1000), 'environment `prod`')
  t.throws(() => readDocuments('a.json', large, {}, time), { code: 'ENGINE_DEADLINE' })
})
