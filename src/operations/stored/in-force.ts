import { Fault } from '../../errors.ts'
import type { Revision } from '../../model/revision.ts'
import { readWorkspace, type ReadWorkspace } from '../../workspace/read-workspace.ts'
import type { Source } from '../../workspace/source.ts'
import { listed, unknownEnvironment } from '../environments.ts'
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

/** The environment that was asked for, or the only one there is. Throws a Fault QUERY_INVALID. */
export function environmentIn(
  { environments }: Pick<ReadWorkspace, 'environments'>,
  asked: string | undefined,
): string {
  const [only, ...others] = environments
  if (asked === undefined && only !== undefined && others.length === 0) return only
  if (asked !== undefined && environments.includes(asked)) return asked
  const expected = listed(environments)
  const what = asked === undefined ? `say which environment: ${expected}` : unknownEnvironment(asked, environments)
  throw new Fault('QUERY_INVALID', what, { details: { problems: [{ path: 'environment', message: expected }] } })
}
