import { isDataObject, type Data, type DataObject } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import { keyLabel } from '../keyed-lists.ts'
import { knownBelow, type Known } from '../known-below.ts'

/** What somebody set of an object in form, as far as it is there. */
export interface Claim {
  /** Whether the place itself was set, with all that is in it. */
  readonly itself: boolean
  readonly members: ReadonlyMap<string, Claim>
}

const whole: Claim = { itself: true, members: new Map() }

/**
 * Reads `fieldsV1` of an entry of managedFields: `f:` names a member, `k:` an element by its key, `.` the place itself. What
 * stands in a list that is one value (`v:`, `i:`, or `k:` where our table knows no key) is of the list as a whole.
 */
export function managedClaim(fields: DataObject, value: Data, known: Known): Claim {
  if (!isDataObject(value)) return whole
  const members = new Map<string, Claim>()
  let names = 0
  for (const [name, below] of Object.entries(fields)) {
    if (name === '.') continue
    names += 1
    const label = labelOf(name, known)
    if (label === undefined || isKey(label, known)) continue
    const member = memberOf(value, label)
    if (member === undefined || !isDataObject(below)) continue
    members.set(label, managedClaim(below, member, knownBelow(known, label)))
  }
  return { itself: names === 0 || Object.hasOwn(fields, '.'), members }
}

/** What a manifest that was applied says, in form as the object itself is. Elements of lists by key are set as a whole. */
export function manifestClaim(applied: Data, value: Data, known: Known): Claim {
  if (!isDataObject(applied) || !isDataObject(value)) return whole
  const members = new Map<string, Claim>()
  const byKey = known.container?.in === 'list'
  for (const [label, below] of Object.entries(applied)) {
    const member = memberOf(value, label)
    if (member === undefined || isKey(label, known) || (byKey && isNumbered(label))) continue
    const claim = manifestClaim(below, member, knownBelow(known, label))
    members.set(label, byKey ? { ...claim, itself: true } : claim)
  }
  return { itself: Object.keys(applied).length === 0, members }
}

function labelOf(name: string, { container }: Known): string | undefined {
  if (name.startsWith('f:')) return name.slice(2)
  if (!name.startsWith('k:') || container?.keys === undefined) return undefined
  try {
    const key: unknown = JSON.parse(name.slice(2))
    return typeof key === 'object' && key !== null ? keyLabel({ ...key }, container) : undefined
  } catch {
    return undefined
  }
}

/** An element with another's key, or without one: which of the object's own it is nobody knows. */
function isNumbered(label: string): boolean {
  return /#\d+$/.test(label)
}

/** Members that tell an element apart are there as long as it is. */
function isKey(label: string, { elementOf }: Known): boolean {
  return elementOf?.keys?.includes(label) === true
}
