import { sha256 } from '../model/sha256.ts'
import { Decimal, isDataList, isDataObject, type Data } from '../model/data.ts'
import { isListPosition } from '../model/order.ts'
import type { Path } from '../model/path.ts'

/** What makes a finding the same from one check to the next. */
export interface FindingIdentity {
  readonly environment: string
  readonly kind: string
  readonly path: Path
  readonly rule: string
  /** Only where several findings of one rule stand at one path because each is about a file of its own (`unreadable`). */
  readonly file?: string
}

/**
 * Says the 32 hex digits of a finding's identity; never of its message, values or lines. In a plain list of the observed
 * state an element's unique `name`, `id` or `key` stands for its position, so that a new neighbour does not rename a finding.
 */
export function fingerprints(observed: Data | undefined): (identity: FindingIdentity) => string {
  const names: NamesOfLists = new WeakMap()
  return ({ environment, kind, path, rule, file }) => {
    const labels = path.some(isListPosition) ? named(path, observed, names) : path
    const parts = [environment, kind, labels, rule]
    const content = JSON.stringify(file === undefined ? parts : [...parts, file])
    return sha256(content).slice(0, 32)
  }
}

type Name = string | number
/** For each list how often each name occurs, by member. */
type NamesOfLists = WeakMap<readonly Data[], ReadonlyMap<string, ReadonlyMap<Name, number>>>

/** The path with positions replaced by `{ member: value }` where an element has a name of its own. */
function named(path: Path, root: Data | undefined, names: NamesOfLists): readonly unknown[] {
  let value = root
  return path.map((label) => {
    const parent = value
    value = child(parent, label)
    return parent !== undefined && isDataList(parent) ? (nameOf(value, parent, names) ?? label) : label
  })
}

const namingMembers = ['name', 'id', 'key'] as const

function nameOf(element: Data | undefined, list: readonly Data[], names: NamesOfLists): unknown {
  const counts = names.get(list) ?? countNames(list)
  names.set(list, counts)
  for (const member of namingMembers) {
    const name = nameAt(element, member)
    if (name !== undefined && counts.get(member)?.get(name) === 1) return { [member]: name }
  }
  return undefined
}

function countNames(list: readonly Data[]): ReadonlyMap<string, ReadonlyMap<Name, number>> {
  return new Map(
    namingMembers.map((member) => {
      const counts = new Map<Name, number>()
      for (const element of list) {
        const name = nameAt(element, member)
        if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
      }
      return [member, counts]
    }),
  )
}

/** A number counts as JavaScript reads it. */
function nameAt(element: Data | undefined, member: string): Name | undefined {
  const name = child(element, member)
  if (typeof name === 'bigint') return Number(name)
  if (name instanceof Decimal) return Number(name.text)
  return typeof name === 'string' || typeof name === 'number' ? name : undefined
}

/** A member of a map or an element of a list. */
function child(value: Data | undefined, label: string): Data | undefined {
  if (value === undefined) return undefined
  if (isDataList(value)) return isListPosition(label) ? value[Number(label)] : undefined
  return isDataObject(value) && Object.hasOwn(value, label) ? value[label] : undefined
}
