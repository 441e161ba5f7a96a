import { isDataList, isDataObject, type Data, type DataObject } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import { comparePath } from '../model/order.ts'
import type { CreatedObject, ThingPatch } from '../model/patch.ts'
import { formatPath, type Path } from '../model/path.ts'
import { editsBetween, valueAt, withValue, type Edit } from './edits.ts'
import { nameOf, objectAround, objectsAt, shapeIn, type PlacedObject } from './kubernetes-places.ts'
import { objectOperations } from './object-operations.ts'
import { operationsOf, placedPlain } from './operations-of.ts'

/** What changes, by the thing that it is about. */
export interface Things {
  /** Sorted by place. */
  readonly patches: readonly ThingPatch[]
  /** Sorted by place. */
  readonly create: readonly CreatedObject[]
  /** For `kubectl apply --server-side`: of each object only what is put there, and new objects; sorted by place. */
  readonly manifests: readonly DataObject[]
  /** What no manifest can say: places that are to be removed, and those of no object. */
  readonly unsaid: readonly Path[]
}

/** What makes one state of another: a patch of its own for each Kubernetes object, new ones as manifests, and one patch for all that is no object. */
export function thingsBetween(before: DataObject, after: DataObject): Things {
  const { changed, created, others } = sorted(before, after)
  const patches = changed.flatMap(({ placed }): readonly ThingPatch[] => {
    const now = valueAt(after, placed.path)
    if (now === undefined || !isDataObject(now)) return []
    const operations = objectOperations(placed.object, now, shapeIn(before, placed))
    return [{ at: formatPath(placed.path), object: nameOf(placed), operations }]
  })
  const rest = operationsOf(placedPlain(before, others))
  const partial = changed.flatMap(({ placed, edits }) => partialManifest(after, placed, edits))
  const removed = changed.flatMap(({ edits }) => edits.flatMap(({ op, path }) => (op === 'remove' ? [path] : [])))
  return {
    patches: [...(rest.length === 0 ? [] : [{ at: '', operations: rest }]), ...patches],
    create: created.map(({ path, object }) => ({ at: formatPath(path), manifest: object })),
    manifests: [...partial, ...created].toSorted((a, b) => comparePath(a.path, b.path)).map(({ object }) => object),
    unsaid: [...removed, ...others.map(({ path }) => path)].toSorted(comparePath),
  }
}

interface ManifestAt {
  readonly path: Path
  readonly object: DataObject
}

interface Sorted {
  readonly changed: readonly { readonly placed: PlacedObject; readonly edits: readonly Edit[] }[]
  readonly created: readonly ManifestAt[]
  readonly others: readonly Edit[]
}

function sorted(before: DataObject, after: DataObject): Sorted {
  const changed = new Map<string, { readonly placed: PlacedObject; readonly edits: Edit[] }>()
  const created: ManifestAt[] = []
  const others: Edit[] = []
  for (const edit of editsBetween(before, after)) {
    const placed = objectAround(before, edit.path)
    const objects = placed === undefined && edit.op === 'add' ? objectsAt(after, edit.path, edit.value) : undefined
    if (placed !== undefined) {
      const key = JSON.stringify(placed.path)
      const known = changed.get(key) ?? { placed, edits: [] }
      known.edits.push(edit)
      changed.set(key, known)
    } else if (objects === undefined) others.push(edit)
    else created.push(...objects)
  }
  const byPath = (a: { readonly path: Path }, b: { readonly path: Path }): number => comparePath(a.path, b.path)
  return {
    changed: [...changed.values()].toSorted((a, b) => byPath(a.placed, b.placed)),
    created: created.toSorted(byPath),
    others,
  }
}

/** An object with nothing but what identifies it and what is put there; lists that are one value are whole. */
function partialManifest(
  after: DataObject,
  { path, object }: PlacedObject,
  edits: readonly Edit[],
): readonly ManifestAt[] {
  const put = edits.filter(({ op }) => op !== 'remove')
  if (put.length === 0) return []
  const identity: Data = dataMap([
    ['apiVersion', object['apiVersion'] ?? null],
    ['kind', object['kind'] ?? null],
  ])
  const partial = put.reduce<Data>((data, edit) => {
    const list = edit.path.findIndex((_, depth) => isList(valueAt(after, edit.path.slice(0, depth))))
    const at = list === -1 ? edit.path : edit.path.slice(0, list)
    return withValue(data, at.slice(path.length), valueAt(after, at) ?? null)
  }, identity)
  return objectsAt(after, path, partial) ?? []
}

function isList(value: Data | undefined): boolean {
  return value !== undefined && isDataList(value)
}
