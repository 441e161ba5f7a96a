import type { Workspace } from '../../../model/workspace.ts'
import type { StoredWorkspace } from '../../../store/store.ts'
import { readWorkspace } from '../../../workspace/read-workspace.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { chosenRevision, noWorkspace, type RevisionChoice } from '../stored-workspace.ts'

/** A workspace as it was in a revision. */
export interface GotWorkspace extends StoredWorkspace {
  readonly revision: number
  /** Of the document's text. */
  readonly digest: string
  readonly document: Workspace
  /** The document as it came. */
  readonly text: Uint8Array
}

/** What a workspace's document says, in the revision of the choice. */
export async function getWorkspace(
  { store, sourceOf }: Pick<StoredDependencies, 'store' | 'sourceOf'>,
  workspace: string,
  choice: RevisionChoice,
): Promise<GotWorkspace> {
  const revision = await chosenRevision(store, workspace, choice)
  const [stored, text, read] = await Promise.all([
    store.workspaces.find(workspace),
    store.files.get(workspace, revision.parts.workspace),
    sourceOf(revision).then(readWorkspace),
  ])
  if (stored === undefined || text === undefined) throw noWorkspace(workspace)
  return { ...stored, revision: revision.revision, digest: revision.parts.workspace, document: read.workspace, text }
}
