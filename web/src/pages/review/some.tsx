import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

/** The first of many, and more of them when they are wanted: a list of any length stays quick. */
export function Some<T>({
  of,
  first,
  step = 100,
  what = '',
  children,
  more,
}: {
  of: readonly T[]
  first: number
  step?: number
  /** What they are, where the place does not say it. */
  what?: string
  children: (one: T, index: number) => ComponentChildren
  /** Stands around the button that shows more. */
  more: (button: ComponentChildren) => ComponentChildren
}) {
  const [shown, setShown] = useState(first)
  const left = of.length - shown
  return (
    <>
      {of.slice(0, shown).map(children)}
      {left <= 0
        ? null
        : more(
            <button type="button" class="link" onClick={() => setShown(shown + step)}>
              Show {left > step ? `${step} of ${left.toLocaleString('en')}` : left} more {what}
            </button>,
          )}
    </>
  )
}
