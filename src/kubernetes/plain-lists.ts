import type { LabelOrder } from '../document/label-order.ts'
import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import type { Path } from '../model/path.ts'
import { shapeIn } from './known-kinds.ts'
import { listed } from './listed.ts'
import { pathOf, type Place } from './normalise.ts'
import { fieldOf, type Field, type Shape } from './shape.ts'

/** An object whose lists are lists again. */
export interface WithPlainLists {
  readonly object: DataObject
  /** Labels of lists by key that no list can say, with their paths in the object. */
  readonly lost: readonly LostLabel[]
}

/** A label that no element of its list can have: by their keys the element would have another. */
export interface LostLabel {
  readonly path: Path
  readonly becomes: string
  readonly keys: readonly string[]
}

/**
 * Turns the lists by key of an object back into lists: the inverse of what `normalise` makes of them. What is a list already stays.
 * The labels of a map get the order that is given; paths are those inside the object.
 */
export function withPlainLists(
  object: DataObject,
  shape: Shape | undefined,
  order: LabelOrder = Object.keys,
): WithPlainLists {
  const lost: LostLabel[] = []
  const listAt: ListAt = (map, field, place) => {
    const path = pathOf(place)
    const list = listed(map, field, order(map, path))
    lost.push(...list.lost.map(({ label, becomes }) => ({ path: [...path, label], becomes, keys: field.keys ?? [] })))
    return list.elements
  }
  return { object: structOf(object, shape, undefined, listAt), lost }
}

type ListAt = (map: DataObject, field: Field, place: Place) => readonly Data[]

function structOf(map: DataObject, shape: Shape | undefined, above: Place | undefined, listAt: ListAt): DataObject {
  if (shape === undefined) return map
  return mapped(map, (value, label) => memberOf(value, fieldOf(shape, label), { above, label }, listAt))
}

function memberOf(value: Data, field: Field | undefined, place: Place, listAt: ListAt): Data {
  if (field === undefined || typeof value !== 'object') return value
  const shape = shapeIn(field)
  const below = (element: Data, label: string): Data =>
    isDataObject(element) ? structOf(element, shape, { above: place, label }, listAt) : element
  if (field.in === undefined) return isDataObject(value) ? structOf(value, shape, place, listAt) : value
  if (field.in === 'list' && Array.isArray(value))
    return value.map((element: Data, index) => below(element, `${index}`))
  if (!isDataObject(value) || (field.in === 'list' && field.keys === undefined)) return value
  const inner = mapped(value, below)
  if (field.in === 'map') return inner
  return listAt(inner, field, place)
}

function mapped(map: DataObject, valueFor: (value: Data, label: string) => Data): DataObject {
  return dataMap(Object.entries(map).map(([label, value]) => [label, valueFor(value, label)]))
}
