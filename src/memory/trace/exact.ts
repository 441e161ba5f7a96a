import { Decimal } from '../../model/data.ts'

/** A number that JSON.parse would not read exactly, and where it stands. */
export type Exact = readonly [path: readonly (string | number)[], kind: 'integer' | 'decimal', text: string]

/** Data without its exact numbers, which JSON.stringify cannot write, and these beside it. */
export function withoutExact(value: unknown): { readonly plain: unknown; readonly exact: readonly Exact[] } {
  const exact: Exact[] = []
  return { plain: taken(value, [], exact), exact }
}

/** The data that `withoutExact` was given. */
export function withExact<T>(plain: T, exact: readonly Exact[]): T {
  const root = { value: plain }
  for (const [path, kind, text] of exact)
    put(root, ['value', ...path], kind === 'integer' ? BigInt(text) : new Decimal(text))
  return root.value
}

function taken(value: unknown, path: readonly (string | number)[], exact: Exact[]): unknown {
  if (typeof value === 'bigint') {
    exact.push([path, 'integer', String(value)])
    return null
  }
  if (value instanceof Decimal) {
    exact.push([path, 'decimal', value.text])
    return null
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((element: unknown, index) => taken(element, [...path, index], exact))
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, taken(member, [...path, key], exact)]))
}

/** Puts a value where there is one: each label is an own member, whatever it is called. */
function put(root: object, path: readonly (string | number)[], value: unknown): void {
  let at: object = root
  for (const label of path.slice(0, -1)) at = Object(Object.getOwnPropertyDescriptor(at, label)?.value)
  Object.defineProperty(at, path.at(-1) ?? '', { value, enumerable: true, configurable: true, writable: true })
}
