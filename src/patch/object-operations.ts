import { isDataList, isDataObject, type Data, type DataObject } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'
import type { PatchOperation } from '../model/patch.ts'
import type { Path } from '../model/path.ts'
import { knownBelow, type Known } from '../kubernetes/known-below.ts'
import { withPlainLists } from '../kubernetes/plain-lists.ts'
import type { Shape } from '../kubernetes/shape.ts'
import { editsBetween, valueAt, type Edit } from './edits.ts'
import { operationsOf, type PlacedEdit } from './operations-of.ts'

/**
 * Operations that make one object of the tree of another, on the object as Kubernetes has it: elements of lists by key stand
 * at their positions, and their keys are tested first.
 */
export function objectOperations(
  before: DataObject,
  after: DataObject,
  shape: Shape | undefined,
): readonly PatchOperation[] {
  const place = placing(before, withPlainLists(before, shape).object, shape)
  const wanted = withPlainLists(after, shape).object
  const placeAfter = placing(after, wanted, shape)
  const edits = wholeLists(editsBetween(before, after), [before, after], shape)
  return operationsOf(
    edits.map((edit): PlacedEdit => {
      const { path, guards } = place(edit.path)
      if (edit.op === 'remove') return { edit: { op: 'remove', path }, guards }
      const value = valueAt(wanted, placeAfter(edit.path).path) ?? edit.value
      return { edit: { op: edit.op, path, value }, guards }
    }),
  )
}

/** Where a path of the tree stands in the object, and what has to be as it is for that; an element that is not there stands behind the last one. */
function placing(
  tree: DataObject,
  written: DataObject,
  shape: Shape | undefined,
): (path: Path) => Omit<PlacedEdit, 'edit'> & { readonly path: Path } {
  return (path) => {
    const at: string[] = []
    const guards: { readonly path: Path; readonly value: Data }[] = []
    const guard = (...labels: Path): void => {
      const value = valueAt(written, [...at, ...labels])
      if (value !== undefined) guards.push({ path: [...at, ...labels], value })
    }
    let value: Data | undefined = tree
    let known: Known = { shape }
    for (const label of path) {
      const keys = keysIn(value, known)
      if (keys === undefined) at.push(label)
      else {
        const position = Object.keys(value ?? {}).indexOf(label)
        at.push(position === -1 ? '-' : `${position}`)
        for (const key of keys) guard(key)
      }
      if (value !== undefined && isDataList(value)) guard()
      value = valueAt(value, [label])
      known = knownBelow(known, label)
    }
    return { path: at, guards }
  }
}

/** The keys of a list by key that stands as a map. */
function keysIn(value: Data | undefined, { container }: Known): readonly string[] | undefined {
  return container?.in === 'list' && value !== undefined && isDataObject(value) ? container.keys : undefined
}

/** The edits, but of the outermost list in which keys are repeated or absent one that puts all of it anew. */
function wholeLists(
  edits: readonly Edit[],
  [before, after]: readonly [DataObject, DataObject],
  shape: Shape | undefined,
): readonly Edit[] {
  const whole = new Map<string, Edit>()
  for (const edit of edits) {
    const [list] = [before, after]
      .flatMap((tree) => [irregularAround(tree, edit.path, shape)].filter((path) => path !== undefined))
      .toSorted((a, b) => a.length - b.length)
    const value = list && valueAt(after, list)
    const put: Edit = list === undefined || value === undefined ? edit : { op: 'replace', path: list, value }
    whole.set(JSON.stringify(put.path), put)
  }
  return [...whole.values()]
}

function irregularAround(tree: DataObject, path: Path, shape: Shape | undefined): Path | undefined {
  let value: Data | undefined = tree
  let known: Known = { shape }
  for (const [depth, label] of path.entries()) {
    const isByKey = keysIn(value, known) !== undefined
    if (isByKey && Object.keys(value ?? {}).some((key) => /#\d+$/.test(key))) return path.slice(0, depth)
    value = memberOf(value, label)
    known = knownBelow(known, label)
  }
  return undefined
}
