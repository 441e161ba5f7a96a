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
}

/** Which environments, when, and how many segments of each at most. */
export interface TimelineInput {
  readonly workspace: string
  /** Default: every one. */
  readonly environment?: string
  readonly from?: Date
  readonly to?: Date
  readonly limit: number
}

/** The verdicts of environments over time, sorted by name. Rejects with WORKSPACE_NOT_FOUND. */
export async function timeline(dependencies: StoredDependencies, input: TimelineInput): Promise<readonly Timeline[]> {
  const { read } = await inForce(dependencies, input.workspace)
  const asked = input.environment === undefined ? undefined : [input.environment]
  return Promise.all(
    chosenEnvironments(asked, read.environments).map(async (name) => ({
      name,
      ...(await segmentsOf(checksOf(dependencies.store.checks, name, input), input.limit)),
    })),
  )
}

async function segmentsOf(checks: AsyncIterable<CheckRecord>, limit: number): Promise<Omit<Timeline, 'name'>> {
  const segments: TimelineSegment[] = []
  let open: TimelineSegment | undefined
  for await (const { at, verdict, counts, check, cause, revision } of checks) {
    if (open?.verdict === verdict && JSON.stringify(open.counts) === JSON.stringify(counts)) {
      open = { ...open, checks: open.checks + 1 }
      continue
    }
    if (open !== undefined) segments.push({ ...open, to: at })
    if (segments.length === limit) return { segments, next: at }
    open = { from: at, verdict, counts, check, cause, revision, checks: 1 }
  }
  return { segments: open === undefined ? segments : [...segments, open] }
}

const checksAtOnce = 500

/** The check that stood at the first moment, then those that came after it. */
async function* checksOf(
  checks: Checks,
  environment: string,
  { workspace, from, to }: TimelineInput,
): AsyncGenerator<CheckRecord> {
  const standing = from === undefined ? undefined : await checks.at(workspace, environment, from)
  if (standing !== undefined && from !== undefined) yield { ...standing, at: from.toISOString() }
  let cursor: string | undefined
  do {
    const page = await checks.between(workspace, environment, from, to, {
      limit: checksAtOnce,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const record of page.items) if (record.check !== standing?.check) yield record
    cursor = page.next
  } while (cursor !== undefined)
}
