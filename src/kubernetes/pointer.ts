import type { Data, DataObject } from '../model/data.ts'
import { isListPosition } from '../model/order.ts'
import type { Path } from '../model/path.ts'
import { memberOf } from '../model/data-map.ts'
import { elementKeys } from './keyed-lists.ts'
import { shapeIn } from './known-kinds.ts'
import { fieldOf, type Field, type Shape } from './shape.ts'

/** Where the labels of lists by key stand in the lists; kept between questions, since lists can be long. */
export type KeyPositions = WeakMap<readonly Data[], Map<Field, ReadonlyMap<string, number>>>

/** What is known of a value on the way: its own shape, or the field whose list or map it is. */
interface Known {
  readonly shape?: Shape | undefined
  readonly container?: Field | undefined
}

/**
 * The way back: where a path of an object in form (lists by key, if `positions` are given) stands in the object as it
 * was written. From what does not exist on, labels are kept as they are.
 */
export function writtenPointer(
  object: DataObject,
  shape: Shape | undefined,
  path: Path,
  positions?: KeyPositions,
): Path {
  const pointer: string[] = []
  let value: Data | undefined = object
  let known: Known = { shape }
  for (const label of path) {
    if (Array.isArray(value)) {
      const { container } = known
      const byKey: boolean = positions !== undefined && container?.in === 'list' && container.keys !== undefined
      const index: number | undefined = byKey ? labelPositions(value, container ?? {}, positions).get(label) : undefined
      const written: string = index === undefined ? label : `${index}`
      pointer.push(written)
      value = isListPosition(written) ? value[Number(written)] : undefined
      known = { shape: container?.in === 'list' ? shapeIn(container) : undefined }
    } else {
      pointer.push(label)
      value = memberOf(value, label)
      known = below(known, label)
    }
  }
  return pointer
}

/** What is known of a map's member. */
function below(known: Known, label: string): Known {
  if (known.container !== undefined)
    return { shape: known.container.in === 'map' ? shapeIn(known.container) : undefined }
  const field = fieldOf(known.shape, label)
  return field?.in === undefined ? { shape: shapeIn(field) } : { container: field }
}

function labelPositions(
  list: readonly Data[],
  field: Field,
  known: KeyPositions | undefined,
): ReadonlyMap<string, number> {
  const ofList = known?.get(list) ?? new Map<Field, ReadonlyMap<string, number>>()
  const positions = ofList.get(field) ?? new Map(elementKeys(list, field).labels.map((label, index) => [label, index]))
  known?.set(list, ofList.set(field, positions))
  return positions
}
