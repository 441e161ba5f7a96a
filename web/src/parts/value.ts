import type { TrackedFinding } from '../api/operations.ts'

const unseen = new Set(['stale', 'refused', 'unobserved'])

/** A value as one line of JSON; what is long is told by its size, as the lines that hold it stand on the page of the finding. */
export function valueText(value: unknown): string {
  if (value === undefined) return '—'
  const text = JSON.stringify(value)
  if (text.length <= most) return text
  if (Array.isArray(value)) return `[${value.length} elements]`
  if (typeof value === 'object' && value !== null) return `{${Object.keys(value).join(', ')}}`.slice(0, most)
  return `${text.slice(0, most)}…`
}

const most = 60

/** What was observed where a finding is: one value, several that differ, `?` where nobody could look, `—` where nothing is there. */
export function observedText({ kind, observations }: Pick<TrackedFinding, 'kind' | 'observations'>): string {
  if (unseen.has(kind)) return '?'
  const values = [...new Set(observations.filter((one) => 'value' in one).map(({ value }) => valueText(value)))]
  return values.length === 0 ? '—' : values.join(' ≠ ')
}
