import { Decimal, isDataList, isDataObject, type Data } from '../../model/data.ts'

/** Whether two values say the same; the order of members has no meaning. What is shared is not looked into. */
export function equalData(a: Data, b: Data): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (isDataList(a)) {
    if (!isDataList(b) || a.length !== b.length) return false
    for (let index = 0; index < a.length; index++) {
      const [left, right] = [a[index], b[index]]
      if (left === undefined || right === undefined || !equalData(left, right)) return false
    }
    return true
  }
  if (a instanceof Decimal || b instanceof Decimal)
    return a instanceof Decimal && b instanceof Decimal && a.text === b.text
  if (!isDataObject(a) || !isDataObject(b)) return false
  let members = 0
  for (const label in a) {
    const [left, right] = [a[label], b[label]]
    if (left === undefined || right === undefined || !equalData(left, right)) return false
    members += 1
  }
  for (const _ in b) members -= 1
  return members === 0
}
