import { digestIn } from '../../../model/revision.ts'
import { Fault } from '../../../errors.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { filesOfSet } from '../revision-source.ts'
import { chosenRevision, type RevisionChoice } from '../stored-workspace.ts'

/** A file set as it was in a revision. */
export interface GotFileSet {
  readonly revision: number
  readonly digest: string
  /** Sorted by name. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** The files of a team, or the shared ones. Rejects with NOT_FOUND where there are none in that revision. */
export async function getFileSet(
  { store }: Pick<StoredDependencies, 'store'>,
  workspace: string,
  team: string | undefined,
  choice: RevisionChoice,
): Promise<GotFileSet> {
  const { revision, parts } = await chosenRevision(store, workspace, choice)
  const digest = digestIn(parts, team)
  if (digest === undefined) {
    const what = team === undefined ? 'shared files' : `files of team \`${team}\``
    throw new Fault('NOT_FOUND', `workspace \`${workspace}\` has no ${what} in revision ${revision}`)
  }
  const files = await filesOfSet(store.files, workspace, digest)
  return { revision, digest, files: new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) }
}
