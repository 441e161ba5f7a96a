import { Decimal, type Data } from '../model/data.ts'

// A quantity is a number with a suffix: decimal (`200m`, `1k`), binary (`64Mi`) or an exponent (`1e3`). One amount has
// many spellings; the canonical one is what the API server answers with: no fraction, the largest suffix that allows
// that, and of the family that the spelling used. Amounts are counted in nano units; finer ones are rounded up.

const spelling = /^([+-]?)(\d*)(?:\.(\d*))?(?:(Ki|Mi|Gi|Ti|Pi|Ei)|([numkMGTPE])|[eE]([+-]?\d+))?$/
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']
const nano = 10n ** 9n

// Longer texts are no amounts of anything; their arithmetic would only cost time.
const longest = 64
const largestExponent = 64

/** The canonical text of a quantity; what is none is returned as it is. */
export function canonicalQuantity(value: Data): Data {
  if (
    typeof value !== 'string' &&
    typeof value !== 'number' &&
    typeof value !== 'bigint' &&
    !(value instanceof Decimal)
  ) {
    return value
  }
  const text = value instanceof Decimal ? value.text : String(value)
  const amount = parse(text)
  return amount === undefined ? value : write(amount)
}

interface Amount {
  readonly negative: boolean
  readonly nanos: bigint
  readonly family: 'binary' | 'decimal' | 'exponent'
}

function parse(text: string): Amount | undefined {
  const found = text.length > longest ? null : spelling.exec(text)
  if (found === null) return undefined
  const [, sign = '', whole = '', fraction = '', binarySuffix, decimalSuffix, exponent] = found
  if (whole === '' && fraction === '') return undefined
  const digits = BigInt(whole + fraction)
  let power = 9 - fraction.length
  let factor = 1n
  if (binarySuffix !== undefined) factor = 1024n ** BigInt(binary.indexOf(binarySuffix))
  else if (decimalSuffix !== undefined) power += 3 * (decimal.indexOf(decimalSuffix) - 3)
  else if (exponent !== undefined) {
    if (Math.abs(Number(exponent)) > largestExponent) return undefined
    power += Number(exponent)
  }
  const family = binarySuffix !== undefined ? 'binary' : exponent !== undefined ? 'exponent' : 'decimal'
  return { negative: sign === '-', nanos: scale(digits * factor, power), family }
}

function scale(value: bigint, power: number): bigint {
  if (power >= 0) return value * 10n ** BigInt(power)
  const divisor = 10n ** BigInt(-power)
  return (value + divisor - 1n) / divisor
}

function write({ negative, nanos, family }: Amount): string {
  if (nanos === 0n) return '0'
  const sign = negative ? '-' : ''
  if (family === 'binary' && nanos % nano === 0n && nanos >= 1024n * nano) {
    const [count, step] = divide(nanos / nano, 1024n, binary.length - 1)
    return `${sign}${count}${binary[step] ?? ''}`
  }
  const [count, step] = divide(nanos, 1000n, decimal.length - 1)
  if (family !== 'exponent') return `${sign}${count}${decimal[step] ?? ''}`
  return `${sign}${count}${step === 3 ? '' : `e${3 * (step - 3)}`}`
}

/** Divides as often as it goes without a rest, at most so often: the quotient and how often. */
function divide(value: bigint, by: bigint, most: number): readonly [bigint, number] {
  let count = value
  let times = 0
  while (times < most && count % by === 0n) {
    count /= by
    times++
  }
  return [count, times]
}
