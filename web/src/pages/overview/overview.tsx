import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { environment, isFirstLook, isUnseen, verdicts } from '../../frame/workspace.ts'
import { FirstSteps } from '../../parts/first-steps.tsx'
import { counted, Panel } from '../../parts/panel.tsx'
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
  const undecided = now.counts?.byOutcome.undecided ?? 0
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
        aside={
          <span class="note">
            by the time at which Congruent learned it; observers’ own clocks are on{' '}
            <a href={pageAddress('observers')}>Observers</a>
          </span>
        }
      >
        <Strip environment={name} />
      </Panel>
      <div class="cols">
        <Panel
          id="h-changed"
          title="What changed"
          aside={
            <a href={pageAddress('findings', { since: '24h', sort: 'since' })}>
              {moment.value === undefined ? 'All findings since yesterday' : 'All that came in the day before'}
            </a>
          }
        >
          <Changes environment={name} />
        </Panel>
        <div class="stack">
          <Panel
            id="h-undecided"
            title="Undecided, and why"
            aside={
              undecided === 0 ? null : (
                <a href={pageAddress('findings', { outcome: 'undecided' })}>{counted(undecided, 'path')}</a>
              )
            }
          >
            <Undecided environment={name} />
          </Panel>
          <Panel
            id="h-exemptions"
            title="Exemptions about to end"
            aside={<a href={`${pageAddress('rules')}#h-exemptions`}>All of them</a>}
          >
            <EndingExemptions environment={name} />
          </Panel>
        </div>
      </div>
      <Panel id="h-team" title="By team" aside={<span class="note">who owns the path, else whose rule it is</span>}>
        <ByTeam environment={name} />
      </Panel>
    </>
  )
}
