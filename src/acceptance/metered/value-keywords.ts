import { holdsConstants } from '../constants.ts'
import { meteredExpression } from './expression.ts'
import { isMap, type Make, type Satisfies, sized } from './keyword.ts'
import { type Meter, spend } from './meter.ts'

/** Keywords that look at one value for itself. */
export const valueKeywords = {
  type: (kind) => (typeof kind === 'string' ? types[kind] : undefined),
  const: (wanted, { meter }) => equalTo(wanted, meter),
  enum: (wanted, { meter }) => {
    const tests = Array.isArray(wanted) ? wanted.map((one: unknown) => equalTo(one, meter)) : []
    return (value) => tests.some((test) => test(value))
  },
  isLabel: (wanted, { own }) => {
    if (typeof wanted === 'boolean') return (value) => !wanted || value === own.label
    return Array.isArray(wanted) ? (value) => value === wanted.join(own.label) : undefined
  },
  minimum: bound((value, least) => value >= least),
  maximum: bound((value, most) => value <= most),
  exclusiveMinimum: bound((value, least) => value > least),
  exclusiveMaximum: bound((value, most) => value < most),
  minLength: sized(lengthOf, (length, least) => length >= least),
  maxLength: sized(lengthOf, (length, most) => length <= most),
  pattern: (source, { meter }) => {
    const matches = typeof source === 'string' ? meteredExpression(source, meter) : undefined
    return matches && ((value) => typeof value !== 'string' || matches(value))
  },
} satisfies Record<string, Make>

const types: Readonly<Record<string, Satisfies>> = Object.assign(Object.create(null), {
  null: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  array: (value) => Array.isArray(value),
  object: isMap,
} satisfies Record<string, Satisfies>)

/** Constants are short; where they are not, each costs what it holds. */
function equalTo(wanted: unknown, meter: Meter): Satisfies {
  if (typeof wanted !== 'object' || wanted === null) return (value) => value === wanted
  const text = JSON.stringify(wanted)
  return (value) => {
    spend(meter, text.length)
    return holdsConstants([value], [wanted])
  }
}

function bound(holds: (value: number, limit: number) => boolean): Make {
  return (limit) =>
    typeof limit === 'number' ? (value) => typeof value !== 'number' || holds(value, limit) : undefined
}

/** In characters, not in units of UTF-16. */
function lengthOf(value: unknown, meter: Meter): number | undefined {
  if (typeof value !== 'string') return undefined
  spend(meter, value.length)
  let length = 0
  for (const _ of value) length += 1
  return length
}
