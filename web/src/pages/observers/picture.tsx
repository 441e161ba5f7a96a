import { useEffect, useRef } from 'preact/hooks'
import { withParameters } from '../../address/address.ts'
import type { StoredSnapshot, TrackedFinding } from '../../api/operations.ts'
import { valueText } from '../../parts/value.ts'
import { useWidth } from '../../parts/width.ts'
import { laneNames } from './lane-names.ts'
import { type Causality, keyOf, type Relation } from './causality.ts'

const narrowFrom = 620
const leastStep = 44
/** Space for the words at the cut. */
const right = 112
/** From so many lanes on they stand closer together. */
const many = 12

const inWords: Readonly<Record<Relation, string>> = {
  chosen: 'chosen',
  past: 'the chosen one had seen it',
  future: 'had seen the chosen one',
  concurrent: 'neither it nor the chosen one knew of the other',
}

/**
 * A lane an observer, a dot a snapshot, lines are `seen`: whatever a snapshot had seen lies to its left, and no clock is on the axis. The
 * dashed line is the cut that was checked.
 */
export function CausePicture({
  order,
  chosen,
  cut,
  stale,
  contested,
}: {
  order: Causality<StoredSnapshot>
  chosen: string
  /** Keys of the snapshots that were checked. */
  cut: readonly string[]
  stale: ReadonlySet<string>
  contested: readonly TrackedFinding[]
}) {
  const [ref, width] = useWidth(900)
  const region = useRef<HTMLDivElement>(null)
  const narrow = width < narrowFrom
  const left = narrow ? 12 : 128
  const close = order.lanes.length > many ? 18 : 0
  const laneHeight = (narrow ? 62 : 58) - close
  const names = laneNames(order.lanes)
  const top = narrow ? 46 : 40
  const step = Math.max((width - left - right) / Math.max(1, order.columns - 1), leastStep)
  const whole = Math.max(width, left + (order.columns - 1) * step + right)
  const height = top + laneHeight * (order.lanes.length - 1) + 46
  const places = new Map(
    order.places.map(({ key, lane, column }) => [key, { x: left + 24 + column * step, y: top + lane * laneHeight }]),
  )
  const relations = order.relations(chosen)
  const isPast = (key: string): boolean => relations.get(key) === 'past' || relations.get(key) === 'chosen'
  useEffect(() => {
    // What is newest is at the right end.
    if (region.current !== null) region.current.scrollLeft = region.current.scrollWidth
  }, [whole])
  const cutLine = cutPath(order, cut, places, { top, laneHeight, left })
  const says = sayings(contested)
  return (
    <div ref={ref} class="caus">
      <div class="scroll" ref={region} tabIndex={0} role="region" aria-label="Who had seen what, picture">
        <svg
          width={whole}
          height={height}
          role="group"
          aria-label="Snapshots of each observer, each to the right of everything it had seen. The same as a table follows."
        >
          {cutLine === undefined ? null : <path d={`${cutLine.path}H${left - 4}V${top - 28}Z`} class="cutarea" />}
          {order.lanes.map((lane, index) => {
            const y = top + index * laneHeight
            return (
              <g key={lane}>
                <line x1={left - 4} x2={whole - 8} y1={y} y2={y} class="base" />
                <text
                  x={narrow ? 4 : left - 14}
                  y={narrow ? y - 22 : y + 4}
                  class={`tl strong${narrow ? ' start' : ''}`}
                >
                  {names[index]}
                  <title>{lane}</title>
                </text>
              </g>
            )
          })}
          {order.lines.map(({ from, to }) => {
            const [a, b] = [places.get(from), places.get(to)]
            if (a === undefined || b === undefined) return null
            const bend = (b.x - a.x) * 0.4
            return (
              <path
                key={`${from} ${to}`}
                d={`M${a.x} ${a.y}C${a.x + bend} ${a.y} ${b.x - bend} ${b.y} ${b.x} ${b.y}`}
                class={isPast(from) && isPast(to) ? 'seen-line past' : 'seen-line'}
              />
            )
          })}
          {cutLine === undefined ? null : (
            <>
              <path d={cutLine.path} class="cut" />
              <text x={cutLine.x + 6} y={top - 20} class="tl small accent start">
                the cut
              </text>
            </>
          )}
          {order.places.map(({ key, snapshot }) => {
            const { x, y } = places.get(key) ?? { x: 0, y: 0 }
            const relation = relations.get(key) ?? 'concurrent'
            const isChosen = relation === 'chosen'
            const words = [inWords[relation], ...(stale.has(key) ? ['too old'] : []), ...(says.get(key) ?? [])]
            return (
              <a
                key={key}
                href={withParameters({ snapshot: key })}
                aria-label={`${snapshot.observer} ${snapshot.sequence}: ${words.join('; ')}`}
                aria-current={isChosen ? 'true' : undefined}
                class={`snap ${relation}${stale.has(key) ? ' stale' : ''}`}
              >
                <circle cx={x} cy={y} r="12" class="hit" />
                <circle cx={x} cy={y} r={isChosen ? 8 : 6} class="dot" />
                {isChosen ? <circle cx={x} cy={y} r="11" class="ring" /> : null}
                <text x={x} y={y + (isChosen ? 25 : 21)} class="seq">
                  {snapshot.sequence}
                </text>
              </a>
            )
          })}
          {[...says].map(([key, [text]]) => {
            const place = places.get(key)
            return place === undefined ? null : (
              <text key={key} x={place.x + 8} y={place.y - 14} class="says" aria-hidden="true">
                {text}
              </text>
            )
          })}
        </svg>
      </div>
    </div>
  )
}

/** What the fills of the dots and the dashed line stand for. */
export function CauseLegend() {
  return (
    <div class="legend" aria-hidden="true">
      <span>
        <i class="d sel" />
        chosen
      </span>
      <span>
        <i class="d was" />
        it had seen this
      </span>
      <span>
        <i class="d later" />
        has seen it
      </span>
      <span>
        <i class="d conc" />
        concurrent: neither knew of the other
      </span>
      <span>
        <i class="d cutk" />
        the cut that is checked
      </span>
    </div>
  )
}

interface Place {
  readonly x: number
  readonly y: number
}

/** To the right of the newest snapshot of each lane that was checked; to the left of all where there is none. */
function cutPath(
  order: Causality<StoredSnapshot>,
  cut: readonly string[],
  places: ReadonlyMap<string, Place>,
  { top, laneHeight, left }: { readonly top: number; readonly laneHeight: number; readonly left: number },
): { readonly path: string; readonly x: number } | undefined {
  const inCut = new Set(cut)
  if (!order.places.some(({ key }) => inCut.has(key))) return undefined
  const edges = order.lanes.map((_, lane) => {
    const newest = order.places.findLast((place) => place.lane === lane && inCut.has(place.key))
    const x = newest === undefined ? undefined : places.get(newest.key)?.x
    return { x: (x ?? left - 20) + 22, y: top + lane * laneHeight }
  })
  const path = edges.map(({ x, y }, index) => (index === 0 ? `M${x} ${y - 28}V${y + 14}` : `L${x} ${y - 14}V${y + 14}`))
  return { path: `${path.join('')}v12`, x: edges[0]?.x ?? left }
}

/** What contested places have each snapshot say: `replicas: 3`. */
function sayings(contested: readonly TrackedFinding[]): ReadonlyMap<string, readonly string[]> {
  const says = new Map<string, readonly string[]>()
  for (const { path, observations } of contested)
    for (const observation of observations) {
      const key = keyOf(observation)
      const value = 'value' in observation ? valueText(observation.value) : 'absent'
      says.set(key, [...(says.get(key) ?? []), `${path.at(-1) ?? ''}: ${value}`.slice(0, 28)])
    }
  return says
}
