import type { NamedFile } from '../../observation/cut-request.ts'
import type { SnapshotFilter, Store } from '../../store/store.ts'
import { snapshotFiles } from './stored-cut.ts'

/** What observers report of an environment of a stored workspace, until a moment, default now: the files of its cut. */
export async function newestFiles(
  store: Pick<Store, 'snapshots' | 'files'>,
  workspace: string,
  environment: string,
  until: Pick<SnapshotFilter, 'observedUntil' | 'receivedUntil'> = {},
): Promise<readonly NamedFile[]> {
  return snapshotFiles(store.files, workspace, await store.snapshots.candidates(workspace, environment, until))
}
