import { workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { counted, Panel } from '../../parts/panel.tsx'

/** What is demanded where nobody looks: wanted, and undecided all of it. */
export function DesiredAlone({ environment }: { environment: string }) {
  const answer = useAnswer('getTree', { params: { workspace: workspace.value }, query: { environment } })
  return (
    <Panel id="h-desired" title="What is demanded">
      <WhenAnswered answer={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <div class="nobody">Nothing yet: no fragment was pushed.</div>
          ) : (
            <ul class="unseen">
              {items.map(({ at, text, members }) => (
                <li key={at} class="nobody hatch">
                  <b class="mono">{at}</b>
                  <span>{text === undefined ? counted(members ?? 0, 'field') : <code>{text}</code>}: nobody looks</span>
                </li>
              ))}
            </ul>
          )
        }
      </WhenAnswered>
    </Panel>
  )
}
