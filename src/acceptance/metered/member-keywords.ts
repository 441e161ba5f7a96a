import { meteredExpression } from './expression.ts'
import { isMap, type Make, type Satisfies, sized, stepsOfValue, type Surroundings } from './keyword.ts'
import { type Meter, spend } from './meter.ts'

/** Keywords that look at members and elements, or at several schemas. */
export const memberKeywords = {
  minItems: sized(itemsOf, (count, least) => count >= least),
  maxItems: sized(itemsOf, (count, most) => count <= most),
  minProperties: sized(membersOf, (count, least) => count >= least),
  maxProperties: sized(membersOf, (count, most) => count <= most),
  not: (schema, around) => {
    const satisfies = around.schema(schema)
    return satisfies && ((value) => !satisfies(value))
  },
  allOf: (schemas, around) => {
    const all = schemasOf(schemas, around)
    return all && ((value) => all.every((satisfies) => satisfies(value)))
  },
  anyOf: (schemas, around) => {
    const all = schemasOf(schemas, around)
    return all && ((value) => all.some((satisfies) => satisfies(value)))
  },
  required: (names, { meter }) => {
    if (!isTexts(names)) return undefined
    return (value) => {
      if (!isMap(value)) return true
      spend(meter, names.length)
      return names.every((name) => Object.hasOwn(value, name))
    }
  },
  properties: (schemas, around) => {
    if (!isMap(schemas)) return undefined
    const named = Object.entries(schemas).map(([name, schema]) => [name, around.schema(schema)] as const)
    const known = named.flatMap(([name, satisfies]) => (satisfies ? [[name, satisfies] as const] : []))
    if (known.length < named.length) return undefined
    return (value) => {
      if (!isMap(value)) return true
      spend(around.meter, known.length)
      for (const [name, satisfies] of known) if (Object.hasOwn(value, name) && !satisfies(value[name])) return false
      return true
    }
  },
  patternProperties: (schemas, around) => {
    const patterns = patternsOf(schemas, around)
    return (
      patterns &&
      ((value) =>
        everyMember(value, around.meter, (name, member) =>
          patterns.every(({ matches, satisfies }) => !matches(name) || satisfies(member)),
        ))
    )
  },
  additionalProperties: (schema, around, { properties = {}, patternProperties = {} }) => {
    const satisfies = around.schema(schema)
    const patterns = patternsOf(patternProperties, around)
    if (satisfies === undefined || patterns === undefined || !isMap(properties)) return undefined
    const isKnown = (name: string): boolean =>
      Object.hasOwn(properties, name) || patterns.some(({ matches }) => matches(name))
    return (value) => everyMember(value, around.meter, (name, member) => isKnown(name) || satisfies(member))
  },
  propertyNames: (schema, around) => {
    const satisfies = around.schema(schema)
    return satisfies && ((value) => everyMember(value, around.meter, (name) => satisfies(name)))
  },
  prefixItems: (schemas, around) => {
    const all = schemasOf(schemas, around)
    return (
      all &&
      ((value) => !Array.isArray(value) || all.every((satisfies, at) => at >= value.length || satisfies(value[at])))
    )
  },
  items: (schema, around, { prefixItems = [] }) => {
    const satisfies = around.schema(schema)
    const from = Array.isArray(prefixItems) ? prefixItems.length : 0
    return satisfies && ((value) => !Array.isArray(value) || value.every((item, at) => at < from || satisfies(item)))
  },
} satisfies Record<string, Make>

function itemsOf(value: unknown): number | undefined {
  return Array.isArray(value) ? value.length : undefined
}

function membersOf(value: unknown, meter: Meter): number | undefined {
  if (!isMap(value)) return undefined
  const { length } = Object.keys(value)
  spend(meter, length)
  return length
}

function everyMember(value: unknown, meter: Meter, holds: (name: string, member: unknown) => boolean): boolean {
  if (!isMap(value)) return true
  const names = Object.keys(value)
  spend(meter, names.length * stepsOfValue)
  return names.every((name) => holds(name, value[name]))
}

function schemasOf(schemas: unknown, around: Surroundings): readonly Satisfies[] | undefined {
  if (!Array.isArray(schemas)) return undefined
  const all = schemas.flatMap((schema: unknown) => around.schema(schema) ?? [])
  return all.length === schemas.length ? all : undefined
}

interface Pattern {
  readonly matches: (name: string) => boolean
  readonly satisfies: Satisfies
}

function patternsOf(schemas: unknown, around: Surroundings): readonly Pattern[] | undefined {
  if (!isMap(schemas)) return undefined
  const entries = Object.entries(schemas)
  const all = entries.flatMap(([source, schema]) => {
    const matches = meteredExpression(source, around.meter)
    const satisfies = around.schema(schema)
    return matches && satisfies ? [{ matches, satisfies }] : []
  })
  return all.length === entries.length ? all : undefined
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
