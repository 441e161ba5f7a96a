import type { Timeline } from '../../api/operations.ts'
import type { Lane } from './lanes.ts'

/** A span of time, in milliseconds. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What the picture shows: the verdicts of every environment, and of the chosen one counts, revisions and snapshots. */
export interface StripData {
  readonly span: Span
  /** The chosen one first. */
  readonly timelines: readonly Timeline[]
  readonly lanes: readonly Lane[]
  /** The span ends now. */
  readonly untilNow: boolean
}

/** When a segment of a timeline begins and ends within a span. */
export function within(span: Span, segment: Timeline['segments'][number]): Span {
  const to = segment.to === undefined ? span.to : Date.parse(segment.to)
  return { from: Math.max(span.from, Date.parse(segment.from)), to: Math.min(span.to, to) }
}
