import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { exactNumber } from '../../src/document/number.ts'
import { Decimal } from '../../src/model/data.ts'

t.test('a number is a double only where it says the same', async (t) => {
  const cases: readonly [string, unknown][] = [
    ['0', 0],
    ['-0', 0],
    ['-0.0e5', 0],
    ['1.0', 1],
    ['1e3', 1000],
    ['1.50', 1.5],
    ['0.1', 0.1],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['12345678901234567890', 12345678901234567890n],
    ['-1e20', -100000000000000000000n],
    ['123e-2', 1.23],
    ['1e400', 10n ** 400n],
    ['1e-400', new Decimal('1e-400')],
    ['0.1000000000000000055511151231257827', new Decimal('0.1000000000000000055511151231257827')],
    ['0.30000000000000004', 0.30000000000000004],
    ['1e2000', new Decimal('1e2000')],
  ]
  for (const [text, value] of cases) t.strictSame(exactNumber(text), value, text)
  t.equal(Object.is(exactNumber('-0'), -0), false, 'zero has no sign')
})

t.test('what is too long or out of range is no number', async (t) => {
  for (const text of [
    '1e10001',
    '1e-10001',
    '1e999999999999999999999',
    '1'.repeat(10_001),
    `0.${'1'.repeat(10_001)}`,
  ]) {
    t.equal(exactNumber(text), undefined, text.slice(0, 30))
  }
  t.equal(exactNumber('1'.repeat(9_999)), BigInt('1'.repeat(9_999)), 'digits that are written out may be many')
})

const digits = (most: number) => fc.stringMatching(new RegExp(`^\\d{1,${most}}$`))
const jsonNumber = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constant('0'),
      digits(25).map((text) => text.replace(/^0+(?=.)/, '')),
    ),
    fc.option(digits(25)),
    fc.option(fc.integer({ min: -340, max: 340 })),
  )
  .map(
    ([sign, whole, fraction, exponent]) =>
      `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : `e${exponent}`}`,
  )

t.test('nothing is lost: the value is the text, as exact fractions', async (t) => {
  fc.assert(
    fc.property(jsonNumber, (text) => {
      const value = exactNumber(text)
      const written = value instanceof Decimal ? value.text : String(value)
      assert.ok(sameFraction(written, text), `${text} → ${written}`)
      if (typeof value === 'number' && Number.isInteger(value)) assert.ok(Number.isSafeInteger(value))
    }),
    { numRuns: 500 },
  )
})

/** Whether two decimal numbers are equal, by cross-multiplying powers of ten. */
function sameFraction(a: string, b: string): boolean {
  const [left, right] = [fraction(a), fraction(b)]
  return left.numerator * right.denominator === right.numerator * left.denominator
}

function fraction(text: string): { numerator: bigint; denominator: bigint } {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '', decimals = ''] = mantissa.split('.')
  const power = Number(exponent) - decimals.length
  const numerator = BigInt(whole + decimals) * (power > 0 ? 10n ** BigInt(power) : 1n)
  return { numerator, denominator: power < 0 ? 10n ** BigInt(-power) : 1n }
}
