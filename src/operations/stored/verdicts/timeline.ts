import type { CheckCause, CheckCounts, CheckRecord } from '../../../model/check-record.ts'
import type { Verdict } from '../../../model/finding.ts'
import type { Checks } from '../../../store/store.ts'
import { chosenEnvironments } from '../../environments.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { inForce } from '../in-force.ts'

/** A time in which an environment had one verdict with the same counts. */
export interface TimelineSegment {
  /** RFC 3339. */
  readonly from: string
  /** Absent: it goes on. */
  readonly to?: string
  readonly verdict: Verdict
  readonly counts: CheckCounts
  /** The check with which it began, why that was made, and of which revision. */
  readonly check: number
  readonly cause: CheckCause
  readonly revision: number
  /** How many checks said so. */
  readonly checks: number
}

/** The verdicts of one environment over time, oldest first. */
export interface Timeline {
  readonly name: string
  readonly segments: readonly TimelineSegment[]
  /** RFC 3339: what comes from this moment on was left out; ask again from there. */
  readonly next?: string
  /** RFC 3339: what stood before this moment was left out. */
  readonly earlier?: string
}

/** Which environments, when, and how many segments of each at most: the oldest or the newest. */
export interface TimelineInput {
  readonly workspace: string
  /** Default: every one. */
  readonly environment?: string
  readonly from?: Date
  readonly to?: Date
  readonly limit: number
  readonly keep: 'oldest' | 'newest'
}

/** The verdicts of environments over time, sorted by name. Rejects with WORKSPACE_NOT_FOUND. */
export async function timeline(dependencies: StoredDependencies, input: TimelineInput): Promise<readonly Timeline[]> {
  const { read } = await inForce(dependencies, input.workspace)
  const asked = input.environment === undefined ? undefined : [input.environment]
  const segmentsOf = input.keep === 'oldest' ? oldestOf : newestOf
  return Promise.all(
    chosenEnvironments(asked, read.environments).map(async (name) => ({
      name,
      ...(await segmentsOf(checksOf(dependencies.store.checks, name, input), input.limit)),
    })),
  )
}

/** Segments of checks that come oldest first. */
async function oldestOf(checks: AsyncIterable<CheckRecord>, limit: number): Promise<Omit<Timeline, 'name'>> {
  const segments: TimelineSegment[] = []
  let open: TimelineSegment | undefined
  for await (const record of checks) {
    if (open !== undefined && saysTheSame(open, record)) {
      open = { ...open, checks: open.checks + 1 }
      continue
    }
    if (open !== undefined) segments.push({ ...open, to: record.at })
    if (segments.length === limit) return { segments, next: record.at }
    open = begunBy(record)
  }
  return { segments: open === undefined ? segments : [...segments, open] }
}

/** Segments of checks that come newest first: each begins with the last check of it that comes. */
async function newestOf(checks: AsyncIterable<CheckRecord>, limit: number): Promise<Omit<Timeline, 'name'>> {
  const segments: TimelineSegment[] = []
  let open: TimelineSegment | undefined
  for await (const record of checks) {
    if (open !== undefined && saysTheSame(open, record)) {
      const { to } = open
      open = { ...begunBy(record), ...(to === undefined ? {} : { to }), checks: open.checks + 1 }
      continue
    }
    if (open !== undefined) segments.unshift(open)
    if (open !== undefined && segments.length === limit) return { segments, earlier: open.from }
    open = { ...begunBy(record), ...(open === undefined ? {} : { to: open.from }) }
  }
  return { segments: open === undefined ? segments : [open, ...segments] }
}

function saysTheSame(segment: TimelineSegment, { verdict, counts }: CheckRecord): boolean {
  return segment.verdict === verdict && JSON.stringify(segment.counts) === JSON.stringify(counts)
}

function begunBy({ at, verdict, counts, check, cause, revision }: CheckRecord): TimelineSegment {
  return { from: at, verdict, counts, check, cause, revision, checks: 1 }
}

const checksAtOnce = 500

/** The check that stood at the first moment, and those that came after it, in the order that is asked for. */
async function* checksOf(
  checks: Checks,
  environment: string,
  { workspace, from, to, keep }: TimelineInput,
): AsyncGenerator<CheckRecord> {
  const found = from === undefined ? undefined : await checks.at(workspace, environment, from)
  const standing = found === undefined || from === undefined ? undefined : { ...found, at: from.toISOString() }
  if (standing !== undefined && keep === 'oldest') yield standing
  let cursor: string | undefined
  do {
    const page = await checks.between(workspace, environment, from, to, {
      limit: checksAtOnce,
      first: keep,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const record of page.items) if (record.check !== standing?.check) yield record
    cursor = page.next
  } while (cursor !== undefined)
  if (standing !== undefined && keep === 'newest') yield standing
}
