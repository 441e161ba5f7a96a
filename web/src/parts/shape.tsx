import type { ComponentChildren } from 'preact'

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
  undecided: (
    <>
      <rect x="1.9" y="1.9" width="12.2" height="12.2" rx="2.6" class="o thin" />
      <path d="M5.9 6.5c0-2.7 4.2-2.7 4.2-.1 0 1.6-2.1 1.5-2.1 2.9M8 11.6v.2" class="o" />
    </>
  ),
  none: <path d="M2 9.5c2-3 4-3 6 0s4 3 6 0M2 5h12" class="o" />,
  exempted: (
    <>
      <circle cx="8" cy="8" r="5.75" class="o" />
      <path d="M4 12 12 4" class="o" />
    </>
  ),
}

/** The mark of an outcome. `quiet` where its word stands beside it. */
export function Shape({ of, quiet = false, big = false }: { of: Mark; quiet?: boolean; big?: boolean }) {
  const spoken = quiet ? ({ 'aria-hidden': 'true' } as const) : ({ role: 'img', 'aria-label': wordOf[of] } as const)
  return (
    <svg class={`shape ${of}${big ? ' big' : ''}`} viewBox="0 0 16 16" width="16" height="16" {...spoken}>
      {outlines[of]}
    </svg>
  )
}

/** Mark and word. */
export function Outcome({ of, children }: { of: Mark; children?: ComponentChildren }) {
  return (
    <span class={`outcome ${of}`}>
      <Shape of={of} quiet />
      {children ?? wordOf[of]}
    </span>
  )
}

/** The mark of a finding: that it is exempted says more than its outcome. */
export function markOf(finding: { readonly outcome: Mark; readonly exempted?: unknown }): Mark {
  return finding.exempted === undefined ? finding.outcome : 'exempted'
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
