import { type Meter } from './meter.ts'

/** Tells whether a value satisfies a schema, or one keyword of it; throws Exhausted. */
export type Satisfies = (value: unknown) => boolean

/** What the keywords of one schema share. */
export interface Surroundings {
  readonly meter: Meter
  /** Of the entity that is judged. */
  readonly own: { label: string }
  /** Undefined where a schema cannot be run. */
  readonly schema: (schema: unknown) => Satisfies | undefined
}

export type Members = Readonly<Record<string, unknown>>

/** Makes a function of a keyword's argument; undefined where it cannot be run. */
export type Make = (argument: unknown, around: Surroundings, schema: Members) => Satisfies | undefined

/** What looking at one value costs, in steps. */
export const stepsOfValue = 8

/** A size that a value has or not, against a limit. */
export function sized(
  sizeOf: (value: unknown, meter: Meter) => number | undefined,
  holds: (size: number, limit: number) => boolean,
): Make {
  return (limit, { meter }) => {
    if (typeof limit !== 'number') return undefined
    return (value) => {
      const size = sizeOf(value, meter)
      return size === undefined || holds(size, limit)
    }
  }
}

/** Whether a value is a map, rather than a list or a scalar. */
export function isMap(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
