import type { LabelOrder } from '../document/label-order.ts'
import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { mapAt } from '../model/data-map.ts'
import type { Path } from '../model/path.ts'
import { learnCustomKinds, type CustomKinds } from './custom-kinds.ts'
import { identified, type TreeProblem } from './identity.ts'
import { shapeOf } from './known-kinds.ts'
import { withPlainLists } from './plain-lists.ts'

/** An object as Kubernetes has it, and where in the tree it stands. */
export interface TreeObject {
  readonly path: Path
  readonly object: DataObject
}

/** The objects of a tree, in its order, and what stands in the way of others. */
export interface ObjectsInTree {
  readonly objects: readonly TreeObject[]
  readonly problems: readonly TreeProblem[]
}

/**
 * The objects that a tree holds, their identity filled in and their lists by key lists again: the inverse of
 * `projectKubernetes`, but for what that drops or hides. Kinds are known from the tree's own CustomResourceDefinitions and
 * from those that are given; lists are in the order that is given of labels.
 */
export function objectsInTree(
  state: Data,
  definitions: readonly DataObject[] = [],
  order: LabelOrder = Object.keys,
): ObjectsInTree {
  const custom = learnCustomKinds([...definitions, ...definitionsIn(state)])
  const objects: TreeObject[] = []
  const problems: TreeProblem[] = []
  const collect = (path: Path, data: Data, depth: number): void => {
    if (depth === 0) {
      const { object, found } = objectAt(path, data, custom, order)
      problems.push(...found)
      if (object !== undefined) objects.push({ path, object })
    } else if (isDataObject(data))
      for (const [label, below] of Object.entries(data)) collect([...path, label], below, depth - 1)
    else problems.push({ path, problem: `there is no map of ${levels[depth] ?? ''}`, remedy: 'write a map there' })
  }
  if (!isDataObject(state))
    return { objects, problems: [{ path: [], problem: 'the state is no map', remedy: 'write a map' }] }
  if (state['cluster'] !== undefined) collect(['cluster'], state['cluster'], 2)
  if (state['namespaces'] !== undefined) collect(['namespaces'], state['namespaces'], 3)
  return { objects, problems }
}

/** What a level of the tree is a map of, by how far it is above objects. */
const levels: readonly string[] = ['members', 'objects by name', 'kinds', 'namespaces']

/** The kinds that a tree's own CustomResourceDefinitions define. */
export function customKindsIn(state: Data): CustomKinds {
  return learnCustomKinds(definitionsIn(state))
}

/** The CustomResourceDefinitions that a tree holds. */
export function definitionsIn(state: Data): readonly DataObject[] {
  const found = mapAt(mapAt(state, 'cluster'), 'CustomResourceDefinition.apiextensions.k8s.io') ?? {}
  return Object.values(found).filter(isDataObject)
}

function objectAt(
  path: Path,
  data: Data,
  custom: CustomKinds,
  order: LabelOrder,
): { readonly object?: DataObject; readonly found: readonly TreeProblem[] } {
  const identity = identified(path, data, custom)
  if (!('object' in identity)) return { found: [identity] }
  const { object, lost } = withPlainLists(identity.object, shapeOf(identity.kind, custom), (map, inside) =>
    order(map, [...path, ...inside]),
  )
  if (lost.length === 0) return { object, found: [] }
  return {
    found: lost.map(({ path: inside, becomes, keys }) => ({
      path: [...path, ...inside],
      problem: `no element of this list has such a key: its own members say \`${becomes}\``,
      remedy: `let the label be ${keys.map((key) => `\`${key}\``).join(', `/`, ')} of the element`,
    })),
  }
}
