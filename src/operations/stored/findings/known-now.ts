import type { Finding } from '../../../model/finding.ts'
import type { Report } from '../../../model/report.ts'
import type { TrackedFinding } from '../../../model/tracked-finding.ts'
import { chosenEnvironments } from '../../environments.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { inForce } from '../in-force.ts'
import { snapshotFiles } from '../stored-cut.ts'

/** Which moment is looked at with what is known today. */
export interface KnownNowInput {
  readonly workspace: string
  /** Default: every one that the workspace had then. */
  readonly environments?: readonly string[]
  readonly at: Date
  readonly deadlineMs: number
  readonly signal?: AbortSignal
}

/** What the revision in force at a moment says of what observers saw until then, whenever we learned of it: one report for each environment. */
export async function checkKnownNow(
  dependencies: StoredDependencies,
  { workspace, environments, at, deadlineMs, signal }: KnownNowInput,
): Promise<{
  readonly revision: number
  readonly reports: readonly { readonly name: string; readonly report: Report }[]
}> {
  const { congruent, store } = dependencies
  const { revision, source, read } = await inForce(dependencies, workspace, at)
  const reports = await Promise.all(
    chosenEnvironments(environments, read.environments).map(async (name) => {
      const snapshots = await store.snapshots.candidates(workspace, name, { observedUntil: at })
      const { report } = await congruent.check({
        source,
        files: snapshotFiles(store.files, workspace, snapshots),
        environments: [name],
        entry: 'api',
        now: at,
        deadlineMs,
        ...(signal === undefined ? {} : { signal }),
      })
      return { name, report }
    }),
  )
  return { revision: revision.revision, reports }
}

/** A finding that was worked out anew for a moment: it has no history. */
export function foundAt(finding: Finding, at: Date): TrackedFinding {
  const moment = at.toISOString()
  return { ...finding, firstSeen: moment, since: moment, lastSeen: moment, reopened: 0 }
}
