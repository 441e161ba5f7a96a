import { parameter } from '../../address/address.ts'
import { moment, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { ObserverNow, StoredSnapshot, TrackedFinding } from '../../api/operations.ts'
import { environment, verdicts } from '../../frame/workspace.ts'
import { Skeleton, WhenAnswered } from '../../parts/answered.tsx'
import { Panel, Title } from '../../parts/panel.tsx'
import { Outcome } from '../../parts/shape.tsx'
import { fullTime } from '../../parts/time.tsx'
import { causality, keyOf } from './causality.ts'
import { Chosen } from './chosen.tsx'
import { Coverage } from './coverage.tsx'
import { CauseLegend, CausePicture } from './picture.tsx'
import { Reporters } from './reporters.tsx'
import { VectorTable } from './vectors.tsx'
import './observers.css'

/** The newest ones are drawn; for those before there is the point in time. */
const drawn = 60
const mostContested = 100

/** Who saw what, in which order of causes, and where nobody looks. */
export function Observers() {
  const name = environment.value
  const question =
    name === undefined
      ? undefined
      : { params: { workspace: workspace.value }, query: { environment: name, at: moment.value } }
  const observers = useAnswer('listObservers', question)
  const snapshots = useAnswer('listSnapshots', question && { ...question, query: { ...question.query, limit: drawn } })
  const contested = useAnswer(
    'listFindings',
    question && { ...question, query: { ...question.query, kind: ['contested'], limit: mostContested } },
  )
  const number = verdicts.value?.environments.find((one) => one.name === name)?.check
  const check = useAnswer(
    'getCheck',
    number === undefined ? undefined : { params: { workspace: workspace.value, check: String(number) } },
  )
  if (name === undefined) return <Skeleton />
  return (
    <>
      <div class="head">
        <Title>Observers</Title>
        <Counts observers={observers.value?.items ?? []} />
      </div>
      <Panel id="h-reports" title="Who reports" flush>
        <WhenAnswered answer={observers}>
          {({ items }) => (items.length === 0 ? <Nobody environment={name} /> : <Reporters observers={items} />)}
        </WhenAnswered>
      </Panel>
      {observers.value?.items.length === 0 ? (
        <Coverage environment={name} />
      ) : (
        <WhenAnswered answer={snapshots}>
          {({ items }) => (
            <Causes
              snapshots={[...(observers.value?.items ?? []), ...items]}
              cut={(check.value?.snapshots ?? []).map(keyOf)}
              contested={contested.value?.items ?? []}
              environment={name}
              older={items.length === drawn}
            />
          )}
        </WhenAnswered>
      )}
    </>
  )
}

function Causes({
  snapshots,
  cut,
  contested,
  environment,
  older,
}: {
  snapshots: readonly (StoredSnapshot | ObserverNow)[]
  cut: readonly string[]
  contested: readonly TrackedFinding[]
  environment: string
  older: boolean
}) {
  const order = causality(snapshots)
  const asked = parameter('snapshot')
  const disputed = contested[0]?.observations[0]
  const chosen = asked ?? (disputed === undefined ? newestOf(snapshots) : keyOf(disputed))
  const stale = new Set(snapshots.flatMap((one) => ('stale' in one && one.stale ? [keyOf(one)] : [])))
  return (
    <div class="with-right">
      <div class="stack">
        <Panel
          id="h-causes"
          title="Who had seen what"
          flush
          aside={
            <span class="note">
              {older ? `the newest ${drawn}; ` : ''}order by cause, not by clock: to the right of all that it had seen
            </span>
          }
        >
          <CausePicture order={order} chosen={chosen} cut={cut} stale={stale} contested={contested} />
          <CauseLegend />
          <VectorTable order={order} />
        </Panel>
        <Coverage environment={environment} />
      </div>
      <Chosen order={order} chosen={chosen} contested={contested} />
    </div>
  )
}

function newestOf(snapshots: readonly StoredSnapshot[]): string {
  const [newest] = snapshots.toSorted((a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt))
  return newest === undefined ? '' : keyOf(newest)
}

function Counts({ observers }: { observers: readonly ObserverNow[] }) {
  const silent = observers.filter(({ stale }) => stale).length
  const refusals = observers.reduce((sum, { refused }) => sum + refused.length, 0)
  return (
    <p class="counts">
      {observers.length > silent ? (
        <Outcome of="conforms">
          <b class="num">{observers.length - silent}</b> in time
        </Outcome>
      ) : null}
      {silent === 0 ? null : (
        <Outcome of="undecided">
          <b class="num">{silent}</b> silent
        </Outcome>
      )}
      {refusals === 0 ? null : (
        <Outcome of="undecided">
          <b class="num">{refusals}</b> {refusals === 1 ? 'refusal' : 'refusals'}
        </Outcome>
      )}
      {moment.value === undefined ? null : <span class="past">as it was at {fullTime(moment.value)}</span>}
    </p>
  )
}

function Nobody({ environment }: { environment: string }) {
  return (
    <div class="pad">
      <div class="nobody hatch">
        <b>Nobody reports about {environment} yet</b>
        <span>So nothing can be said about it. Whoever sees it sends what it sees:</span>
        <code>congruent observe --server {location.origin} snapshot.yaml</code>
      </div>
    </div>
  )
}
