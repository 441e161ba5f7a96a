import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

/** Something closed that makes its content only once it is opened. */
export function Folding({ summary, children }: { summary: ComponentChildren; children: ComponentChildren }) {
  const [isOpened, setOpened] = useState(false)
  return (
    <details class="folding" onToggle={({ currentTarget }) => setOpened(isOpened || currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpened ? children : null}
    </details>
  )
}
