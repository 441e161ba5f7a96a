import type { ComponentChildren } from 'preact'
import './steps.css'

/** What one can do, the first thing first. */
export interface Step {
  readonly what: ComponentChildren
  readonly how: ComponentChildren
}

/** Steps with numbers: any of them may be enough. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol class="steps">
      {steps.map(({ what, how }, index) => (
        <li key={index}>
          <b>{what}</b>
          <p>{how}</p>
        </li>
      ))}
    </ol>
  )
}
