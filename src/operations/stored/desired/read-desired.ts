import type { DesiredState } from '../../../model/desired.ts'
import type { Path } from '../../../model/path.ts'
import type { Revision } from '../../../model/revision.ts'
import type { RequestOptions } from '../../dependencies.ts'
import type { StoredDependencies } from '../dependencies.ts'

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
  { revision, want, ...input }: DesiredInput,
): Promise<DesiredState> {
  const { desired } = await congruent.unify({ ...input, want: [want], source: await sourceOf(revision) })
  return desired
}
