import { Fragment } from 'preact'
import type { Timeline } from '../../api/operations.ts'
import { patternOf, wordOf } from '../../parts/shape.tsx'
import { counted } from '../../parts/panel.tsx'
import { clockTime } from '../../parts/time.tsx'
import { useWidth } from '../../parts/width.ts'
import type { Lane } from './lanes.ts'
import { type Span, type StripData, within } from './span.ts'

const bandHeight = 18
const narrowFrom = 620
const countsHeight = 40
const hour = 3_600_000
const mostOthers = 9

/** Where things lie, in pixels. */
interface Place {
  readonly span: Span
  readonly narrow: boolean
  readonly left: number
  readonly right: number
  readonly x: (time: number) => number
}

/** Verdicts over time, a band an environment; below the first its counts as steps and each observer's snapshots as ticks. */
export function Picture({ data }: { data: StripData }) {
  const [ref, width] = useWidth(1200)
  const { span, timelines, lanes, untilNow } = data
  const narrow = width < narrowFrom
  const left = narrow ? 0 : 116
  const right = width - 8
  const place: Place = {
    span,
    narrow,
    left,
    right,
    x: (time) => left + ((time - span.from) / (span.to - span.from)) * (right - left),
  }
  const laneHeight = narrow ? 24 : 16
  const [first, ...rest] = timelines
  const others = rest.slice(0, mostOthers)
  const unshown = rest.length - others.length
  const top = 18
  const lanesTop = top + bandHeight + countsHeight + 10
  const othersTop = lanesTop + lanes.length * laneHeight + 14
  const rowHeight = narrow ? 40 : 26
  const height = othersTop + others.length * rowHeight + 20
  return (
    <div class="strip" ref={ref}>
      <svg width={width} height={height} role="img" aria-label={sentence(data)}>
        <Hours place={place} height={height} untilNow={untilNow} />
        {first === undefined ? null : (
          <>
            <Band timeline={first} place={place} y={top} />
            <Counts timeline={first} place={place} y={top + bandHeight + 4} />
            <Revisions timeline={first} place={place} y={top} />
          </>
        )}
        {lanes.map((lane, index) => (
          <OneLane
            key={lane.observer}
            lane={lane}
            place={place}
            y={lanesTop + index * laneHeight + (narrow ? 12 : 0)}
          />
        ))}
        {others.map((timeline, index) => (
          <Band key={timeline.name} timeline={timeline} place={place} y={othersTop + index * rowHeight} />
        ))}
      </svg>
      {unshown > 0 ? <p class="note">{counted(unshown, 'more environment')}: the table has them.</p> : null}
    </div>
  )
}

function Hours({ place: { span, narrow, x }, height, untilNow }: { place: Place; height: number; untilNow: boolean }) {
  const steps = narrow ? 3 : 6
  const times = Array.from({ length: steps + 1 }, (_, index) => span.to - (index * (span.to - span.from)) / steps)
  return (
    <>
      {times.map((time, index) => (
        <Fragment key={time}>
          <line x1={x(time)} x2={x(time)} y1={8} y2={height - 16} class="grid" />
          <text x={x(time)} y={height - 3} class={index === 0 ? 'tick end' : index === steps ? 'tick start' : 'tick'}>
            {index === 0 && untilNow ? 'now' : clockTime(time)}
          </text>
        </Fragment>
      ))}
    </>
  )
}

function Label({ place, y, strong, children }: { place: Place; y: number; strong?: boolean; children: string }) {
  return (
    <text
      x={place.narrow ? 0 : place.left - 12}
      y={place.narrow ? y - 5 : y + 13}
      class={`tl${strong === true ? ' strong' : ''}${place.narrow ? ' start' : ''}`}
    >
      {children}
    </text>
  )
}

/** Runs of one verdict. Before the first check nobody can say, which is drawn as that. */
function Band({ timeline, place, y }: { timeline: Timeline; place: Place; y: number }) {
  return (
    <>
      <Label place={place} y={y} strong>
        {timeline.name}
      </Label>
      <Unchecked timeline={timeline} place={place} y={y} />
      {timeline.segments.map((segment) => {
        const { from, to } = within(place.span, segment)
        if (to <= from) return null
        const fill = patternOf(segment.verdict)
        return (
          <rect
            key={segment.check}
            x={place.x(from)}
            width={Math.max(place.x(to) - place.x(from), 2)}
            y={y}
            height={bandHeight}
            class={`b-${segment.verdict}`}
            {...(fill === undefined ? {} : { fill })}
          >
            <title>{`${timeline.name} ${wordOf[segment.verdict]}, ${clockTime(from)} to ${clockTime(to)}`}</title>
          </rect>
        )
      })}
    </>
  )
}

/** The time before the first check. */
function Unchecked({ timeline: { name, segments }, place, y }: { timeline: Timeline; place: Place; y: number }) {
  const [first] = segments
  const until = first === undefined ? place.span.to : within(place.span, first).from
  const width = place.x(until) - place.x(place.span.from)
  if (width < 1) return null
  const words = first === undefined ? 'not checked yet' : `not checked before ${clockTime(until)}`
  return (
    <>
      <rect x={place.x(place.span.from)} width={width} y={y} height={bandHeight} class="unchecked">
        <title>{`${name}: ${words}`}</title>
      </rect>
      {width < wordsWidth ? null : (
        <text x={place.x(place.span.from) + width / 2} y={y + 13} class="tick">
          {words}
        </text>
      )}
    </>
  )
}

const wordsWidth = 150

/** How many violate and how many are undecided, as steps. */
function Counts({ timeline, place, y }: { timeline: Timeline; place: Place; y: number }) {
  const bad = (segment: Timeline['segments'][number]): number =>
    segment.counts.byOutcome.violates + segment.counts.byOutcome.conflicts
  const open = (segment: Timeline['segments'][number]): number => segment.counts.byOutcome.undecided
  const most = Math.max(1, ...timeline.segments.flatMap((segment) => [bad(segment), open(segment)]))
  const height = (count: number): number => y + countsHeight - 2 - (count / most) * (countsHeight - 8)
  const steps = (count: typeof bad): string =>
    timeline.segments
      .map((segment, index) => {
        const { from, to } = within(place.span, segment)
        const start = index === 0 ? `M${place.x(from)} ` : `H${place.x(from)}V`
        return `${start}${height(count(segment))}H${place.x(to)}`
      })
      .join('')
  const last = timeline.segments.at(-1)
  return (
    <>
      <path d={steps(bad)} class="step e" />
      <path d={steps(open)} class="step u" />
      {place.narrow || last === undefined ? null : (
        <>
          <text x={place.left - 12} y={y + 14} class="tl e">
            {bad(last)} {bad(last) === 1 ? 'violates' : 'violate'}
          </text>
          <text x={place.left - 12} y={y + 30} class="tl u">
            {open(last)} undecided
          </text>
        </>
      )}
      <line x1={place.left} x2={place.right} y1={y + countsHeight - 1.5} y2={y + countsHeight - 1.5} class="base" />
    </>
  )
}

/** Changes of constraints, where they changed what was found. */
function Revisions({ timeline, place, y }: { timeline: Timeline; place: Place; y: number }) {
  const starts = timeline.segments.filter(
    ({ cause, from }) => cause.kind === 'revision' && Date.parse(from) >= place.span.from,
  )
  return (
    <>
      {starts.map(({ check, from }) => {
        const x = place.x(Date.parse(from))
        return (
          <g key={check} class="rev">
            <line x1={x} x2={x} y1={y - 6} y2={y + bandHeight + countsHeight} />
            <path d={`M${x - 5} ${y - 12}h10l-5 7Z`} />
          </g>
        )
      })}
    </>
  )
}

/** When an observer reported, and when its last word was too old. */
function OneLane({ lane: { observer, times, silences }, place, y }: { lane: Lane; place: Place; y: number }) {
  return (
    <g class="lane">
      <Label place={place} y={y - 3}>
        {observer}
      </Label>
      {silences.map(({ from, to }) => (
        <rect
          key={from}
          x={place.x(from)}
          width={Math.max(place.x(to) - place.x(from), 2)}
          y={y}
          height={place.narrow ? 8 : 12}
          fill="url(#p-undecided)"
          class="gap"
        >
          <title>{`${observer} silent for too long, ${clockTime(from)} to ${clockTime(to)}`}</title>
        </rect>
      ))}
      {times.map((time) => (
        <line
          key={time}
          x1={place.x(time)}
          x2={place.x(time)}
          y1={y + 2}
          y2={y + (place.narrow ? 7 : 10)}
          class="tickm"
        />
      ))}
    </g>
  )
}

function sentence({ span, timelines }: StripData): string {
  const hours = Math.round((span.to - span.from) / hour)
  const each = timelines.map(({ name, segments }) => {
    const last = segments.at(-1)
    return last === undefined
      ? `${name}: never checked`
      : `${name}: ${wordOf[last.verdict]} since ${clockTime(last.from)}`
  })
  return `Verdicts of ${hours} hours. ${each.join('. ')}. The same as a table follows.`
}
