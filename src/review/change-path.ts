import type { Path } from '../model/path.ts'

/** A label of a path that a change is about, or the pattern that stands there: `string`, `=~"^a"`. */
export type ChangeLabel = string | { readonly pattern: string }

const steps = /\[(?:"(?:[^"\\]|\\.)*"|[^\]"])*\]|"(?:[^"\\]|\\.)*"|[^.[\]"]+/g

/** The path of a change in which `[]` is the pattern that its text has there; the empty pattern, any label, where that cannot be told. */
export function changePath(path: Path, at: string): readonly ChangeLabel[] {
  const texts = at.match(steps) ?? []
  return path.map((label, index) => {
    if (label !== '[]') return label
    return { pattern: texts.length === path.length ? (texts[index] ?? '').slice(1, -1) : '' }
  })
}

const everyLabel = new Set(['', 'string', '_'])

/** Whether what stands in the path of a change means a plain label; undefined where that cannot be told here. */
export function meansLabel(changed: ChangeLabel, label: string): boolean | undefined {
  if (typeof changed === 'string') return changed === label
  if (everyLabel.has(changed.pattern)) return true
  const [, operator, quoted] = /^([=!]~)("(?:[^"\\]|\\.)*")$/s.exec(changed.pattern) ?? []
  if (quoted === undefined) return undefined
  try {
    return new RegExp(JSON.parse(quoted), 'u').test(label) === (operator === '=~')
  } catch {
    // Not every regular expression of CUE is one here.
    return undefined
  }
}
