import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { asOf, useAnswer } from '../../api/answer.ts'
import type { Verdicts } from '../../frame/workspace.ts'
import { environment, isFirstLook, isUnseen, verdicts } from '../../frame/workspace.ts'
import { counted, Title } from '../../parts/panel.tsx'
import { Shape } from '../../parts/shape.tsx'
import { clockTime, now as clock } from '../../parts/time.tsx'

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

function Counts({ now: { name, counts, check } }: { now: Now }) {
  const isPast = moment.value !== undefined
  const question = { params: { workspace: workspace.value } }
  const violating = { environment: name, at: moment.value, countsAs: ['violates'] as const }
  const hasViolations = (counts?.byOutcome.violates ?? 0) > 0
  const rules = useAnswer(
    'countFindings',
    hasViolations ? { ...question, query: { by: 'rule', ...violating } } : undefined,
  )
  const since = useMemo(
    () => new Date((moment.value === undefined ? clock.peek() : Date.parse(moment.value)) - dayMs).toISOString(),
    [moment.value, asOf.value],
  )
  const fresh = useAnswer(
    'countFindings',
    hasViolations ? { ...question, query: { by: 'countsAs', ...violating, since } } : undefined,
  )
  if (verdicts.value?.environments.some((one) => one.name === environment.value && isFirstLook(one)))
    return <>What was observed was compared with nothing yet.</>
  if (isUnseen(environment.value ?? '')) return <>Nobody reported anything yet, so nothing can be said.</>
  if (counts === undefined)
    return check === undefined ? <>Nothing was checked here yet: nobody looks, so nothing can be said.</> : null
  const { conflicts, violates, undecided } = counts.byOutcome
  if (conflicts + violates + undecided === 0) return <>Nothing that was looked at {isPast ? 'deviated' : 'deviates'}.</>
  const ofRules = rules.value === undefined ? '' : ` of ${counted(rules.value.items.length, 'rule')}`
  const news = fresh.value?.items.find((one) => one.name === 'violates')?.count ?? 0
  return (
    <>
      {conflicts === 0 ? null : (
        <>
          <Found outcome="conflicts">{counted(conflicts, 'conflict')}</Found>
          {violates === 0 ? '. ' : ' and '}
        </>
      )}
      {violates === 0 ? null : (
        <>
          <Found outcome="violates">{counted(violates, 'violation')}</Found>
          {ofRules}
          {news === 0 || isPast ? null : (
            <>
              ,{' '}
              <Found outcome="violates" since="24h">
                {news === violates ? 'all' : `${news} of them`} new since yesterday
              </Found>
            </>
          )}
          {'. '}
        </>
      )}
      {undecided === 0 ? null : (
        <>
          <Found outcome="undecided">
            {counted(undecided, 'path')} {isPast ? (undecided === 1 ? 'was' : 'were') : undecided === 1 ? 'is' : 'are'}{' '}
            undecided
          </Found>
          {isPast ? '. ' : ', so more may be wrong than we can see. '}
        </>
      )}
      {isPast ? <CameLater environment={name} /> : null}
    </>
  )
}

const dayMs = 86_400_000

/** What stands now and did not then. */
function CameLater({ environment: name }: { environment: string }) {
  const answer = useAnswer('countFindings', {
    params: { workspace: workspace.value },
    query: { by: 'countsAs', environment: name, since: moment.value },
  })
  const of = (mark: string): number => answer.value?.items.find((one) => one.name === mark)?.count ?? 0
  const later = of('conflicts') + of('violates') + of('undecided')
  return (
    <>
      So Congruent knew it then.{' '}
      {later === 0 ? null : (
        <a href={pageAddress('findings', { at: undefined, sort: 'since' })}>{later} more came later</a>
      )}
      {later === 0 ? '' : '. '}
    </>
  )
}

function Found({ outcome, since, children }: { outcome: string; since?: string; children: ComponentChildren }) {
  return <a href={pageAddress('findings', { outcome, since, team: undefined })}>{children}</a>
}

const verbs: Readonly<Record<Verdict, readonly [one: string, several: string]>> = {
  conflicts: ['conflicts', 'conflict'],
  violates: ['violates', 'violate'],
  undecided: ['is undecided', 'are undecided'],
  conforms: ['conforms', 'conform'],
}
const named = 3

/** How the other environments stand, in the same breath: worst first, a few of each by name. */
function Others() {
  const others = (verdicts.value?.environments ?? []).filter(({ name }) => name !== environment.value)
  const said = (['conflicts', 'violates', 'undecided', 'conforms'] as const).flatMap((verdict) => {
    const names = others.filter((one) => one.verdict === verdict).map(({ name }) => name)
    return names.length === 0 ? [] : [{ verdict, names }]
  })
  if (said.length === 0) return null
  return (
    <>
      {said.map(({ verdict, names }, index) => (
        <span key={verdict}>
          {index === 0 ? '' : '; '}
          {names.slice(0, named).map((name, at) => (
            <span key={name}>
              {at === 0 ? '' : ', '}
              <a href={pageAddress('', { env: name })}>{name}</a>
            </span>
          ))}
          {names.length > named ? ` and ${names.length - named} more` : ''} {verbs[verdict][names.length === 1 ? 0 : 1]}
        </span>
      ))}
      .
    </>
  )
}
