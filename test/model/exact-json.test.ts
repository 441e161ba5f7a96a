import fc from 'fast-check'
import t from 'tap'
import { Decimal } from '../../src/model/data.ts'
import { exactJson } from '../../src/model/exact-json.ts'

t.test('as JSON.stringify, where that is exact', async () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom(0, 2),
      (value, indent) => exactJson(value, { indent }) === JSON.stringify(value, null, indent),
    ),
  )
})

t.test('numbers that a double cannot hold are their digits', async (t) => {
  t.equal(
    exactJson({ a: 12345678901234567891n, b: [new Decimal('1e401')], c: undefined }),
    '{"a":12345678901234567891,"b":[1e401]}',
  )
  t.equal(exactJson({ a: 1n, b: {} }, { indent: 2 }), '{\n  "a": 1,\n  "b": {}\n}')
})

t.test('sorted keys', async (t) => {
  t.equal(exactJson({ b: 1, a: { d: 1, c: 2 } }, { sorted: true }), '{"a":{"c":2,"d":1},"b":1}')
})
