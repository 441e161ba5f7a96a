import type { ComponentChildren } from 'preact'
import { isUndecidedKind, type UndecidedKind, whyUndecided } from './why-undecided.ts'

/** What a mark can stand for: the outcomes and verdicts, and that something is exempted. */
export type Mark = 'conforms' | 'violates' | 'conflicts' | 'undecided' | 'none' | 'exempted'

/** The word of each mark, as people read it. */
export const wordOf: Readonly<Record<Mark, string>> = {
  conforms: 'conforms',
  violates: 'violates',
  conflicts: 'conflicts',
  undecided: 'undecided',
  none: 'information',
  exempted: 'exempted',
}

/** What findings of an outcome are called where their count stands before: `1 violation`, `3 undecided`. */
export function nounOf(outcome: Mark, count: number): string {
  if (outcome === 'conflicts') return count === 1 ? 'conflict' : 'conflicts'
  if (outcome === 'violates') return count === 1 ? 'violation' : 'violations'
  return outcome === 'none' ? 'for information' : wordOf[outcome]
}

/** The silhouette of all that is undecided, with what says why in it. */
function inBox(sign: ComponentChildren): ComponentChildren {
  return (
    <>
      <rect x="1.9" y="1.9" width="12.2" height="12.2" rx="2.6" class="o thin" />
      {sign}
    </>
  )
}

// A silhouette each, so that colour is never alone.
const outlines: Readonly<Record<Mark, ComponentChildren>> = {
  conforms: (
    <>
      <circle cx="8" cy="8" r="5.75" class="o" />
      <path d="M5.4 8.2 7.2 10l3.5-3.8" class="o" />
    </>
  ),
  violates: <path d="M8 1.6 14.4 8 8 14.4 1.6 8Z" class="f" />,
  conflicts: <path d="M1.8 3.2 7 8l-5.2 4.8ZM14.2 3.2 9 8l5.2 4.8Z" class="f" />,
  undecided: inBox(<path d="M5.9 6.5c0-2.7 4.2-2.7 4.2-.1 0 1.6-2.1 1.5-2.1 2.9M8 11.6v.2" class="o" />),
  none: <path d="M2 9.5c2-3 4-3 6 0s4 3 6 0M2 5h12" class="o" />,
  exempted: (
    <>
      <circle cx="8" cy="8" r="5.75" class="o" />
      <path d="M4 12 12 4" class="o" />
    </>
  ),
}

// Of what is undecided: a clock, a lock, an eye that is crossed out, and so on.
const signs: Readonly<Record<UndecidedKind, ComponentChildren>> = {
  contested: inBox(<path d="M4.9 6.4h6.2M4.9 9.6h6.2M10.1 4.3 5.9 11.7" class="o thin" />),
  stale: inBox(<path d="M8 4.3v4l2.7 1.7" class="o" />),
  refused: inBox(<path d="M4.9 7.5h6.2v4H4.9ZM6.2 7.4V6a1.8 1.8 0 0 1 3.6 0v1.4" class="o thin" />),
  unobserved: inBox(<path d="M3.8 8c2-3 6.4-3 8.4 0-2 3-6.4 3-8.4 0ZM4.6 11.6l6.8-7.2" class="o thin" />),
  incomplete: inBox(<path d="M4.9 8v.2M8 8v.2M11.1 8v.2" class="o" />),
  unreadable: inBox(<path d="M8 4.5v4.2M8 11.4v.2" class="o" />),
}

/** The mark of an outcome; of what is undecided for a reason that is known, the reason's own. `quiet` where its word stands beside it. */
export function Shape({
  of,
  why,
  quiet = false,
  big = false,
}: {
  of: Mark
  /** The kind of finding. */
  why?: string | undefined
  quiet?: boolean
  big?: boolean
}) {
  const reason = of === 'undecided' && isUndecidedKind(why) ? why : undefined
  const word = reason === undefined ? wordOf[of] : `${wordOf[of]}: ${whyUndecided[reason]}`
  const spoken = quiet ? ({ 'aria-hidden': 'true' } as const) : ({ role: 'img', 'aria-label': word } as const)
  return (
    <svg class={`shape ${of}${big ? ' big' : ''}`} viewBox="0 0 16 16" width="16" height="16" {...spoken}>
      {quiet || reason === undefined ? null : <title>{word}</title>}
      {reason === undefined ? outlines[of] : signs[reason]}
    </svg>
  )
}

/** Mark and word. */
export function Outcome({ of, why, children }: { of: Mark; why?: string | undefined; children?: ComponentChildren }) {
  return (
    <span class={`outcome ${of}`}>
      <Shape of={of} why={why} quiet />
      {children ?? wordOf[of]}
    </span>
  )
}

/** The mark of a finding, by what it counts as: that it is exempted says more than its outcome, and what is milder than an error is only told. */
export function markOf(finding: {
  readonly outcome: 'conflicts' | 'violates' | 'undecided' | 'none'
  readonly severity: string
  readonly exempted?: unknown
}): Exclude<Mark, 'conforms'> {
  if (finding.exempted !== undefined) return 'exempted'
  return finding.severity === 'error' ? finding.outcome : 'none'
}

/** Patterns that areas are filled with; once a page. */
export function Patterns() {
  return (
    <svg class="defs" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="p-undecided" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" class="pf" />
          <rect width="2" height="6" class="pl" />
        </pattern>
        <pattern id="p-conflicts" width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" class="cf" />
          <path d="M0 0 6 6M6 0 0 6" class="cl" />
        </pattern>
      </defs>
    </svg>
  )
}

/** The fill of an area of a mark, where it is a pattern; the others are colours by class. */
export function patternOf(mark: Mark): string | undefined {
  if (mark === 'undecided') return 'url(#p-undecided)'
  return mark === 'conflicts' ? 'url(#p-conflicts)' : undefined
}
