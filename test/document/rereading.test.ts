import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { byteChange } from '../../src/document/byte-change.ts'
import { readLargeAgain } from '../../src/document/json-large-again.ts'
import { readLargeJson } from '../../src/document/json-large.ts'
import { largeJsonPlaces } from '../../src/document/json-large-places.ts'
import { readDocuments } from '../../src/document/read.ts'
import { unlimited } from '../../src/document/reading-time.ts'
import { rereading } from '../../src/document/rereading.ts'
import { toJson } from '../../src/document/to-json.ts'
import type { Data } from '../../src/model/data.ts'

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(0, 1.5, true, null, '', 'é😀"\\', '{[,:]}', 'long '.repeat(5)),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'é', '1', '0', 'long label', '__proto__'), tie('value'), { maxKeys: 4 }),
  ),
})).value
const container = fc.oneof(
  fc.array(json, { minLength: 2, maxLength: 8 }),
  fc.dictionary(fc.string({ maxLength: 3 }), json, { minKeys: 2, maxKeys: 8 }),
)
const edit = fc.record({
  at: fc.nat(),
  cut: fc.nat(4),
  piece: fc.constantFrom('', '', '7', 'x', '"a":1,', ',"b":{"c":[1]}', '[1,2],', ',3', '\n', '{', '}', '"', 'é'),
})

function edited(text: string, { at, cut, piece }: { at: number; cut: number; piece: string }): string {
  const start = at % (text.length + 1)
  return text.slice(0, start) + piece + text.slice(start + cut)
}

function pointers(value: Data, above: readonly string[] = []): readonly (readonly string[])[] {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return [above, [...above, 'none'], ...members.flatMap(([label, member]) => pointers(member, [...above, label]))]
}

t.test('what is read again after changes is read as it is read as a whole, and stands where it stands', async (t) => {
  let again = 0
  fc.assert(
    fc.property(
      container,
      fc.constantFrom('', ' '),
      fc.integer({ min: 8, max: 60 }),
      fc.integer({ min: 1, max: 40 }),
      fc.array(edit, { minLength: 1, maxLength: 9 }),
      (value, indent, large, group, edits) => {
        let text = JSON.stringify(value, null, indent)
        let read = readLargeJson(Buffer.from(text), unlimited, { large, group })
        for (const one of edits) {
          if (!read) return
          const next = edited(text, one)
          const after = readLargeAgain(read, Buffer.from(next))
          if (!after) continue
          text = next
          read = after
          again++
          const whole = readDocuments('a.json', Buffer.from(text))
          const [document] = whole.documents
          assert.deepEqual([whole.documents.length, whole.unreadable, whole.notes], [1, [], []])
          assert.equal(toJson(read.data), toJson(document?.data ?? null))
          const places = largeJsonPlaces(read.bytes, read.container)
          for (const pointer of pointers(read.data)) {
            for (const target of ['value', 'key'] as const)
              assert.deepEqual(places(pointer, target), document?.locate(pointer, target), pointer.join('/'))
          }
        }
      },
    ),
    { numRuns: Number(process.env['CONGRUENT_FUZZ_RUNS'] ?? 1500) },
  )
  t.ok(again > 100, `${again} times`)
})

t.test('the stretch that changed is found', async (t) => {
  const change = (a: string, b: string) => byteChange(Buffer.from(a), Buffer.from(b))
  t.equal(change('abc', 'abc'), undefined)
  t.same(change('abcd', 'axcd'), { start: 1, endBefore: 2, endAfter: 2 })
  t.same(change('abcd', 'abcbcd'), { start: 3, endBefore: 3, endAfter: 5 })
  t.same(change('', 'a'), { start: 0, endBefore: 0, endAfter: 1 })
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b') }), edit, (text, one) => {
      const [before, after] = [Buffer.from(text), Buffer.from(edited(text, one))]
      const found = byteChange(before, after)
      if (found === undefined) return before.equals(after)
      const { start, endBefore, endAfter } = found
      const rebuilt = Buffer.concat([
        before.subarray(0, start),
        after.subarray(start, endAfter),
        before.subarray(endBefore),
      ])
      return start <= endBefore && start <= endAfter && rebuilt.equals(after)
    }),
  )
})

t.test('a file that says the same gives the same documents; of a large one only what changed is read', async (t) => {
  const files = rereading()
  const items = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`i${i}`, { name: 'é'.repeat(40), i }]))
  const text = (): Buffer => Buffer.from(JSON.stringify({ items }, null, 1))
  const read = () => {
    const bytes = text()
    const [document] = files.read('a.json', bytes, {}).documents
    const [whole] = readDocuments('a.json', bytes).documents
    if (document === undefined || whole === undefined) throw new Error('one document is there')
    t.equal(toJson(document.data), toJson(whole.data))
    t.same(document.locate(['items', 'i49999', 'i']), whole.locate(['items', 'i49999', 'i']))
    return Object(document.data).items
  }
  const first = read()
  t.equal(read(), first)
  items['i20000'] = { name: 'first change', i: -1 }
  const second = read()
  items['i25000'] = { name: 'other\n', i: -1 }
  const third = read()
  t.equal(third.i0, second.i0)
  t.equal(third.i49999, second.i49999)
  t.not(third.i25000, second.i25000)
  Reflect.deleteProperty(items, 'i30000')
  t.equal(read().i0, third.i0)

  const small = Buffer.from('a: [1')
  t.equal(files.read('b.yaml', small, {}).unreadable.length, 1)
  t.equal(files.read('b.yaml', Buffer.from('a: 1'), {}).documents.length, 1)
  t.equal(files.read('b.yaml', Buffer.from('a: 1'), { maxBytes: 2 }).unreadable.length, 1)
  const forgetful = rereading(3)
  t.not(forgetful.read('b.yaml', Buffer.from('a: 1'), {}), forgetful.read('b.yaml', Buffer.from('a: 1'), {}))
})
