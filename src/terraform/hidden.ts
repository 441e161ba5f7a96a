import { isDataList, isDataObject, type Data } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import { maskedValue } from '../model/masked.ts'
import type { Path } from '../model/path.ts'

/** Values of which some are kept back. */
export interface Hidden {
  /** Undefined where all of it is. */
  readonly data: Data | undefined
  /** Where something is that is not told, in the order of the data. */
  readonly masked: readonly Path[]
}

/**
 * Takes away what Terraform marks: `true` in the shape of the value hides what stands there. A text leaves a placeholder; anything else is
 * left out, since a placeholder would claim a type; a list that holds something hidden is hidden whole, as its positions would shift.
 */
export function hide(data: Data, marks: Data, path: Path = []): Hidden {
  if (marks === true) return { data: typeof data === 'string' ? maskedValue : undefined, masked: [path] }
  if (isDataObject(data) && isDataObject(marks)) {
    const members: [string, Data][] = []
    const masked: Path[] = []
    for (const [label, member] of Object.entries(data)) {
      const below = hide(member, marks[label] ?? false, [...path, label])
      if (below.data !== undefined) members.push([label, below.data])
      masked.push(...below.masked)
    }
    return { data: dataMap(members), masked }
  }
  if (isDataList(data) && marksSomething(marks)) return { data: undefined, masked: [path] }
  return { data, masked: [] }
}

/** Where values are that are known only after apply: marked, and absent from the values. */
export function unknownPaths(marks: Data, path: Path = []): readonly Path[] {
  if (marks === true) return [path]
  if (isDataObject(marks)) return Object.entries(marks).flatMap(([label, mark]) => unknownPaths(mark, [...path, label]))
  return marksSomething(marks) ? [path] : []
}

function marksSomething(marks: Data): boolean {
  if (isDataObject(marks)) return Object.values(marks).some(marksSomething)
  return isDataList(marks) ? marks.some(marksSomething) : marks === true
}
