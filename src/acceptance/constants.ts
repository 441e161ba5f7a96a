import { isMap, type Values } from './values.ts'

/** Tells whether a value is equal to one that `JSON.parse` made. */
export function equalTo<V>(values: Values<V>, wanted: unknown): (value: V) => boolean {
  if (typeof wanted === 'string') return values.isText(wanted)
  if (typeof wanted === 'number')
    return (value) => values.kindOf(value) === 'number' && values.numberOf(value) === wanted
  if (typeof wanted === 'boolean')
    return (value) => values.kindOf(value) === 'boolean' && values.isTrue(value) === wanted
  if (wanted === null) return (value) => values.kindOf(value) === 'null'
  if (Array.isArray(wanted)) {
    const elements = wanted.map((one: unknown) => equalTo(values, one))
    return (value) =>
      values.kindOf(value) === 'list' &&
      values.sizeOf(value) === elements.length &&
      values.everyElement(value, (element, index) => elements[index]?.(element) === true)
  }
  const size = isMap(wanted) ? Object.keys(wanted).length : 0
  const members = membersLike(values, wanted, equalTo)
  return (value) => values.kindOf(value) === 'map' && values.sizeOf(value) === size && members(value)
}

/** Tells whether a value holds all that constants ask for: of maps more may stand beside, anything else is equal as a whole. */
export function holding<V>(values: Values<V>, constants: unknown): (value: V) => boolean {
  if (!isMap(constants)) return equalTo(values, constants)
  const members = membersLike(values, constants, holding)
  return (value) => values.kindOf(value) === 'map' && members(value)
}

function membersLike<V>(values: Values<V>, wanted: unknown, like: typeof equalTo): (map: V) => boolean {
  const members = Object.entries(isMap(wanted) ? wanted : {}).map(
    ([name, one]) => [values.member(name), like(values, one)] as const,
  )
  return (map) =>
    members.every(([find, isLike]) => {
      const member = find(map)
      return member !== undefined && isLike(member)
    })
}
