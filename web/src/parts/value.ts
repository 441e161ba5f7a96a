import type { TrackedFinding } from '../api/operations.ts'

const unseen = new Set(['stale', 'refused', 'unobserved'])

/** A value as one line of CUE; what is long is told by its size, as the lines that hold it stand on the page of the finding. */
export function valueText(value: unknown): string {
  if (value === undefined) return '—'
  if (typeof value === 'string') return stringText(value)
  const text = JSON.stringify(value)
  if (text.length > most && Array.isArray(value)) return `[${value.length} elements]`
  if (text.length > most && isObject(value)) return keysText(Object.keys(value))
  return text.length > most ? `${text.slice(0, most)}…` : cueText(value)
}

const most = 60

function cueText(value: unknown): string {
  if (typeof value === 'string') return stringText(value)
  if (Array.isArray(value)) return `[${value.map(cueText).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, member]) => `${keyText(key)}: ${cueText(member)}`)
    .join(', ')}}`
}

/** Between `#"` and `"#` where quotes or backslashes would have to be escaped: a document in a string stays readable. */
function stringText(value: string): string {
  const start = value.slice(0, most)
  const isRaw = /["\\]/.test(start) && !/[\p{Cc}]|"#|\\#/u.test(start)
  const text = isRaw ? `#"${start}"#` : JSON.stringify(start)
  if (value.length <= most) return text
  return `${text.slice(0, isRaw ? -2 : -1)}…`
}

/** As many keys as there is room for. */
function keysText(keys: readonly string[]): string {
  let text = ''
  for (const key of keys) {
    const next = `${text}${text === '' ? '' : ', '}${keyText(key)}`
    if (next.length > most) return `{${text}${text === '' ? '' : ', '}…}`
    text = next
  }
  return `{${text}}`
}

function keyText(key: string): string {
  return /^[\p{L}$][\p{L}\p{Nd}_$]*$/u.test(key) ? key : JSON.stringify(key)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** What was observed where a finding is: one value, several that differ, `?` where nobody could look, `—` where nothing is there. */
export function observedText({ kind, observations }: Pick<TrackedFinding, 'kind' | 'observations'>): string {
  if (unseen.has(kind)) return '?'
  const values = [...new Set(observations.filter((one) => 'value' in one).map(({ value }) => valueText(value)))]
  return values.length === 0 ? '—' : values.join(' ≠ ')
}
