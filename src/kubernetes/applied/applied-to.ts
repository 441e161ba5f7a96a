import { isDataObject, type Data, type DataObject } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import type { Applied, AppliedFields } from '../../model/applied.ts'
import { compareText } from '../../model/order.ts'
import type { Claim } from './claim.ts'
import { claimantsOf, type LiveObject } from './claimants.ts'
import { knownBelow, type Known } from '../known-below.ts'

/** What an apply does not set: what identifies an object, and what its controllers report. */
const neverApplied: Readonly<Record<string, readonly string[]>> = {
  '': ['apiVersion', 'kind', 'status'],
  metadata: ['name', 'namespace', 'creationTimestamp', 'generation', 'uid'],
}

/**
 * What earlier applies set of an object and is still there, by who applied: server-side (entries of managedFields with
 * `operation: Apply`) and from the client (the manifest in the annotation). Only where, never what; sorted by who.
 */
export function appliedTo(object: LiveObject): readonly Omit<Applied, 'at'>[] {
  const claimants = claimantsOf(object)
  return claimants
    .flatMap(({ by, applies, claim }) => {
      if (!applies) return []
      const others = claimants.flatMap((other) => (other.by === by ? [] : [other.claim]))
      const fields = fieldsOf(object.formed, object.known, { claim: settable(claim), others, builtIn: object.builtIn })
      return Object.keys(fields).length === 0 ? [] : [{ by, fields }]
    })
    .toSorted((a, b) => compareText(a.by, b.by))
}

function settable(claim: Claim): Claim {
  const members = new Map(claim.members)
  for (const label of neverApplied[''] ?? []) members.delete(label)
  const metadata = members.get('metadata')
  if (metadata === undefined) return { ...claim, members }
  const about = new Map(metadata.members)
  for (const label of neverApplied['metadata'] ?? []) about.delete(label)
  return { ...claim, members: members.set('metadata', { itself: false, members: about }) }
}

interface Claims {
  readonly claim: Claim
  readonly others: readonly Claim[]
  readonly builtIn: boolean
}

/** The members that were set, each with what was set below it. */
function fieldsOf(value: DataObject, known: Known, { claim, others, builtIn }: Claims): AppliedFields {
  const fields: [string, AppliedFields][] = []
  for (const [label, below] of claim.members) {
    const member = memberOf(value, label)
    if (member === undefined) continue
    const claims = { claim: below, others: others.flatMap((other) => other.members.get(label) ?? []), builtIn }
    const told = memberFields(member, knownBelow(known, label), claims)
    if (told !== undefined) fields.push([`f:${label}`, told])
  }
  return Object.fromEntries(fields.toSorted(([a], [b]) => compareText(a, b)))
}

/** What was set at and below a member; nothing where nothing of it can be taken away. */
function memberFields(value: Data, known: Known, claims: Claims): AppliedFields | undefined {
  const below = isDataObject(value) ? fieldsOf(value, known, claims) : {}
  const isEmpty = Object.keys(below).length === 0
  if (!isDataObject(value) || claims.claim.itself) return isEmpty ? {} : { '.': {}, ...below }
  if (isEmpty) return undefined
  // A struct goes with what was set of it: what else is there the server filled in.
  const isStruct = claims.builtIn && known.container === undefined
  return claims.others.length === 0 && (isStruct || isAll(value, below)) ? { '.': {}, ...below } : below
}

/** Of labels and the like each member is somebody's own. */
function isAll(value: DataObject, below: AppliedFields): boolean {
  return Object.keys(value).every((label) => {
    const told = below[`f:${label}`]
    return told !== undefined && (Object.hasOwn(told, '.') || Object.keys(told).length === 0)
  })
}
