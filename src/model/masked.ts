import { isDataList, isDataObject, type Data } from './data.ts'
import { dataMap } from './data-map.ts'
import type { Path, PathPattern } from './path.ts'

/** What stands for a value that is not to be stored, sent or shown. */
export const maskedValue = '<masked>'

/** Data without its sensitive values. */
export interface Masked {
  readonly data: Data
  /** Where values are hidden now, in the order of the data. */
  readonly masked: readonly Path[]
  /** Those of them that came hidden. */
  readonly before: readonly Path[]
  /** What was hidden: scalars, in the order of the data. */
  readonly secrets: readonly Data[]
}

/**
 * Hides every scalar that one of the patterns reaches. Keys and the lengths of lists stay, and so does what is empty. `at` is where the data
 * stands, as patterns are from the root.
 */
export function maskSensitive(data: Data, patterns: readonly PathPattern[], at: Path = []): Masked {
  const masked: Path[] = []
  const before: Path[] = []
  const secrets: Data[] = []
  const hide = (value: Data, path: Path, left: readonly PathPattern[]): Data => {
    const isReached = left.some((pattern) => pattern.length === 0)
    if (left.length === 0) return value
    const below = (member: Data, label: string): Data =>
      hide(member, [...path, label], isReached ? left : stepped(left, label))
    if (isDataList(value)) return value.map((element, index) => below(element, String(index)))
    if (isDataObject(value))
      return dataMap(Object.entries(value).map(([label, member]) => [label, below(member, label)] as const))
    if (!isReached) return value
    masked.push(path)
    if (value === maskedValue) before.push(path)
    else secrets.push(value)
    return maskedValue
  }
  return { data: hide(data, [], at.reduce<readonly PathPattern[]>(stepped, patterns)), masked, before, secrets }
}

/** What of the patterns is left below a label; one that ends before it reaches everything there. */
function stepped(patterns: readonly PathPattern[], label: string): readonly PathPattern[] {
  return patterns.flatMap((pattern) => {
    const [first, ...rest] = pattern
    if (first === undefined) return [pattern]
    return first === null || first === label ? [rest] : []
  })
}
