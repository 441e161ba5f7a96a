import type { ObserverNow, StoredSnapshot } from '../../api/operations.ts'
import { secondsOf } from '../../parts/duration.ts'
import type { Span } from './span.ts'

/** What an observer sent within a span, and when its last word was too old to count, in milliseconds. */
export interface Lane {
  readonly observer: string
  readonly times: readonly number[]
  readonly silences: readonly Span[]
}

/**
 * A lane for each observer, by name. Of snapshots only the newest are known: before the oldest of them nothing is said. Without a limit
 * of age no silence is too long.
 */
export function lanesOf(
  span: Span,
  observers: readonly ObserverNow[],
  { items, next }: { readonly items: readonly StoredSnapshot[]; readonly next?: string },
): readonly Lane[] {
  const names = new Set([...observers, ...items].map(({ observer }) => observer))
  const oldest = Math.min(...items.map(({ receivedAt }) => Date.parse(receivedAt)))
  const known = next === undefined || items.length === 0 ? span.from : Math.max(span.from, oldest)
  return [...names].toSorted().map((observer) => {
    const sent = items
      .filter((one) => one.observer === observer)
      .toSorted((a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt))
    const limit = observers.find((one) => one.observer === observer)?.maxAge
    const silences = sent.flatMap(({ observedAt }, index): Span[] => {
      if (limit === undefined) return []
      const following = sent[index + 1]?.receivedAt
      const from = Math.max(known, Date.parse(observedAt) + secondsOf(limit) * 1000)
      const to = Math.min(span.to, following === undefined ? span.to : Date.parse(following))
      return from < to ? [{ from, to }] : []
    })
    const times = sent.map(({ receivedAt }) => Date.parse(receivedAt)).filter((time) => time >= span.from)
    return { observer, times, silences }
  })
}
