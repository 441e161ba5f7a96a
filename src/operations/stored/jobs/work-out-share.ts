import type { Jobs } from '../../../queue/queue.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { snapshotFiles } from '../stored-cut.ts'

/** Works out a share of a check of a stored environment; nothing where the check has been made meanwhile. */
export async function workOutShare(
  {
    congruent,
    store,
    sourceOf,
    clock,
    checkDeadlineMs,
  }: Pick<StoredDependencies, 'congruent' | 'store' | 'sourceOf' | 'clock' | 'checkDeadlineMs'>,
  { workspace, environment, wanted, share, of }: Jobs['part'],
  signal: AbortSignal,
): Promise<void> {
  const progress = await store.checks.progress(workspace, environment)
  const revision = await store.revisions.at(workspace)
  if (revision === undefined || progress === undefined || progress.done >= wanted) return
  const snapshots = await store.snapshots.candidates(workspace, environment, {})
  await congruent.prepare({
    source: await sourceOf(revision),
    files: snapshotFiles(store.files, workspace, snapshots),
    environment,
    share: { index: share, of },
    now: clock(),
    deadlineMs: checkDeadlineMs,
    signal,
  })
}
