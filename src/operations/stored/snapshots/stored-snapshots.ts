import { Fault } from '../../../errors.ts'
import type { StoredSnapshot } from '../../../model/stored-snapshot.ts'
import type { Page, PageRequest, SnapshotFilter } from '../../../store/store.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { knownWorkspace } from '../stored-workspace.ts'

/** What is known of snapshots beside their state, newest received first. Rejects with WORKSPACE_NOT_FOUND. */
export async function listSnapshots(
  { store }: Pick<StoredDependencies, 'store'>,
  workspace: string,
  filter: SnapshotFilter,
  page: PageRequest,
): Promise<Page<StoredSnapshot>> {
  await knownWorkspace(store, workspace)
  return store.snapshots.list(workspace, filter, page)
}

/** A snapshot's document as it is kept: the text at whose lines findings point. Rejects with NOT_FOUND. */
export async function snapshotDocument(
  { store }: Pick<StoredDependencies, 'store'>,
  workspace: string,
  digest: string,
): Promise<string> {
  await knownWorkspace(store, workspace)
  const known = await store.snapshots.find(workspace, { digest })
  const bytes = known === undefined ? undefined : await store.files.get(workspace, digest)
  if (bytes !== undefined) return Buffer.from(bytes).toString()
  throw new Fault('NOT_FOUND', `workspace \`${workspace}\` has no snapshot \`${digest}\``)
}
