import type { Path } from '../../../model/path.ts'
import type { Rendered, RenderTarget } from '../../../model/rendered.ts'
import type { Revision } from '../../../model/revision.ts'
import { readWorkspace } from '../../../workspace/read-workspace.ts'
import type { RequestOptions } from '../../dependencies.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { environmentIn } from '../in-force.ts'

/** Which part of the desired state of a revision, and what it is written for. */
export interface RenderDesiredInput extends Pick<RequestOptions, 'deadlineMs' | 'signal'> {
  readonly revision: Revision
  /** Needed where the workspace has several. */
  readonly environment?: string
  readonly path?: Path
  readonly to: RenderTarget
}

/** What the fragments of a revision unify to, as files. */
export async function renderDesired(
  { congruent, sourceOf }: Pick<StoredDependencies, 'congruent' | 'sourceOf'>,
  { revision, environment, ...input }: RenderDesiredInput,
): Promise<Rendered> {
  const source = await sourceOf(revision)
  const chosen = environmentIn(await readWorkspace(source), environment)
  const { rendered } = await congruent.render({ ...input, source, environment: chosen })
  return rendered
}
