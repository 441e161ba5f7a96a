import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { environment, isFirstLook, isUnseen, verdicts } from '../../frame/workspace.ts'
import { FirstSteps } from '../../parts/first-steps.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Skeleton } from '../../parts/answered.tsx'
import { ByTeam } from './by-team.tsx'
import { Changes } from './changes.tsx'
import { DesiredAlone } from './desired-alone.tsx'
import { EndingExemptions } from './ending-exemptions.tsx'
import { Evidence } from './evidence.tsx'
import { Strip } from './strip.tsx'
import { Undecided } from './undecided.tsx'
import { VerdictSentence } from './verdict-sentence.tsx'
import './overview.css'

/** Is it as we want it, what do we not know, what changed: of one environment, with the others in sight. */
export function Overview() {
  const name = environment.value
  const now = verdicts.value?.environments.find((one) => one.name === name)
  if (name === undefined || now === undefined) return <Skeleton />
  // Of what was said before anything was seen, nothing tells of what is there.
  if (isFirstLook(now)) return <VerdictSentence now={now} />
  if (isUnseen(name))
    return (
      <>
        <VerdictSentence now={now} />
        <Panel id="h-first" title="Nobody looks yet">
          <FirstSteps workspace={workspace.value} environment={name} />
        </Panel>
        <DesiredAlone environment={name} />
      </>
    )
  return (
    <>
      <VerdictSentence now={now} />
      {now.verdict === 'conforms' ? <Evidence environment={name} /> : null}
      <Panel
        id="h-time"
        title={moment.value === undefined ? 'The last 24 hours' : 'The 24 hours before'}
        flush
        aside={<span class="note">by the time at which Congruent learned it</span>}
      >
        <Strip environment={name} />
      </Panel>
      <div class="cols">
        <Panel
          id="h-changed"
          title="What changed"
          aside={<a href={pageAddress('findings', { sort: 'since' })}>Findings, newest first</a>}
        >
          <Changes environment={name} />
        </Panel>
        <div class="stack">
          <Panel
            id="h-undecided"
            title="Undecided, and why"
            aside={<a href={pageAddress('findings', { outcome: 'undecided' })}>All of them</a>}
          >
            <Undecided environment={name} />
          </Panel>
          <Panel id="h-exemptions" title="Exemptions about to end">
            <EndingExemptions environment={name} />
          </Panel>
        </div>
      </div>
      <Panel id="h-team" title="By team" aside={<span class="note">who owns the path, or whose rule it is</span>}>
        <ByTeam environment={name} />
      </Panel>
    </>
  )
}
