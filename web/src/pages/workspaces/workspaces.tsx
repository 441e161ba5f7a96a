import { addressOf } from '../../address/address.ts'
import { useAnswer } from '../../api/answer.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { FirstSteps } from '../../parts/first-steps.tsx'
import { Panel, Title } from '../../parts/panel.tsx'

/** Every workspace that the reader may see; where there is none, how to make one. */
export function Workspaces() {
  const answer = useAnswer('listWorkspaces', { params: {} })
  return (
    <>
      <div class="head">
        <Title>Workspaces</Title>
      </div>
      <WhenAnswered answer={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <FirstUse />
          ) : (
            <Panel id="workspaces" title="What is kept here" flush>
              <ul class="rows">
                {items.map(({ name }) => (
                  <li key={name}>
                    <a class="row" href={addressOf(`w/${encodeURIComponent(name)}`)}>
                      {name}
                    </a>
                  </li>
                ))}
              </ul>
            </Panel>
          )
        }
      </WhenAnswered>
    </>
  )
}

function FirstUse() {
  return (
    <Panel id="first" title="Nothing is kept here yet">
      <FirstSteps />
    </Panel>
  )
}
