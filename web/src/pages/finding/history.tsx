import type { FindingHistory } from '../../api/operations.ts'
import { markOf, Shape } from '../../parts/shape.tsx'
import { fullTime } from '../../parts/time.tsx'
import { causeText } from '../../parts/cause-text.ts'

/** When it was found and when it went, newest first, each with what brought that. */
export function History({ finding }: { finding: FindingHistory }) {
  const { history } = finding
  const steps = history.flatMap(({ from, cause, until, untilCause }, index) => [
    { at: from, what: index === 0 ? 'first seen' : 'reopened', cause, gone: false },
    ...(until === undefined || untilCause === undefined
      ? []
      : [{ at: until, what: 'resolved', cause: untilCause, gone: true }]),
  ])
  return (
    <ol class="events short">
      {steps.toReversed().map(({ at, what, cause, gone }) => (
        <li key={`${at} ${what}`}>
          <time class="num" dateTime={at}>
            {fullTime(at)}
          </time>
          <span class="kind" aria-hidden="true">
            <Shape of={gone ? 'conforms' : markOf(finding)} why={finding.kind} quiet />
          </span>
          <span>
            <b>{what}</b>
            <small>{causeText(cause)}</small>
          </span>
        </li>
      ))}
    </ol>
  )
}
