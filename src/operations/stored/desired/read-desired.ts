import type { DesiredState } from '../../../model/desired.ts'
import type { Path } from '../../../model/path.ts'
import type { Revision } from '../../../model/revision.ts'
import type { RequestOptions } from '../../dependencies.ts'
import { readWorkspace } from '../../../workspace/read-workspace.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { environmentIn } from '../in-force.ts'

/** Which part of the desired state of a revision. */
export interface DesiredInput extends Pick<RequestOptions, 'deadlineMs' | 'signal'> {
  readonly revision: Revision
  /** Needed where the workspace has several. */
  readonly environment?: string
  readonly path?: Path
  readonly want: 'cue' | 'json'
}

/** What the fragments of a revision unify to. */
export async function readDesired(
  { congruent, sourceOf }: Pick<StoredDependencies, 'congruent' | 'sourceOf'>,
  { revision, environment, want, ...input }: DesiredInput,
): Promise<DesiredState> {
  const source = await sourceOf(revision)
  const { desired } = await congruent.unify({
    ...input,
    source,
    environment: environmentIn(await readWorkspace(source), environment),
    want: [want],
  })
  return desired
}
