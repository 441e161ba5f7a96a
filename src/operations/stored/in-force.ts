import type { Revision } from '../../model/revision.ts'
import { readWorkspace, type ReadWorkspace } from '../../workspace/read-workspace.ts'
import type { Source } from '../../workspace/source.ts'
import type { StoredDependencies } from './dependencies.ts'
import { chosenRevision } from './stored-workspace.ts'

/** What a stored workspace demanded at a moment, to be read as any workspace is. */
export interface InForce {
  readonly revision: Revision
  readonly source: Source
  readonly read: ReadWorkspace
}

/** The revision in force at a moment, default now. Rejects with WORKSPACE_NOT_FOUND, or NOT_FOUND where there was none yet. */
export async function inForce(
  { store, sourceOf }: Pick<StoredDependencies, 'store' | 'sourceOf'>,
  workspace: string,
  at?: Date,
): Promise<InForce> {
  const revision = await chosenRevision(store, workspace, at === undefined ? {} : { at })
  const source = await sourceOf(revision)
  return { revision, source, read: await readWorkspace(source) }
}
