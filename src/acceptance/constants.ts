/**
 * Whether a value holds all that constants ask for: maps member by member, where more may stand beside; anything else is equal as a
 * whole. Both are read from JSON by JSON.parse.
 */
export function holdsConstants(value: unknown, constants: unknown): boolean {
  if (!isMap(constants)) return isEqual(value, constants)
  if (!isMap(value)) return false
  for (const label of Object.keys(constants)) {
    if (!Object.hasOwn(value, label) || !holdsConstants(value[label], constants[label])) return false
  }
  return true
}

function isEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((element, index) => isEqual(element, b[index]))
  if (isMap(a) && isMap(b)) {
    const labels = Object.keys(a)
    return (
      labels.length === Object.keys(b).length &&
      labels.every((label) => Object.hasOwn(b, label) && isEqual(a[label], b[label]))
    )
  }
  return a === b
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
