import { Decimal } from '../model/data.ts'

/** Numbers longer than this, written out, are refused: nobody means them, and arithmetic on them is slow everywhere. */
const mostDigits = 10_000

/** An integral number in exponent notation is written out as an integer up to this many digits. */
const mostIntegerDigits = 1_000

/**
 * The exact value of a number in JSON's notation: a `number` where it says the same, a `bigint` for larger integers (also `1e20`, `3.0e17`),
 * a `Decimal` for the rest; `undefined` if it is too long or out of range.
 */
export function exactNumber(text: string): number | bigint | Decimal | undefined {
  const parts = decompose(text)
  if (parts === undefined) return undefined
  const { negative, digits, exponent } = parts
  if (digits === '') return 0
  const length = digits.length + Math.abs(exponent)
  if (length > mostDigits) return undefined
  if (exponent >= 0 && digits.length + exponent <= mostIntegerDigits) {
    return integer((negative ? '-' : '') + digits + '0'.repeat(exponent))
  }
  if (exponent >= 0 && !/[.eE]/.test(text)) return BigInt(text)
  const double = Number(text)
  return Number.isFinite(double) && sameDecimal(parts, double) ? double : new Decimal(text)
}

/** The integer that a text of digits says, as a `number` where that is exact. */
export function integer(text: string): number | bigint {
  const double = Number(text)
  return Number.isSafeInteger(double) ? double + 0 : BigInt(text)
}

interface Parts {
  readonly negative: boolean
  /** Without zeros at either end; empty for zero. */
  readonly digits: string
  /** Power of ten of the last digit. */
  readonly exponent: number
}

function decompose(text: string): Parts | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text)
  if (match === null) return undefined
  const fraction = match[3] ?? ''
  const all = (match[2] ?? '') + fraction
  const digits = withoutZeros(all)
  const exponent = Number(match[4] ?? '0') - fraction.length + (all.length - lastDigit(all) - 1)
  return { negative: match[1] === '-', digits, exponent: digits === '' ? 0 : exponent }
}

function withoutZeros(digits: string): string {
  let start = 0
  while (digits[start] === '0') start++
  return digits.slice(start, lastDigit(digits) + 1)
}

/** Index of the last digit that is not zero; -1 if there is none. */
function lastDigit(digits: string): number {
  let index = digits.length - 1
  while (index >= 0 && digits[index] === '0') index--
  return index
}

function sameDecimal(parts: Parts, double: number): boolean {
  const other = decompose(String(double))
  return (
    other !== undefined &&
    other.digits === parts.digits &&
    other.exponent === parts.exponent &&
    other.negative === parts.negative
  )
}
