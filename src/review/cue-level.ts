import { compareText } from '../model/order.ts'
import type { CueField, CueOutline } from './cue-outline.ts'

/** One label of a level of a tree. */
export interface LevelEntry {
  readonly label: string
  readonly kind: 'struct' | 'list' | 'value'
  /** `!` where the field is required. */
  readonly mark?: '!' | '?'
  /** CUE text, but of a struct. */
  readonly text?: string
  /** Labels of a struct. */
  readonly members?: number
}

/** The labels of a value, sorted; none where it is no struct of fields. */
export function levelOf({ fields = [] }: CueOutline): readonly LevelEntry[] {
  return fields.map(entryOf).toSorted((a, b) => compareText(a.label, b.label))
}

function entryOf({ label, mark, value }: CueField): LevelEntry {
  const marked = mark === '' ? {} : { mark }
  if (value.fields !== undefined) return { label, kind: 'struct', ...marked, members: value.fields.length }
  return { label, kind: value.text.startsWith('[') ? 'list' : 'value', ...marked, text: value.text }
}
