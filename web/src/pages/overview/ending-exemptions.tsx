import { moment, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { Shape } from '../../parts/shape.tsx'
import { now } from '../../parts/time.tsx'

/** Permissions that end within two weeks, or have. */
export function EndingExemptions({ environment }: { environment: string }) {
  const answer = useAnswer('listExemptions', {
    params: { workspace: workspace.value },
    query: { within: '14d', at: moment.value },
  })
  return (
    <WhenAnswered answer={answer}>
      {({ items }) => {
        const today = moment.value === undefined ? now.value : Date.parse(moment.value)
        const here = items.filter(({ environments }) => environments?.includes(environment) ?? true)
        if (here.length === 0) return <p class="dim">None ends within two weeks.</p>
        return (
          <ul class="why">
            {here.map(({ id, rule, path, owner, reason, expires, state }) => (
              <li key={id}>
                <Shape of="exempted" quiet />
                <span>
                  <b>{id}</b> {rule} at <code>{path}</code>
                  <small>
                    {owner}: {reason}
                  </small>
                </span>
                <time class={state === 'expired' ? 'num warn' : 'num'} dateTime={expires} title={`last day ${expires}`}>
                  {daysText(expires, today)}
                </time>
              </li>
            ))}
          </ul>
        )
      }}
    </WhenAnswered>
  )
}

const dayMs = 86_400_000

/** `in 8 d`, `3 d ago`: an exemption holds until the end of its last day, UTC. */
function daysText(expires: string, today: number): string {
  const days = Math.floor((Date.parse(expires) + dayMs - today) / dayMs)
  if (days === 0) return 'today'
  return days > 0 ? `in ${days} d` : `${-days} d ago`
}
