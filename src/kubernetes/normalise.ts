import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import type { Path } from '../model/path.ts'
import { dataMap } from '../model/data-map.ts'
import { elementKeys, type ElementKeys } from './keyed-lists.ts'
import { shapeIn } from './known-kinds.ts'
import { canonicalQuantity } from './quantity.ts'
import { fieldOf, type Field, type Shape } from './shape.ts'

// One form for what Kubernetes takes for the same:
// - a member that is null is dropped, at any depth; null stays in a list, where it has a position;
// - in objects of Kubernetes' own kinds a member is dropped that is an empty list, or an empty map where the type is a
//   map (labels, nodeSelector); an empty struct (`emptyDir: {}`, `podSelector: {}`) means something and stays;
// - a quantity gets its canonical text;
// - a list with keys becomes a map, unless lists are to stay plain; elements keep their key members.

/** How an object is brought into form. */
export interface Form {
  readonly keyed: boolean
  /** Whether the object is of one of Kubernetes' own kinds. */
  readonly builtIn: boolean
  /** Told of every list that became a map, with its place in the result. */
  onKeyedList(place: Place, keys: ElementKeys): void
}

/** A place in an object as the way up: most places are passed without anybody asking for them. */
export interface Place {
  readonly above: Place | undefined
  readonly label: string
}

/** An object in the form above. What is in form already is shared with the object, not copied. */
export function normalise(object: DataObject, shape: Shape | undefined, form: Form): DataObject {
  // An object's own metadata is Kubernetes' own type, whatever the kind.
  const ofMetadata = form.builtIn ? form : { ...form, builtIn: true }
  return members(object, (value, label) => {
    const place = { above: undefined, label }
    return memberValue(value, fieldOf(shape, label), place, label === 'metadata' ? ofMetadata : form)
  })
}

/** A map with another value for each member, or without it; the map itself where nothing changes. */
function members(map: DataObject, valueFor: (value: Data, label: string) => Data | undefined): DataObject {
  let copy: Map<string, Data> | undefined
  for (const label in map) {
    const value = map[label] ?? null
    const kept = valueFor(value, label)
    if (kept === value) copy?.set(label, value)
    else {
      copy ??= membersBefore(map, label)
      if (kept !== undefined) copy.set(label, kept)
    }
  }
  return copy === undefined ? map : dataMap(copy)
}

function membersBefore(map: DataObject, end: string): Map<string, Data> {
  const before = new Map<string, Data>()
  for (const label in map) {
    if (label === end) break
    before.set(label, map[label] ?? null)
  }
  return before
}

function mapOf(map: DataObject, shape: Shape | undefined, place: Place, form: Form): DataObject {
  return members(map, (value, label) => memberValue(value, fieldOf(shape, label), { above: place, label }, form))
}

/** The value of a member in form, or nothing where it is as good as absent. */
function memberValue(value: Data, field: Field | undefined, place: Place, form: Form): Data | undefined {
  if (value === null) return undefined
  if (typeof value !== 'object') return field?.in === undefined ? valueOf(value, field, place, form) : value
  if (Array.isArray(value)) {
    if (value.length === 0 && form.builtIn) return undefined
    if (field?.in !== 'list') return listOf(value, undefined, place, form)
    return field.keys !== undefined && form.keyed
      ? keyedList(value, field, place, form)
      : listOf(value, field, place, form)
  }
  if (field?.in === 'map' && isDataObject(value)) {
    const map = members(value, (element, label) =>
      element === null ? undefined : valueOf(element, field, { above: place, label }, form),
    )
    return form.builtIn && Object.keys(map).length === 0 ? undefined : map
  }
  return valueOf(value, field?.in === undefined ? field : undefined, place, form)
}

/** A single value, or an element of a list or map: of the field's type. */
function valueOf(value: Data, field: Field | undefined, place: Place, form: Form): Data {
  if (field?.type === 'Quantity') return canonicalQuantity(value)
  if (Array.isArray(value)) return listOf(value, undefined, place, form)
  return isDataObject(value) ? mapOf(value, shapeIn(field), place, form) : value
}

function listOf(list: readonly Data[], field: Field | undefined, place: Place, form: Form): Data {
  const elements = list.map((element, index) => valueOf(element, field, { above: place, label: `${index}` }, form))
  return elements.every((element, index) => element === list[index]) ? list : elements
}

function keyedList(list: readonly Data[], field: Field, place: Place, form: Form): Data {
  const keys = elementKeys(list, field)
  form.onKeyedList(place, keys)
  const kept: [string, Data][] = []
  for (const [index, element] of list.entries()) {
    const label = keys.labels[index]
    if (label !== undefined && element !== null)
      kept.push([label, valueOf(element, field, { above: place, label }, form)])
  }
  return dataMap(kept)
}

/** The labels of a place, from the object down. */
export function pathOf(place: Place): Path {
  const path: string[] = []
  for (let here: Place | undefined = place; here !== undefined; here = here.above) path.push(here.label)
  return path.toReversed()
}
