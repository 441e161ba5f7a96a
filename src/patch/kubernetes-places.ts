import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { dataMap, memberOf } from '../model/data-map.ts'
import type { ObjectName } from '../model/patch.ts'
import type { Path } from '../model/path.ts'
import { groupKind } from '../kubernetes/group-kind.ts'
import { shapeOf } from '../kubernetes/known-kinds.ts'
import { customKindsIn, definitionsIn, objectsInTree, type TreeObject } from '../kubernetes/objects-in-tree.ts'
import type { Shape } from '../kubernetes/shape.ts'
import { valueAt } from './edits.ts'

/** A Kubernetes object of a state, whatever its tree is put below. */
export interface PlacedObject {
  readonly path: Path
  /** Where the tree begins. */
  readonly root: Path
  readonly object: DataObject
}

/** The object around, not at, a path; none where the state has no object there that says what it is. */
export function objectAround(state: Data, path: Path): PlacedObject | undefined {
  for (const [index, label] of path.entries()) {
    const depth = label === 'namespaces' ? index + 4 : label === 'cluster' ? index + 3 : Infinity
    const at = path.slice(0, depth)
    const object = path.length > depth ? valueAt(state, at) : undefined
    if (object !== undefined && isDataObject(object) && kindOf(object)?.name === at.at(-2))
      return { path: at, root: path.slice(0, index), object }
  }
  return undefined
}

function kindOf(object: DataObject): ReturnType<typeof groupKind> | undefined {
  const { apiVersion, kind } = object
  return typeof apiVersion === 'string' && typeof kind === 'string' ? groupKind(apiVersion, kind) : undefined
}

/** What is known of an object's fields. */
export function shapeIn(state: Data, { object, root }: PlacedObject): Shape | undefined {
  const kind = kindOf(object)
  return kind && shapeOf(kind, customKindsIn(valueAt(state, root) ?? null))
}

/** What identifies an object to Kubernetes. */
export function nameOf({ path, root, object }: PlacedObject): ObjectName {
  const namespace = path[root.length] === 'namespaces' ? path[root.length + 1] : undefined
  return {
    apiVersion: textOf(object['apiVersion']),
    kind: textOf(object['kind']),
    ...(namespace === undefined ? {} : { namespace }),
    name: path.at(-1) ?? '',
  }
}

function textOf(value: Data | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** The objects, as Kubernetes has them, in what is put at a path of a state; none where not all of it is objects. */
export function objectsAt(state: Data, path: Path, value: Data): readonly TreeObject[] | undefined {
  const first = path.findIndex(isTop)
  const hasTop = memberOf(value, 'namespaces') !== undefined || memberOf(value, 'cluster') !== undefined
  if (first === -1 && !hasTop) return undefined
  const root = first === -1 ? path : path.slice(0, first)
  const below = first === -1 ? [] : path.slice(first)
  const tree = below.toReversed().reduce<Data>((inside, label) => dataMap([[label, inside]]), value)
  const { objects, problems } = objectsInTree(tree, definitionsIn(valueAt(state, root) ?? null))
  if (problems.length > 0) return undefined
  return objects.map(({ path: inside, object }) => ({ path: [...root, ...inside], object }))
}

function isTop(label: string): boolean {
  return label === 'namespaces' || label === 'cluster'
}
