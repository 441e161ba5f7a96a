import { go, withParameters } from '../address/address.ts'
import { moment, team } from '../address/lens.ts'
import { answeredAt } from '../api/answer.ts'
import { news } from '../api/live.ts'
import { Age, clockTime } from '../parts/time.tsx'
import { Shape } from '../parts/shape.tsx'
import { MomentSteps } from './moment-steps.tsx'
import { environment, environments, teams, verdicts } from './workspace.ts'
import './lens-bar.css'

/** Environment, point in time and team, on every page; each verdict stays in sight. */
export function LensBar() {
  return (
    <div class="bar2" role="group" aria-label="What you look at">
      <Environments />
      <MomentSteps />
      <label class="pick">
        <span>Team</span>
        <select
          value={team.value ?? ''}
          onChange={({ currentTarget }) => go(withParameters({ team: currentTarget.value }))}
        >
          <option value="">everyone</option>
          {teams.value.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {moment.value === undefined ? <Checked /> : null}
    </div>
  )
}

function Environments() {
  const last = environments.value.at(-1)
  return (
    <div class="seg" role="group" aria-label="Environment">
      {environments.value.map((name) => {
        const verdict = verdicts.value?.environments.find((one) => one.name === name)?.verdict
        return (
          <a
            key={name}
            href={withParameters({ env: name === last ? undefined : name })}
            aria-current={environment.value === name ? 'true' : undefined}
          >
            {verdict === undefined ? null : <Shape of={verdict} />}
            {name}
          </a>
        )
      })}
    </div>
  )
}

/** When the environment was checked last, and whether news would come. */
function Checked() {
  const now = verdicts.value?.environments.find(({ name }) => name === environment.value)
  return (
    <span class={news.value.connected ? 'live' : 'live lost'}>
      <i aria-hidden="true" />
      {now?.checkedAt === undefined ? (
        'never checked'
      ) : (
        <span>
          checked <Age since={now.checkedAt} />
          {now.pending ? ', a newer check is on its way' : ''}
        </span>
      )}
      {news.value.connected ? null : (
        <span>
          not connected; trying again
          {answeredAt.value === undefined ? null : <>. What you see is of {clockTime(answeredAt.value)} UTC</>}
        </span>
      )}
    </span>
  )
}
