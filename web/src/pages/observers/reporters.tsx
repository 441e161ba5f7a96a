import { withParameters } from '../../address/address.ts'
import type { ObserverNow } from '../../api/operations.ts'
import { Bar } from '../../parts/bar.tsx'
import { Shape } from '../../parts/shape.tsx'
import { fullTime, now } from '../../parts/time.tsx'
import { keyOf } from './causality.ts'
import { secondsOf, spelled } from '../../parts/duration.ts'

/** Seconds that nothing is usually on its way. */
const lateFrom = 300

/** Every observer with its newest snapshot: how old that is by its own clock and ours, where it looks and where it may not. */
export function Reporters({ observers }: { observers: readonly ObserverNow[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Who reports, table">
      <table class="obs">
        <thead>
          <tr>
            <th scope="col">Observer</th>
            <th scope="col" class="r">
              Sequence
            </th>
            <th scope="col">Its own clock</th>
            <th scope="col">Received</th>
            <th scope="col" class="r">
              Clock gap
            </th>
            <th scope="col">Age, of what is allowed</th>
            <th scope="col">Looks at</th>
            <th scope="col">Was refused</th>
          </tr>
        </thead>
        <tbody>
          {observers.map((observer) => (
            <Reporter key={`${observer.environment ?? ''} ${observer.observer}`} of={observer} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Reporter({ of }: { of: ObserverNow }) {
  const { observer, environment, sequence, observedAt, receivedAt, stale, looksAt, refused } = of
  return (
    <tr class={stale ? 'undecided' : ''}>
      <th scope="row">
        <Shape of={stale ? 'undecided' : 'conforms'} why="stale" quiet />{' '}
        <a class="row" href={withParameters({ snapshot: keyOf(of) })}>
          {observer}
        </a>
        {environment === undefined ? <span class="tag">every environment</span> : null}
      </th>
      <td class="r num">{sequence}</td>
      <td class="num">
        <Moment at={observedAt} />
      </td>
      <td class="num">
        <Moment at={receivedAt} />
      </td>
      <td class="r num">
        <Gap seconds={(Date.parse(receivedAt) - Date.parse(observedAt)) / 1000} />
      </td>
      <td>
        <Allowed of={of} />
      </td>
      <td class="mono">{looksAt.map((path) => (path === '' ? 'everything' : path)).join(', ') || 'says not'}</td>
      <td>
        {refused.length === 0 ? (
          <span class="zero">nothing</span>
        ) : (
          refused.map(({ path, reason }) => (
            <span key={path} class="refusal">
              <code>{path === '' ? 'everything' : path}</code> <span class="dim">{reason}</span>
            </span>
          ))
        )}
      </td>
    </tr>
  )
}

/** Of today the time of day alone, with its seconds. */
function Moment({ at }: { at: string }) {
  const text = new Date(at).toISOString()
  const isToday = text.slice(0, 10) === new Date(now.value).toISOString().slice(0, 10)
  return (
    <time dateTime={at} title={fullTime(at)}>
      {isToday ? text.slice(11, 19) : fullTime(at)}
    </time>
  )
}

/** Seconds between its clock and ours, on the way included; nothing arrives before it is sent. */
function Gap({ seconds }: { seconds: number }) {
  if (Math.round(seconds) < 0)
    return (
      <span class="warn" title="it reported at a time that was still to come here">
        {spelled(-seconds)} ahead
      </span>
    )
  if (seconds < lateFrom) return <>{spelled(seconds)}</>
  return <span title="it was sent late, or its clock is behind">{spelled(seconds)} behind</span>
}

function Allowed({ of: { ageSeconds, maxAge, stale } }: { of: ObserverNow }) {
  const age = ageSeconds < 0 ? 'its clock is ahead' : spelled(ageSeconds)
  const joint = ageSeconds < 0 ? ',' : ' of'
  if (maxAge === undefined)
    return (
      <span class="dim">
        {age}, <span class="note">no limit</span>
      </span>
    )
  const allowed = secondsOf(maxAge)
  const used = Math.min(Math.max(0, ageSeconds), allowed)
  return (
    <>
      <Bar of={allowed} width={88} parts={[[stale ? 'undecided' : 'none', used]]} />{' '}
      <span class={stale ? 'num warn' : 'num dim'}>
        {age}
        {joint} {spelled(allowed)}
        {ageSeconds < 0 ? ' allowed' : ''}
        {stale ? ': too old' : ''}
      </span>
    </>
  )
}
