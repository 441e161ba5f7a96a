import { comparePath, compareText } from '../model/order.ts'
import { formatPath, type Path } from '../model/path.ts'
import { type CueField, type CueOutline, cueOutline } from './cue-outline.ts'

/** A path at which two desired states have different texts; what is added or gone as a whole is one change. */
export interface TextChange {
  readonly at: string
  readonly path: Path
  /** CUE text; absent where there was nothing. */
  readonly before?: string
  readonly after?: string
}

/** Changed paths between two desired states, given as CUE text, sorted by path. */
export function changesBetween(before: string, after: string): readonly TextChange[] {
  if (before === after) return []
  const changes = changesOf([], cueOutline(before), cueOutline(after))
  return changes.toSorted((a, b) => comparePath(a.path, b.path))
}

function changesOf(path: Path, before: CueOutline, after: CueOutline): readonly TextChange[] {
  if (before.text === after.text) return []
  if (before.fields === undefined || after.fields === undefined) return [changed(path, before.text, after.text)]
  const rest = before.rest === after.rest ? [] : [changed(path, before.rest, after.rest)]
  return [...rest, ...fieldChanges(path, before.fields, after.fields)]
}

function fieldChanges(path: Path, before: readonly CueField[], after: readonly CueField[]): readonly TextChange[] {
  const [old, now] = [byLabel(before), byLabel(after)]
  const labels = [...new Set([...old.keys(), ...now.keys()])].toSorted(compareText)
  return labels.flatMap((label) => {
    const [left, right] = [old.get(label), now.get(label)]
    const here = [...path, label]
    if (left === undefined || right === undefined || left.mark !== right.mark)
      return [changed(here, marked(left, right), marked(right, left))]
    return changesOf(here, left.value, right.value)
  })
}

function byLabel(fields: readonly CueField[]): ReadonlyMap<string, CueField> {
  return new Map(fields.map((field) => [field.label, field]))
}

/** The value, after its label and mark where these are what changed. */
function marked(field: CueField | undefined, other: CueField | undefined): string | undefined {
  if (field === undefined) return undefined
  const { label, mark, value } = field
  if (mark === (other?.mark ?? mark)) return value.text
  return `${formatPath([label])}${mark}: ${value.text}`
}

function changed(path: Path, before: string | undefined, after: string | undefined): TextChange {
  return {
    at: formatPath(path),
    path,
    ...(before === undefined ? {} : { before: cut(before) }),
    ...(after === undefined ? {} : { after: cut(after) }),
  }
}

const longest = 1000

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length - longest} characters more)`
}
