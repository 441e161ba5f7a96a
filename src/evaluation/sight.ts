import { isDataObject, type Data } from '../model/data.ts'
import type { PathPattern } from '../model/path.ts'
import type { Sight } from '../engine/protocol.ts'

/** What constraints can see of a value: all of it where it is no map; of members that are not seen it is told that they are there. */
export function seen(value: Data, sight: Sight): Data {
  if (sight === true || !isDataObject(value)) return value
  const shown: Record<string, Data> = Object.create(null)
  for (const [label, member] of Object.entries(value)) {
    const below = Object.hasOwn(sight, label) ? sight[label] : undefined
    shown[label] = below === undefined ? null : seen(member, below)
  }
  return shown
}

/** The parts of a value that patterns reach; members of maps that none reaches are left out. */
export function reached(value: Data, patterns: readonly PathPattern[]): Data | undefined {
  if (patterns.length === 0) return undefined
  if (patterns.some((pattern) => pattern.length === 0) || !isDataObject(value)) return value
  const shown: Record<string, Data> = Object.create(null)
  for (const [label, member] of Object.entries(value)) {
    const below = reached(
      member,
      patterns.filter(([first]) => first === null || first === label).map((pattern) => pattern.slice(1)),
    )
    if (below !== undefined) shown[label] = below
  }
  return shown
}
