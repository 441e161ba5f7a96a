import type { Fragments } from '../../engine/protocol.ts'
import type { Severity } from '../../model/finding.ts'
import type { Review, ReviewedEnvironment } from '../../model/review.ts'
import type { Cut } from '../../observation/cut.ts'
import { withReach } from '../../review/change-reach.ts'
import { changedFiles, type Told } from '../../review/changed-files.ts'
import { newsOf } from '../../review/review-verdict.ts'
import type { OpenWorkspace } from '../open-workspace.ts'

/** An environment with how far each of its changes reaches, where the head has it and something is observed. */
export async function withReachIn(
  environment: ReviewedEnvironment,
  cut: (environment: string, time: undefined) => Promise<Cut>,
  failOn: Severity,
): Promise<ReviewedEnvironment> {
  const { name, only, changes, snapshots } = environment
  if (only === 'base' || changes.length === 0 || snapshots.length === 0) return environment
  const { observed } = await cut(name, undefined)
  return { ...environment, changes: withReach(changes, observed.state, newsOf(environment, failOn)) }
}

/** How many files differ in the environments that were compared. */
export async function filesBetween(
  before: OpenWorkspace,
  after: OpenWorkspace,
  told: Told,
): Promise<NonNullable<Review['files']>> {
  const names = told.environments.map(({ name }) => name)
  return changedFiles(...(await Promise.all([fragmentsOf(before, names), fragmentsOf(after, names)])), told)
}

async function fragmentsOf(opened: OpenWorkspace, names: readonly string[]): Promise<readonly Fragments[]> {
  const known = opened.read.environments.filter((environment) => names.includes(environment))
  const sets = await Promise.all(known.map((environment) => opened.fragments(environment)))
  return sets.map((set) => set.fragments)
}
