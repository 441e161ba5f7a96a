import type { ComponentChildren } from 'preact'
import { moment, pageAddress, team } from '../../address/lens.ts'
import type { Verdicts } from '../../frame/workspace.ts'
import { environment, isFirstLook, isUnseen, verdicts } from '../../frame/workspace.ts'
import { counted, Title } from '../../parts/panel.tsx'
import { Shape } from '../../parts/shape.tsx'
import { clockTime } from '../../parts/time.tsx'

type Now = Verdicts['environments'][number]
type Verdict = Now['verdict']

const present: Readonly<Record<Verdict, string>> = {
  conforms: 'is as its teams want it',
  violates: 'violates what its teams want',
  conflicts: 'cannot be as its teams want it: they contradict each other',
  undecided: 'cannot be judged: too little was seen',
}
const past: Readonly<Record<Verdict, string>> = {
  conforms: 'was as its teams wanted it',
  violates: 'violated what its teams wanted',
  conflicts: 'could not be as its teams wanted it: they contradicted each other',
  undecided: 'could not be judged: too little was seen',
}

/** The verdict in one sentence that could be read aloud; its numbers lead to the findings. */
export function VerdictSentence({ now }: { now: Now }) {
  const at = moment.value
  const sentence = isFirstLook(now)
    ? `${now.name} is being checked`
    : at === undefined
      ? `${now.name} ${present[now.verdict]}`
      : `At ${clockTime(at)}, ${now.name} ${past[now.verdict]}`
  return (
    <div class="verdict">
      <Shape of={now.verdict} big quiet />
      <div>
        <Title>{sentence}</Title>
        <p class="lead">
          <Counts now={now} /> <Others />
        </p>
      </div>
    </div>
  )
}

function Counts({ now: { counts, check } }: { now: Now }) {
  if (verdicts.value?.environments.some((one) => one.name === environment.value && isFirstLook(one)))
    return <>What was observed was compared with nothing yet.</>
  if (isUnseen(environment.value ?? '')) return <>Nobody reported anything yet, so nothing can be said.</>
  if (counts === undefined)
    return check === undefined ? <>Nothing was checked here yet: nobody looks, so nothing can be said.</> : null
  const { conflicts, violates, undecided } = counts.byOutcome
  const parts = [
    ...(conflicts > 0 ? [<Found outcome="conflicts">{counted(conflicts, 'conflict')}</Found>] : []),
    ...(violates > 0 ? [<Found outcome="violates">{counted(violates, 'violation')}</Found>] : []),
    ...(undecided > 0 ? [<Found outcome="undecided">{counted(undecided, 'undecided path')}</Found>] : []),
  ]
  const all = team.value === undefined ? '' : ' (of everyone)'
  if (parts.length === 0) return <>Nothing that was looked at deviates.</>
  return (
    <>
      {parts.map((part, index) => (
        <span key={index}>
          {index === 0 ? '' : index === parts.length - 1 ? ' and ' : ', '}
          {part}
        </span>
      ))}
      {all}
      {undecided > 0 ? ', so that more may be wrong than we can see.' : '.'}
    </>
  )
}

function Found({ outcome, children }: { outcome: string; children: ComponentChildren }) {
  return <a href={pageAddress('findings', { outcome, team: undefined })}>{children}</a>
}

/** How the other environments stand, in the same breath. */
function Others() {
  const others = (verdicts.value?.environments ?? []).filter(({ name }) => name !== environment.value)
  if (others.length === 0) return null
  return (
    <>
      {others.map(({ name, verdict }, index) => (
        <span key={name}>
          {index === 0 ? '' : '; '}
          <a href={pageAddress('', { env: name })}>{name}</a> {verdict === 'undecided' ? 'is undecided' : verdict}
        </span>
      ))}
      .
    </>
  )
}
