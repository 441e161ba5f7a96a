import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { dataMap } from './data-map.ts'
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
  /** Told of every list that became a map, with its labels in the result. */
  onKeyedList(path: readonly string[], keys: ElementKeys): void
}

/** An object in the form above. */
export function normalise(object: DataObject, shape: Shape | undefined, form: Form): DataObject {
  return mapOf(object, shape, [], form)
}

function mapOf(map: DataObject, shape: Shape | undefined, path: readonly string[], form: Form): DataObject {
  const members: [string, Data][] = []
  for (const [label, value] of Object.entries(map)) {
    // An object's own metadata is Kubernetes' own type, whatever the kind.
    const inner = path.length === 0 && label === 'metadata' ? { ...form, builtIn: true } : form
    const kept = memberValue(value, fieldOf(shape, label), [...path, label], inner)
    if (kept !== undefined) members.push([label, kept])
  }
  return dataMap(members)
}

/** The value of a member in form, or nothing where it is as good as absent. */
function memberValue(value: Data, field: Field | undefined, path: readonly string[], form: Form): Data | undefined {
  if (value === null) return undefined
  if (Array.isArray(value)) {
    if (value.length === 0 && form.builtIn) return undefined
    if (field?.in !== 'list') return listOf(value, undefined, path, form)
    return field.keys !== undefined && form.keyed
      ? keyedList(value, field, path, form)
      : listOf(value, field, path, form)
  }
  if (field?.in === 'map' && isDataObject(value)) {
    const members = Object.entries(value).filter(([, element]) => element !== null)
    if (members.length === 0 && form.builtIn) return undefined
    return dataMap(members.map(([label, element]) => [label, valueOf(element, field, [...path, label], form)]))
  }
  return valueOf(value, field?.in === undefined ? field : undefined, path, form)
}

/** A single value, or an element of a list or map: of the field's type. */
function valueOf(value: Data, field: Field | undefined, path: readonly string[], form: Form): Data {
  if (field?.type === 'Quantity') return canonicalQuantity(value)
  if (Array.isArray(value)) return listOf(value, undefined, path, form)
  return isDataObject(value) ? mapOf(value, shapeIn(field), path, form) : value
}

function listOf(list: readonly Data[], field: Field | undefined, path: readonly string[], form: Form): Data {
  return list.map((element, index) => valueOf(element, field, [...path, `${index}`], form))
}

function keyedList(list: readonly Data[], field: Field, path: readonly string[], form: Form): Data {
  const keys = elementKeys(list, field)
  form.onKeyedList(path, keys)
  const members: [string, Data][] = []
  for (const [index, element] of list.entries()) {
    const label = keys.labels[index]
    if (label !== undefined && element !== null) members.push([label, valueOf(element, field, [...path, label], form)])
  }
  return dataMap(members)
}
