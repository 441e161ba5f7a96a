import { comparePath } from '../../model/order.ts'
import type { EnginePath } from '../protocol.ts'

/** A place of the unified value where nothing is observed. */
export interface Absent {
  readonly path: EnginePath
  /** Whether something is asked for there; `unclear` for an empty list, which an open one yields as well. */
  readonly demand: 'yes' | 'unclear'
}

/** The highest places of a unified value, as JSON, that are not in the observed state and ask for something; by path. */
export function absentFrom(observed: unknown, unified: unknown): readonly Absent[] {
  return absentBelow(observed, unified, []).toSorted((a, b) => comparePath(a.path, b.path))
}

function absentBelow(observed: unknown, unified: unknown, path: EnginePath): readonly Absent[] {
  return entriesOf(unified).flatMap(([label, value]) => {
    const below = [...path, label]
    const seen = memberOf(observed, label)
    if (seen !== undefined) return absentBelow(seen.value, value, below)
    const demand = demandOf(value)
    return demand === 'no' ? [] : [{ path: below, demand }]
  })
}

/** Where the observed state ends on the way to a path: the highest absent ancestor, or nothing if all of it is there. */
export function highestAbsent(observed: unknown, path: EnginePath): EnginePath | undefined {
  let value = observed
  for (const [depth, label] of path.entries()) {
    const member = memberOf(value, label)
    if (member === undefined) return path.slice(0, depth + 1)
    value = member.value
  }
  return undefined
}

/** A struct asks for something if a member does. */
function demandOf(value: unknown): 'yes' | 'unclear' | 'no' {
  if (Array.isArray(value)) return value.length === 0 ? 'unclear' : 'yes'
  if (typeof value !== 'object' || value === null) return 'yes'
  const members = Object.values(value).map(demandOf)
  if (members.includes('yes')) return 'yes'
  return members.includes('unclear') ? 'unclear' : 'no'
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

function memberOf(value: unknown, label: string): { readonly value?: unknown } | undefined {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, label) : undefined
}
