import { Decimal, isDataList, isDataObject, type Data } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'
import type { Path } from '../model/path.ts'

/** A value that is another one, or none, where it is read again. */
export interface Difference {
  readonly path: Path
  /** Absent where nothing is read. */
  readonly read?: Data
}

/** Where data that is read does not hold what was said; what it holds beside that is no difference. Sorted as the data is. */
export function differences(said: Data, read: Data | undefined, path: Path): readonly Difference[] {
  if (read === undefined) return [{ path }]
  if (isDataObject(said) && isDataObject(read))
    return Object.entries(said).flatMap(([label, member]) =>
      differences(member, memberOf(read, label), [...path, label]),
    )
  if (isDataList(said) && isDataList(read) && said.length === read.length)
    return said.flatMap((element, index) => differences(element, read[index], [...path, `${index}`]))
  return isSame(said, read) ? [] : [{ path, read }]
}

/** A value in a message. */
export function inWords(data: Data): string {
  if (data === null || typeof data !== 'object') return `\`${String(data)}\``
  if (data instanceof Decimal) return `\`${data.text}\``
  return isDataList(data) ? 'a list' : 'a map'
}

function isSame(a: Data, b: Data): boolean {
  if (isDataObject(a) || isDataObject(b) || isDataList(a) || isDataList(b)) return false
  return a instanceof Decimal && b instanceof Decimal ? a.text === b.text : a === b
}
