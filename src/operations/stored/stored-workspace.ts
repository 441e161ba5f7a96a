import { Fault } from '../../errors.ts'
import type { Revision } from '../../model/revision.ts'
import type { Tables } from '../../store/store.ts'

/** Which revision: by number, or the one in force at a moment; default the newest. */
export interface RevisionChoice {
  readonly revision?: number
  readonly at?: Date
}

/** The revision that was chosen. Rejects with WORKSPACE_NOT_FOUND, or NOT_FOUND where the workspace has none such. */
export async function chosenRevision(
  tables: Pick<Tables, 'workspaces' | 'revisions'>,
  workspace: string,
  { revision, at }: RevisionChoice = {},
): Promise<Revision> {
  const found =
    revision === undefined ? await tables.revisions.at(workspace, at) : await tables.revisions.get(workspace, revision)
  if (found !== undefined) return found
  if ((await tables.workspaces.find(workspace)) === undefined) throw noWorkspace(workspace)
  const which =
    revision === undefined ? `was not there yet at ${(at ?? new Date(0)).toISOString()}` : `has no revision ${revision}`
  throw new Fault('NOT_FOUND', `workspace \`${workspace}\` ${which}`)
}

/** Rejects with WORKSPACE_NOT_FOUND where there is no such workspace. */
export async function knownWorkspace(tables: Pick<Tables, 'workspaces'>, workspace: string): Promise<void> {
  if ((await tables.workspaces.find(workspace)) === undefined) throw noWorkspace(workspace)
}

/** Says that there is no such workspace, and how to make one. */
export function noWorkspace(workspace: string): Fault {
  return new Fault(
    'WORKSPACE_NOT_FOUND',
    `there is no workspace \`${workspace}\`; make it with \`PUT /v1/workspaces/${workspace}\``,
  )
}
