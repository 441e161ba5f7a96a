import { equalTo } from '../constants.ts'
import { meteredExpression } from './expression.ts'
import { type Make, type Satisfies, sized, type Surroundings } from './keyword.ts'
import { spend } from './meter.ts'

/** Keywords that look at one value for itself. */
export const valueKeywords = {
  type: (kind, { values }) => {
    if (kind === 'integer')
      return (value) => values.kindOf(value) === 'number' && Number.isInteger(values.numberOf(value))
    const wanted = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
    return wanted === undefined ? undefined : (value) => values.kindOf(value) === wanted
  },
  const: (wanted, around) => paid(wanted, around),
  enum: (wanted, around) => {
    const tests = Array.isArray(wanted) ? wanted.map((one: unknown) => paid(one, around)) : []
    return (value) => tests.some((test) => test(value))
  },
  isLabel: (wanted, { own, values }) => {
    if (typeof wanted === 'boolean' && !wanted) return () => true
    if (typeof wanted !== 'boolean' && !Array.isArray(wanted)) return undefined
    const textOf = (label: string): string => (Array.isArray(wanted) ? wanted.join(label) : label)
    return (value) => values.kindOf(value) === 'string' && values.textOf(value) === textOf(own.label)
  },
  minimum: bound((value, least) => value >= least),
  maximum: bound((value, most) => value <= most),
  exclusiveMinimum: bound((value, least) => value > least),
  exclusiveMaximum: bound((value, most) => value < most),
  minLength: sized(lengthOf, (length, least) => length >= least),
  maxLength: sized(lengthOf, (length, most) => length <= most),
  pattern: (source, { meter, values }) => {
    const matches = typeof source === 'string' ? meteredExpression(source, meter) : undefined
    return matches && ((value) => values.kindOf(value) !== 'string' || matches(values.textOf(value)))
  },
} satisfies Record<string, Make>

const kinds: Readonly<Record<string, string>> = {
  null: 'null',
  boolean: 'boolean',
  string: 'string',
  number: 'number',
  array: 'list',
  object: 'map',
}

/** Constants are short; where they are not, each costs what it holds. */
function paid<V>(wanted: unknown, { meter, values }: Surroundings<V>): Satisfies<V> {
  const isEqual = equalTo(values, wanted)
  if (typeof wanted !== 'object' || wanted === null) return isEqual
  const text = JSON.stringify(wanted)
  return (value) => {
    spend(meter, text.length)
    return isEqual(value)
  }
}

function bound(holds: (value: number, limit: number) => boolean): Make {
  return (limit, { values }) =>
    typeof limit === 'number'
      ? (value) => values.kindOf(value) !== 'number' || holds(values.numberOf(value), limit)
      : undefined
}

/** In characters, not in units of UTF-16. */
function lengthOf<V>(value: V, { meter, values }: Surroundings<V>): number | undefined {
  if (values.kindOf(value) !== 'string') return undefined
  spend(meter, values.unitsOf(value))
  return values.lengthOf(value)
}
