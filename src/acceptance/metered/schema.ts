import { hasExactNumbers } from '../exact-numbers.ts'
import type { Accepts } from '../judging.ts'
import { type Make, type Satisfies, stepsOfValue, type Surroundings } from './keyword.ts'
import { memberKeywords } from './member-keywords.ts'
import { Exhausted, type Meter, spend } from './meter.ts'
import { valueKeywords } from './value-keywords.ts'
import { isMap, type Values } from '../values.ts'

/**
 * Makes functions of JSON texts of schemas, of the keywords that plans use, without making code: what they do is paid for, and where that is
 * more than the meter has left they accept nothing. So does a schema with any other keyword.
 */
export function meteredSchemas<V>(meter: Meter, values: Values<V>): (json: string) => Accepts<V> {
  const own = { label: '' }
  const around: Surroundings<V> = { values, meter, own, schema: (schema) => schemaOf(schema, around) }
  return (json) => {
    const satisfies = hasExactNumbers(json) ? schemaOf(parsed(json), around) : undefined
    if (satisfies === undefined) return () => false
    return (value, label) => {
      own.label = label
      try {
        return satisfies(value)
      } catch (error) {
        if (error instanceof Exhausted) return false
        throw error
      }
    }
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

const keywords: ReadonlyMap<string, Make> = new Map(Object.entries({ ...valueKeywords, ...memberKeywords }))

function schemaOf<V>(schema: unknown, around: Surroundings<V>): Satisfies<V> | undefined {
  if (typeof schema === 'boolean') return () => schema
  if (!isMap(schema)) return undefined
  const checks: Satisfies<V>[] = []
  for (const [keyword, argument] of Object.entries(schema)) {
    const check = keywords.get(keyword)?.(argument, around, schema)
    if (check === undefined) return undefined
    checks.push(check)
  }
  const { meter } = around
  return (value) => {
    spend(meter, stepsOfValue)
    for (const check of checks) if (!check(value)) return false
    return true
  }
}
