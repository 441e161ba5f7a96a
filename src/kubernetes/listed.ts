import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import { elementKeys, keyText } from './keyed-lists.ts'
import type { Field } from './shape.ts'

/** A map by key as the list that it stands for, with the labels that its elements would have again. */
export interface Listed {
  readonly elements: readonly Data[]
  /** Labels that a list cannot say, and what becomes of each instead: no element has that key. */
  readonly lost: readonly { readonly label: string; readonly becomes: string }[]
}

/**
 * The list that a map by key stands for, in the order of its labels. An element that leaves members of its key out gets them
 * from its label (`"53/UDP": {}` → containerPort 53, protocol UDP), but for what is the default anyway.
 */
export function listed(map: DataObject, field: Field, order: readonly string[] = Object.keys(map)): Listed {
  const labels: string[] = []
  const elements: Data[] = []
  const byPosition: { readonly label: string; readonly position: number; readonly element: Data }[] = []
  for (const label of order) {
    const element = map[label] ?? null
    const position = positionIn(label, element, field)
    if (position === undefined) {
      labels.push(label)
      elements.push(withKey(element, label, map, field))
    } else byPosition.push({ label, position, element })
  }
  for (const { label, position, element } of byPosition.sort((a, b) => a.position - b.position)) {
    labels.splice(position, 0, label)
    elements.splice(position, 0, element)
  }
  const again = elementKeys(elements, field).labels
  const lost = labels.flatMap((label, index) => {
    const becomes = again[index] ?? ''
    return becomes === label ? [] : [{ label, becomes }]
  })
  return { elements, lost }
}

/** Where an element without a key stands in its list, which is all that its label `#3` says. */
function positionIn(label: string, element: Data, { keys: [first = ''] = [] }: Field): number | undefined {
  const position = /^#([1-9]\d{0,8})(?:#[1-9]\d*)?$/.exec(label)?.[1]
  if (position === undefined || (isDataObject(element) && Object.hasOwn(element, first))) return undefined
  return Number(position) - 1
}

function withKey(element: Data, label: string, map: DataObject, field: Field): Data {
  if (!isDataObject(element)) return element
  const given = keyIn(keyOfLabel(label, map), element, field)
  return given.length === 0 ? element : dataMap([...given, ...Object.entries(element)])
}

/** The key of a label; `KEY#2` is a second element of `KEY`, if there is a first. */
function keyOfLabel(label: string, map: DataObject): string {
  const key = /^(.*)#[1-9]\d*$/s.exec(label)?.[1]
  return key !== undefined && Object.hasOwn(map, key) ? key : label
}

/**
 * The members of a key that an element leaves out, read from the key's text. Members that the element has are taken off at
 * both ends; of what is left the last ones are without a `/`, so that the first may hold any (`topology.kubernetes.io/zone`).
 */
function keyIn(text: string, element: DataObject, field: Field): readonly (readonly [string, Data])[] {
  const open = [...(field.keys ?? [])]
  let left = text
  for (let key = open[0]; key !== undefined && open.length > 1; key = open[0]) {
    const known = keyText(Object.hasOwn(element, key) ? element[key] : undefined)
    if (known === undefined || !left.startsWith(`${known}/`)) break
    left = left.slice(known.length + 1)
    open.shift()
  }
  const given: (readonly [string, Data])[] = []
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const known = keyText(Object.hasOwn(element, key) ? element[key] : undefined)
    const start =
      open.length === 0 ? 0 : (known === undefined ? left.lastIndexOf('/') : left.length - known.length - 1) + 1
    const part = left.slice(start)
    left = left.slice(0, Math.max(start - 1, 0))
    if (Object.hasOwn(element, key) || field.defaults?.[key] === part || (part === '' && key !== field.keys?.[0]))
      continue
    given.unshift([key, field.numbers?.includes(key) === true ? numberOf(part) : part])
  }
  return given
}

/** A number as a key writes it; other text stays text, and whoever reads the object refuses it. */
function numberOf(text: string): Data {
  return /^-?(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text
}
