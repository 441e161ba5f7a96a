import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { WorkspaceEvent } from '../../api/operations.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { causeText } from '../../parts/cause-text.ts'
import { Outcome } from '../../parts/shape.tsx'
import { clockTime, fullTime } from '../../parts/time.tsx'

type Check = WorkspaceEvent & { readonly kind: 'check' }

/** Checks that found something else than the one before: what brought that, and what it was. */
export function Changes({ environment }: { environment: string }) {
  const answer = useAnswer('listEvents', {
    params: { workspace: workspace.value },
    query: { kinds: ['check'], to: moment.value, limit: 200 },
  })
  return (
    <WhenAnswered answer={answer}>
      {({ items }) => {
        const changes = items.filter(
          (event): event is Check => event.kind === 'check' && event.environment === environment && isChange(event),
        )
        if (changes.length === 0)
          return <p class="dim">Nothing that was found changed in the last {items.length} checks.</p>
        return (
          <ol class="events">
            {changes.slice(0, 8).map((event) => (
              <li key={event.event} class={event.cause.kind}>
                <time class="num" dateTime={event.at} title={fullTime(event.at)}>
                  {clockTime(event.at)}
                </time>
                <span class="kind" aria-hidden="true">
                  {marks[event.cause.kind]}
                </span>
                <a href={pageAddress('', { at: event.at })}>{causeText(event.cause)}</a>
                <span class="effect num">
                  {event.change.added > 0 ? <Outcome of="violates">+{event.change.added}</Outcome> : null}
                  {event.change.gone > 0 ? <Outcome of="conforms">−{event.change.gone}</Outcome> : null}
                </span>
              </li>
            ))}
          </ol>
        )
      }}
    </WhenAnswered>
  )
}

const marks: Readonly<Record<Check['cause']['kind'], string>> = {
  revision: '▾',
  snapshot: '|',
  silence: '▨',
  request: '·',
}

function isChange({ change }: Check): boolean {
  return change.added + change.gone > 0
}
