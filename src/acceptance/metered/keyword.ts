import type { Meter } from './meter.ts'
import type { Values } from '../values.ts'

/** Tells whether a value satisfies a schema, or one keyword of it; throws Exhausted. */
export type Satisfies<V> = (value: V) => boolean

/** What the keywords of one schema share. */
export interface Surroundings<V> {
  readonly values: Values<V>
  readonly meter: Meter
  /** Of the entity that is judged. */
  readonly own: { label: string }
  /** Undefined where a schema cannot be run. */
  readonly schema: (schema: unknown) => Satisfies<V> | undefined
}

export type Members = Readonly<Record<string, unknown>>

/** Makes a function of a keyword's argument; undefined where it cannot be run. */
export type Make = <V>(argument: unknown, around: Surroundings<V>, schema: Members) => Satisfies<V> | undefined

/** What looking at one value costs, in steps. */
export const stepsOfValue = 8

/** A size that a value has or not, against a limit. */
export function sized(
  sizeOf: <V>(value: V, around: Surroundings<V>) => number | undefined,
  holds: (size: number, limit: number) => boolean,
): Make {
  return (limit, around) => {
    if (typeof limit !== 'number') return undefined
    return (value) => {
      const size = sizeOf(value, around)
      return size === undefined || holds(size, limit)
    }
  }
}
