import { moment, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { Shape } from '../../parts/shape.tsx'

/** Permissions that end within two weeks, or have. */
export function EndingExemptions({ environment }: { environment: string }) {
  const answer = useAnswer('listExemptions', {
    params: { workspace: workspace.value },
    query: { within: '14d', at: moment.value },
  })
  return (
    <WhenAnswered answer={answer}>
      {({ items }) => {
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
                <span class={state === 'expired' ? 'num warn' : 'num'}>
                  {state === 'expired' ? 'ended' : 'until'} {expires}
                </span>
              </li>
            ))}
          </ul>
        )
      }}
    </WhenAnswered>
  )
}
