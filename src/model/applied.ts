import { isDataObject, type Data } from './data.ts'
import type { Path } from './path.ts'

/** What an earlier apply set of one object: where, not what. */
export interface Applied {
  /** Where the object stands. */
  readonly at: Path
  /** Who applied it. */
  readonly by: string
  readonly fields: AppliedFields
}

/**
 * Members by label, each with `f:` before it, and what was set below; `.` says that the place itself was set and that nobody
 * else set anything at or below it, and so does having no members.
 */
export interface AppliedFields {
  readonly [label: string]: AppliedFields
}

/** Data as such a tree; undefined where it is none. */
export function appliedFields(data: Data): AppliedFields | undefined {
  if (!isDataObject(data)) return undefined
  const members: [string, AppliedFields][] = []
  for (const [label, below] of Object.entries(data)) {
    const fields = label === '.' || label.startsWith('f:') ? appliedFields(below) : undefined
    if (fields === undefined) return undefined
    members.push([label, fields])
  }
  return Object.fromEntries(members)
}
