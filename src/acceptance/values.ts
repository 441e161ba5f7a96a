/** What a value is. */
export type Kind = 'null' | 'boolean' | 'number' | 'string' | 'list' | 'map' | 'other'

/** How values are looked at, so that the same rules run over values of this language and over JSON as it lies in bytes. */
export interface Values<V> {
  kindOf(value: V): Kind
  /** Of a boolean. */
  isTrue(value: V): boolean
  /** Of a number. */
  numberOf(value: V): number
  /** Of a string. */
  textOf(value: V): string
  /** Tells whether a value is a string, and this one. */
  isText(text: string): (value: V) => boolean
  /** Units of UTF-16 in a string. */
  unitsOf(value: V): number
  /** Characters in a string. */
  lengthOf(value: V): number
  /** Elements of a list, or members of a map. */
  sizeOf(value: V): number
  /** What finding a member costs, in steps. */
  stepsToFind(map: V): number
  /** Finds the member of a map by its name; undefined where there is none. */
  member(name: string): (map: V) => V | undefined
  everyMember(map: V, holds: (name: V, member: V) => boolean): boolean
  everyElement(list: V, holds: (element: V, index: number) => boolean): boolean
}

/** Values of this language, as `JSON.parse` makes them. */
export const plainValues: Values<unknown> = {
  kindOf: (value) => {
    const type = typeof value
    if (type === 'string' || type === 'number' || type === 'boolean') return type
    if (value === null) return 'null'
    if (Array.isArray(value)) return 'list'
    return type === 'object' ? 'map' : 'other'
  },
  isTrue: (value) => value === true,
  numberOf: Number,
  textOf: String,
  isText: (text) => (value) => value === text,
  unitsOf: (value) => String(value).length,
  lengthOf: (value) => {
    let length = 0
    for (const _ of String(value)) length += 1
    return length
  },
  sizeOf: (value) => (Array.isArray(value) ? value.length : isMap(value) ? Object.keys(value).length : 0),
  stepsToFind: () => 1,
  member: (name) => (map) => (isMap(map) && Object.hasOwn(map, name) ? map[name] : undefined),
  everyMember: (map, holds) => !isMap(map) || Object.keys(map).every((name) => holds(name, map[name])),
  everyElement: (list, holds) => !Array.isArray(list) || list.every((element, index) => holds(element, index)),
}

/** Whether a value is a map, rather than a list or a scalar. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
