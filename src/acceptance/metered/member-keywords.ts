import { meteredExpression } from './expression.ts'
import { type Make, type Satisfies, sized, stepsOfValue, type Surroundings } from './keyword.ts'
import { spend } from './meter.ts'
import { isMap } from '../values.ts'

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
  required: (names, { meter, values }) => {
    if (!isTexts(names)) return undefined
    const members = names.map((name) => values.member(name))
    return (value) => {
      if (values.kindOf(value) !== 'map') return true
      spend(meter, members.length * values.stepsToFind(value))
      for (const find of members) if (find(value) === undefined) return false
      return true
    }
  },
  properties: (schemas, around) => {
    if (!isMap(schemas)) return undefined
    const { values, meter } = around
    const named = Object.entries(schemas)
    const known = named.flatMap(([name, schema]) => {
      const satisfies = around.schema(schema)
      return satisfies ? [{ find: values.member(name), satisfies }] : []
    })
    if (known.length < named.length) return undefined
    return (value) => {
      if (values.kindOf(value) !== 'map') return true
      spend(meter, known.length * values.stepsToFind(value))
      for (const { find, satisfies } of known) {
        const member = find(value)
        if (member !== undefined && !satisfies(member)) return false
      }
      return true
    }
  },
  patternProperties: (schemas, around) => {
    const patterns = patternsOf(schemas, around)
    return (
      patterns &&
      ((value) =>
        everyMember(value, around, (name, member) => {
          const text = around.values.textOf(name)
          return patterns.every(({ matches, satisfies }) => !matches(text) || satisfies(member))
        }))
    )
  },
  additionalProperties: (schema, around, { properties = {}, patternProperties = {} }) => {
    const satisfies = around.schema(schema)
    const patterns = patternsOf(patternProperties, around)
    if (satisfies === undefined || patterns === undefined || !isMap(properties)) return undefined
    const isKnown = (name: string): boolean =>
      Object.hasOwn(properties, name) || patterns.some(({ matches }) => matches(name))
    return (value) =>
      everyMember(value, around, (name, member) => isKnown(around.values.textOf(name)) || satisfies(member))
  },
  propertyNames: (schema, around) => {
    const satisfies = around.schema(schema)
    return satisfies && ((value) => everyMember(value, around, (name) => satisfies(name)))
  },
  prefixItems: (schemas, around) => {
    const all = schemasOf(schemas, around)
    return (
      all && ((value) => everyElement(value, around, (element, at) => at >= all.length || all[at]?.(element) === true))
    )
  },
  items: (schema, around, { prefixItems = [] }) => {
    const satisfies = around.schema(schema)
    const from = Array.isArray(prefixItems) ? prefixItems.length : 0
    return satisfies && ((value) => everyElement(value, around, (element, at) => at < from || satisfies(element)))
  },
  contains: (schema, around) => {
    const satisfies = around.schema(schema)
    return (
      satisfies && ((value) => !isList(value, around) || !everyElement(value, around, (element) => !satisfies(element)))
    )
  },
} satisfies Record<string, Make>

function isList<V>(value: V, { values }: Surroundings<V>): boolean {
  return values.kindOf(value) === 'list'
}

function itemsOf<V>(value: V, { values }: Surroundings<V>): number | undefined {
  return values.kindOf(value) === 'list' ? values.sizeOf(value) : undefined
}

function membersOf<V>(value: V, { values, meter }: Surroundings<V>): number | undefined {
  if (values.kindOf(value) !== 'map') return undefined
  const size = values.sizeOf(value)
  spend(meter, size)
  return size
}

function everyMember<V>(value: V, { values, meter }: Surroundings<V>, holds: (name: V, member: V) => boolean): boolean {
  if (values.kindOf(value) !== 'map') return true
  spend(meter, values.sizeOf(value) * stepsOfValue)
  return values.everyMember(value, holds)
}

function everyElement<V>(value: V, { values }: Surroundings<V>, holds: (element: V, at: number) => boolean): boolean {
  return values.kindOf(value) !== 'list' || values.everyElement(value, holds)
}

function schemasOf<V>(schemas: unknown, around: Surroundings<V>): readonly Satisfies<V>[] | undefined {
  if (!Array.isArray(schemas)) return undefined
  const all = schemas.flatMap((schema: unknown) => around.schema(schema) ?? [])
  return all.length === schemas.length ? all : undefined
}

interface Pattern<V> {
  readonly matches: (name: string) => boolean
  readonly satisfies: Satisfies<V>
}

function patternsOf<V>(schemas: unknown, around: Surroundings<V>): readonly Pattern<V>[] | undefined {
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
