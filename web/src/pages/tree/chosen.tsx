import type { ComponentChildren } from 'preact'
import { withParameters } from '../../address/address.ts'
import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { Explanation, Tree } from '../../api/operations.ts'
import { contactOf, environment } from '../../frame/workspace.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { CueText } from '../../parts/cue-text.tsx'
import { PathText } from '../../parts/path-text.tsx'
import { Outcome } from '../../parts/shape.tsx'
import { fullTime } from '../../parts/time.tsx'
import { valueText } from '../../parts/value.ts'
import { Contributors } from './contributors.tsx'
import { FindingsHere } from './findings-here.tsx'

type Snapshots = Tree['snapshots']

/** All that is known of the path that is chosen. */
export function Chosen({ at, snapshots }: { at: string; snapshots: Snapshots }) {
  const answer = useAnswer(
    'explainPath',
    environment.value === undefined
      ? undefined
      : {
          params: { workspace: workspace.value },
          query: { path: at, environment: environment.value, at: moment.value },
        },
  )
  return (
    <aside class="panel side" aria-labelledby="h-chosen">
      <header>
        <h2 id="h-chosen">
          <PathText at={at} />
        </h2>
        <a href={withParameters({ path: undefined })}>
          Close<span class="sr"> what is known of this path</span>
        </a>
      </header>
      <WhenAnswered answer={answer}>
        {(explanation) => <Known explanation={explanation} snapshots={snapshots} />}
      </WhenAnswered>
    </aside>
  )
}

function Known({ explanation, snapshots }: { explanation: Explanation; snapshots: Snapshots }) {
  const { verdict, value, exists, owner, conjuncts, observations } = explanation
  const seen = observations.filter((one) => 'value' in one)
  return (
    <>
      <p class="big">
        <Outcome of={verdict} />
      </p>
      <dl class="kv">
        <dt>Desired</dt>
        <dd>
          {exists ? (
            <code class="long">
              <CueText text={value ?? '_'} />
            </code>
          ) : (
            <span class="zero">nothing</span>
          )}
        </dd>
        <dt>Default</dt>
        <dd>
          {explanation.default === undefined ? (
            <span class="zero">none</span>
          ) : (
            <code>
              <CueText text={explanation.default} />
            </code>
          )}
        </dd>
        <dt>Observed</dt>
        <dd>
          {seen.length === 0 ? <span class="zero">nothing</span> : null}
          {seen.map(({ observer, sequence, value: reported }) => (
            <span key={`${observer} ${sequence}`} class="ob">
              <bdi class="mono">{valueText(reported)}</bdi>{' '}
              <small>
                {observer} #{sequence}
              </small>
            </span>
          ))}
        </dd>
        <dt>Owner</dt>
        <dd>
          {owner === undefined ? (
            <span class="zero">nobody</span>
          ) : (
            <>
              <b class="team">{owner}</b> <span class="contact">{contactOf(owner)}</span>
            </>
          )}
        </dd>
      </dl>
      <FindingsHere explanation={explanation} />
      <Contributors conjuncts={conjuncts} />
      <Sight explanation={explanation} snapshots={snapshots} />
    </>
  )
}

/** Who looked there, and when; those who saw nothing included. */
function Sight({ explanation: { observations, at }, snapshots }: { explanation: Explanation; snapshots: Snapshots }) {
  const reportedAt = (name: string): ComponentChildren => {
    const time = snapshots.find(({ observer, sequence }) => `${observer} #${sequence}` === name)?.observedAt
    return time === undefined ? null : <small>reported {fullTime(time)}</small>
  }

  const observers = new Map(observations.map((one) => [`${one.observer} #${one.sequence}`, one]))
  return (
    <section aria-labelledby="h-sight">
      <h3 id="h-sight">Who can see it</h3>
      {observers.size === 0 ? (
        <p class="nobody hatch">
          <b>Nobody looks there.</b>
        </p>
      ) : (
        <ul class="prov">
          {[...observers].map(([name, one]) => (
            <li key={name}>
              <b>{name}</b>
              <span>
                {'value' in one ? 'sees it' : <span class="dim">sees nothing there</span>}
                {reportedAt(name)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={pageAddress('findings', { path: at })}>Findings at this path and below</a>
      </p>
    </section>
  )
}
