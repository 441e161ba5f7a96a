import { isDataList, isDataObject, type Data } from '../model/data.ts'
import { maskedValue } from '../model/masked.ts'
import { isListPosition } from '../model/order.ts'
import type { PatchOperation } from '../model/patch.ts'
import type { Path } from '../model/path.ts'
import { valueAt, type Edit } from './edits.ts'
import { jsonPointer } from './pointer.ts'

/** An edit with labels as pointers have them: positions in lists, `-` for behind the last one. */
export interface PlacedEdit {
  readonly edit: Edit
  /** What must be as it was, so that positions are those that are meant. */
  readonly guards: readonly { readonly path: Path; readonly value: Data }[]
}

/**
 * Operations of a JSON Patch that make the edits, in an order in which no position is moved before it is used: tests, what is
 * replaced, what is added, what is removed, from the last to the first.
 */
export function operationsOf(placed: readonly PlacedEdit[]): readonly PatchOperation[] {
  const known = placed.filter(({ edit }) => edit.op === 'remove' || !isHidden(edit.value))
  const guards = new Map(
    known.flatMap((one) =>
      one.guards.flatMap(({ path, value }) => (isHidden(value) ? [] : [[jsonPointer(path), value] as const])),
    ),
  )
  const tests = Array.from(guards, ([path, value]): PatchOperation => ({ op: 'test', path, value }))
  const edits = known.map(({ edit }) => edit)
  const put = (wanted: 'add' | 'replace'): PatchOperation[] =>
    edits.flatMap((edit) =>
      edit.op === wanted ? [{ op: wanted, path: jsonPointer(edit.path), value: edit.value }] : [],
    )
  const gone = edits.flatMap((edit) => (edit.op === 'remove' ? [edit.path] : []))
  const removals = gone.toSorted(fromTheLast).map((path): PatchOperation => ({ op: 'remove', path: jsonPointer(path) }))
  return [...tests, ...put('replace'), ...put('add'), ...removals]
}

/** Edits of plain data, whose lists are lists: a position stands for the element that was there. */
export function placedPlain(before: Data, edits: readonly Edit[]): readonly PlacedEdit[] {
  return edits.map((edit) => ({ edit, guards: plainGuards(before, edit.path) }))
}

/** Whether something in a value is hidden, so that it can neither be tested nor written. */
function isHidden(value: Data): boolean {
  if (value === maskedValue) return true
  if (isDataList(value)) return value.some(isHidden)
  return isDataObject(value) && Object.values(value).some(isHidden)
}

function plainGuards(before: Data, path: Path): PlacedEdit['guards'] {
  const inList = path.findLastIndex((_, index) => {
    const around = valueAt(before, path.slice(0, index))
    return around !== undefined && isDataList(around)
  })
  const at = path.slice(0, inList + 1)
  const value = inList === -1 ? undefined : valueAt(before, at)
  return value === undefined ? [] : [{ path: at, value }]
}

function fromTheLast(a: Path, b: Path): number {
  for (const [index, label] of a.entries()) {
    const other = b[index]
    if (other === undefined) return -1
    if (label === other) continue
    if (isListPosition(label) && isListPosition(other)) return Number(other) - Number(label)
    return label < other ? 1 : -1
  }
  return a.length === b.length ? 0 : 1
}
