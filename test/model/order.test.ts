import fc from 'fast-check'
import t from 'tap'
import { comparePath, compareText } from '../../src/model/order.ts'

const codePoints = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0)

t.test('texts are ordered by code points', async (t) => {
  const sorted = ['', 'A', 'a', 'aa', 'b', '\u{e000}', '\u{ffff}', '\u{10000}', '\u{1f600}']
  t.same(sorted.toReversed().sort(compareText), sorted)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const left = codePoints(a)
      const right = codePoints(b)
      const index = left.findIndex((point, position) => point !== right[position])
      const expected =
        index === -1 ? left.length - right.length : right[index] === undefined ? 1 : (left[index] ?? 0) - right[index]
      return Math.sign(compareText(a, b)) === Math.sign(expected)
    }),
  )
})

t.test('paths are ordered label by label, list positions by number', async (t) => {
  const sorted = [[], ['a'], ['a', '0'], ['a', '2'], ['a', '10'], ['a', '1a'], ['a', 'b'], ['b']]
  t.same(sorted.toReversed().sort(comparePath), sorted)
})

t.test('the order of paths is total', async () => {
  const path = fc.array(fc.constantFrom('1', '2', '10', '01', '1a', 'a', '-'), { maxLength: 3 })
  fc.assert(
    fc.property(path, path, path, (a, b, c) => {
      if (Math.sign(comparePath(a, b)) !== -Math.sign(comparePath(b, a))) return false
      return !(comparePath(a, b) <= 0 && comparePath(b, c) <= 0) || comparePath(a, c) <= 0
    }),
  )
})
