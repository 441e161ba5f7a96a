import { isDataObject, type Data } from '../model/data.ts'
import type { Field } from './shape.ts'

/** The labels under which a list's elements stand when the list is kept by key. */
export interface ElementKeys {
  /** One an element, each different. */
  readonly labels: readonly string[]
  /** Keys that more than one element has, sorted by their first element. */
  readonly repeated: readonly string[]
  /** How many elements have no key. */
  readonly unkeyed: number
}

/**
 * Names a list's elements: by the text of the key; of several keys joined with `/`, defaults filled in. The second
 * element of a key is `KEY#2`; an element without a key is named by its position, the first being `#1`.
 */
export function elementKeys(list: readonly Data[], field: Field): ElementKeys {
  const taken = new Map<string, number>()
  const repeated = new Set<string>()
  const labels: string[] = []
  let unkeyed = 0
  for (const [index, element] of list.entries()) {
    const key = keyLabel(element, field)
    if (key === undefined) unkeyed++
    else if (taken.has(key)) repeated.add(key)
    labels.push(free(key ?? `#${index + 1}`, taken))
  }
  return { labels, repeated: [...repeated], unkeyed }
}

/** The label of an element by its key; none: it has no key. */
export function keyLabel(element: Data, field: Field): string | undefined {
  if (!isDataObject(element)) return undefined
  const parts = field.keys?.map(
    (key) => keyText(Object.hasOwn(element, key) ? element[key] : undefined) ?? field.defaults?.[key],
  )
  // An element is named by its first key; the others may be absent.
  return parts?.[0] === undefined ? undefined : parts.map((part) => part ?? '').join('/')
}

/** How a member of a key is written in a label; undefined of what can be no key. */
export function keyText(value: Data | undefined): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? `${value}` : undefined
}

/** The key itself or, where it is taken, the first `KEY#2`, `KEY#3`… that is not. `taken` counts how far each key got. */
function free(key: string, taken: Map<string, number>): string {
  let count = (taken.get(key) ?? 0) + 1
  let label = key
  while (count > 1 && taken.has((label = `${key}#${count}`))) count++
  taken.set(key, count)
  if (label !== key) taken.set(label, 1)
  return label
}
