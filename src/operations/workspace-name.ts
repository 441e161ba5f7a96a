import { readWorkspace } from '../workspace/read-workspace.ts'
import type { Source } from '../workspace/source.ts'

/** The name of the workspace of a source. Rejects with WORKSPACE_NOT_FOUND or WORKSPACE_INVALID. */
export async function workspaceName(source: Source): Promise<string> {
  const { workspace } = await readWorkspace(source)
  return workspace.workspace
}
