import { withParameters } from '../../address/address.ts'
import { pageAddress } from '../../address/lens.ts'
import type { StoredSnapshot, TrackedFinding } from '../../api/operations.ts'
import { counted } from '../../parts/panel.tsx'
import { PathText } from '../../parts/path-text.tsx'
import { Outcome } from '../../parts/shape.tsx'
import { fullTime } from '../../parts/time.tsx'
import { valueText } from '../../parts/value.ts'
import { type Causality, keyOf } from './causality.ts'

const mostChips = 12
/** Of more observers than these only those of which something had been seen are listed. */
const mostRows = 12

/** One snapshot: its vector, what is concurrent with it, and what is contested because of that. */
export function Chosen({
  order,
  chosen,
  contested,
}: {
  order: Causality<StoredSnapshot>
  chosen: string
  contested: readonly TrackedFinding[]
}) {
  const snapshot = order.find(chosen)
  if (snapshot === undefined)
    return (
      <aside class="panel side" aria-labelledby="h-snapshot">
        <header>
          <h2 id="h-snapshot">{chosen}</h2>
        </header>
        <p class="dim">It is not among the newest snapshots.</p>
        <p>
          <a href={withParameters({ snapshot: undefined })}>Choose the newest</a>
        </p>
      </aside>
    )
  const relations = [...order.relations(chosen)]
  const past = relations.filter(([, relation]) => relation === 'past')
  const concurrent = relations.flatMap(([key, relation]) => (relation === 'concurrent' ? [key] : []))
  const disputes = contested.filter(({ observations }) => observations.some((one) => keyOf(one) === chosen))
  return (
    <aside class="panel side" aria-labelledby="h-snapshot">
      <header>
        <h2 id="h-snapshot">
          {snapshot.observer} <span class="num">#{snapshot.sequence}</span>
        </h2>
      </header>
      <dl class="kv">
        <dt>Its clock</dt>
        <dd class="num">{fullTime(snapshot.observedAt)}</dd>
        <dt>Received</dt>
        <dd class="num">{fullTime(snapshot.receivedAt)}</dd>
        <dt>Sent by</dt>
        <dd>{snapshot.by}</dd>
        <dt>In its past</dt>
        <dd>{counted(past.length, 'snapshot')}</dd>
      </dl>
      <Vector order={order} chosen={chosen} />
      <h3>Concurrent with it</h3>
      {concurrent.length > 0 ? null : (
        <p class="dim">
          {order.lanes.length === 1
            ? 'None: nobody else reports.'
            : 'None: it has seen the others, or they have seen it.'}
        </p>
      )}
      <p class="conc">
        {concurrent.slice(-mostChips).map((key) => (
          <a key={key} class="chip" href={withParameters({ snapshot: key })}>
            {key}
          </a>
        ))}
        {concurrent.length > mostChips ? <small>and {concurrent.length - mostChips} earlier</small> : null}
      </p>
      {disputes.map((finding) => (
        <Dispute key={finding.fingerprint} finding={finding} />
      ))}
    </aside>
  )
}

function Vector({ order, chosen }: { order: Causality<StoredSnapshot>; chosen: string }) {
  const vector = order.vector(chosen)
  const listed = order.lanes.length > mostRows ? order.lanes.filter((lane) => vector.has(lane)) : order.lanes
  const others = order.lanes.length - listed.length
  return (
    <>
      <h3 id="h-vector">Its vector</h3>
      <table class="vec" aria-labelledby="h-vector">
        <thead>
          <tr>
            <th scope="col">Observer</th>
            <th scope="col" class="r">
              had seen
            </th>
            <th scope="col" class="r">
              newest
            </th>
          </tr>
        </thead>
        <tbody>
          {listed.map((lane) => {
            const newest = order.places.findLast((place) => order.lanes[place.lane] === lane)?.snapshot.sequence
            const seen = vector.get(lane)
            return (
              <tr key={lane}>
                <th scope="row">{lane}</th>
                <td class="r num">{seen ?? <span class="zero">nothing</span>}</td>
                <td class="r num dim">{seen === newest ? <span title="the newest">=</span> : newest}</td>
              </tr>
            )
          })}
          {others === 0 ? null : (
            <tr>
              <th scope="row" class="dim">
                {counted(others, 'other')}
              </th>
              <td class="r zero">nothing</td>
              <td />
            </tr>
          )}
        </tbody>
      </table>
    </>
  )
}

function Dispute({ finding: { at, observations, fingerprint } }: { finding: TrackedFinding }) {
  return (
    <div class="contest">
      <Outcome of="undecided">contested</Outcome>
      <p>
        <PathText at={at} />:{' '}
        {observations.map((one, index) => (
          <span key={keyOf(one)}>
            {index === 0 ? '' : ', '}
            {one.observer} #{one.sequence} says <b>{'value' in one ? valueText(one.value) : 'that nothing is there'}</b>
          </span>
        ))}
        . Neither had seen the other, so nobody is right yet.{' '}
        <a href={pageAddress(`findings/${fingerprint}`)}>Finding</a>
      </p>
    </div>
  )
}
