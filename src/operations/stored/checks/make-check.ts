import { exemptionsHoldUntil } from '../../../check/exemptions/held.ts'
import { Fault } from '../../../errors.ts'
import type { CheckRecord } from '../../../model/check-record.ts'
import { readExemptions } from '../../../workspace/read-exemptions.ts'
import { readWorkspace } from '../../../workspace/read-workspace.ts'
import type { Source } from '../../../workspace/source.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { helpThroughQueue } from '../jobs/help.ts'
import { snapshotFiles } from '../stored-cut.ts'
import { outlineAhead } from '../tree/desired-outline.ts'
import { keepCheck, secondsUntil, type CheckGround, type CheckOutcome } from './keep-check.ts'

/** Which environment is to be checked. */
export interface CheckOrder {
  readonly workspace: string
  readonly environment: string
  /** Who asked for it; absent: something changed, or it is time. */
  readonly by?: string
  readonly signal?: AbortSignal
}

/**
 * Checks an environment of a stored workspace as it is now, and keeps what is new in that. Answers the newest check of the environment; none where
 * the workspace or the environment is gone. May be called at any time and by any number at once: what is overtaken is not kept.
 */
export async function makeCheck(dependencies: StoredDependencies, order: CheckOrder): Promise<CheckRecord | undefined> {
  const { workspace, environment, signal } = order
  const ground = await groundOf(dependencies, workspace, environment)
  if (ground === undefined) return undefined
  if (order.by === undefined && (await holds(dependencies, ground))) return undefined
  const source = await dependencies.sourceOf(ground.revision)
  const read = await readWorkspace(source)
  if (!read.environments.includes(environment)) {
    await dependencies.store.checks.done(workspace, environment, ground.wanted)
    return undefined
  }
  const found = await reportOf(dependencies, ground, source, signal)
  const { exemptions } = await readExemptions(read.workspace, source)
  const before = await dependencies.store.checks.at(workspace, environment)
  const kept = await keepCheck(dependencies, {
    ground,
    ...found,
    entries: read.workspace.observations ?? [],
    excusedUntil: exemptionsHoldUntil(exemptions, ground.now),
    by: order.by,
  })
  // Whoever looks at the tree next waits for nothing.
  if (before?.revision !== ground.revision.revision)
    await outlineAhead(dependencies, {
      revision: ground.revision,
      source,
      environment,
      deadlineMs: dependencies.checkDeadlineMs,
    })
  return kept
}

/** The report about one environment, or the fault that ended its check. What goes away by itself is thrown: the queue asks again. */
async function reportOf(
  { congruent, store, queue, clock, checkDeadlineMs }: StoredDependencies,
  { workspace, environment, wanted, snapshots, now }: CheckGround,
  source: Source,
  signal: AbortSignal | undefined,
): Promise<Pick<CheckOutcome, 'report' | 'fault'>> {
  try {
    const { report } = await congruent.check({
      source,
      files: snapshotFiles(store.files, workspace, snapshots),
      environments: [environment],
      entry: 'api',
      digests: true,
      complete: true,
      now,
      deadlineMs: checkDeadlineMs,
      help: helpThroughQueue({ queue, clock }, { workspace, environment, wanted }),
      ...(signal === undefined ? {} : { signal }),
    })
    const [fault] = report.faults ?? []
    if (fault === undefined) return { report, fault }
    if (passing.has(fault.code)) throw new Fault('ENGINE_CLOSED', fault.message)
    return { report: undefined, fault: { code: fault.code, message: fault.message } }
  } catch (error) {
    if (signal?.aborted === true || !(error instanceof Fault) || passing.has(error.code)) throw error
    return { report: undefined, fault: { code: error.code, message: error.message } }
  }
}

const passing: ReadonlySet<string> = new Set(['ENGINE_CLOSED', 'STORE_UNAVAILABLE'])

async function groundOf(
  { store, clock }: StoredDependencies,
  workspace: string,
  environment: string,
): Promise<CheckGround | undefined> {
  return store.transaction(async (tables) => {
    // What is wanted is read first: whatever comes after that is wanted again.
    const progress = await tables.checks.progress(workspace, environment, 'lock')
    const revision = await tables.revisions.at(workspace)
    if (revision === undefined) return undefined
    const snapshots = await tables.snapshots.candidates(workspace, environment, {})
    return { workspace, environment, wanted: progress?.wanted ?? 0, revision, snapshots, now: clock() }
  })
}

/** Whether nothing has changed since the newest check, and it is not time yet; then the queue is asked again for when it is. */
async function holds({ store, queue }: StoredDependencies, ground: CheckGround): Promise<boolean> {
  const { workspace, environment, wanted, now } = ground
  const progress = await store.checks.progress(workspace, environment)
  if (progress === undefined || progress.done < wanted) return false
  const newest = await store.checks.at(workspace, environment)
  if (newest === undefined || newest.fault !== undefined) return false
  if (newest.holdsUntil === undefined) return true
  const until = Date.parse(newest.holdsUntil)
  if (now.getTime() > until) return false
  await queue.send('check', { workspace, environment }, { afterSeconds: secondsUntil(until, now) })
  return true
}
