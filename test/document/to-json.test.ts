import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { readDocuments } from '../../src/document/read.ts'
import { smallSortedJson, sortedPieces } from '../../src/document/sorted-json.ts'
import { toJson } from '../../src/document/to-json.ts'
import { exactJson } from '../../src/model/exact-json.ts'
import { Decimal, type Data } from '../../src/model/data.ts'

t.test('numbers are written exactly, integral ones as ints', async (t) => {
  t.equal(toJson([1, 12345678901234567890n, new Decimal('1e-400'), 0.5, -0]), '[1,12345678901234567890,1e-400,0.5,0]')
  t.equal(toJson({ b: 1n, a: 'é"' }), '{"b":1,"a":"é\\""}')
  t.throws(() => JSON.stringify({ a: new Decimal('1e-400') }), TypeError, 'never silently by JSON.stringify')
})

t.test('sorted, equal data has one text', async (t) => {
  t.equal(
    toJson({ b: { d: 1, c: 2 }, a: [{ z: 1, y: 2 }] }, { sorted: true }),
    '{"a":[{"y":2,"z":1}],"b":{"c":2,"d":1}}',
  )
})

t.test('what is written is read back', async (t) => {
  const data = fc.letrec<{ data: Data }>((tie) => ({
    data: fc.oneof(
      { depthSize: 'small' },
      fc.constant(null),
      fc.boolean(),
      fc.maxSafeInteger(),
      fc.bigInt().filter((value) => !Number.isSafeInteger(Number(value))),
      fc.double({ noDefaultInfinity: true, noNaN: true }).filter((value) => !Number.isInteger(value)),
      fc.bigInt({ min: 10n ** 20n }).map((value) => new Decimal(`0.${value}7`)),
      fc.string({ unit: 'binary' }),
      fc.array(tie('data')),
      fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('data'), { noNullPrototype: false }),
    ),
  })).data
  fc.assert(
    fc.property(data, fc.boolean(), (value, sorted) => {
      const text = toJson(value, { sorted })
      const { documents, unreadable } = readDocuments('a.json', Buffer.from(text))
      assert.deepEqual(unreadable, [])
      assert.equal(toJson(documents[0]?.data ?? null, { sorted }), text)
      assert.equal(toJson(value, { sorted }), exactJson(value, { sorted }))
      assert.equal(smallSortedJson(value), exactJson(value, { sorted: true }))
      for (const large of [value, Array.from({ length: 101 }, () => [value, { k: value }])])
        assert.equal([...sortedPieces(large)].join(''), toJson(large, { sorted: true }))
    }),
    { numRuns: 300 },
  )
})
