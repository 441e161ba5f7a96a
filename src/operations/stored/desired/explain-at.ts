import type { Explanation } from '../../../model/explanation.ts'
import type { Path } from '../../../model/path.ts'
import type { RequestOptions } from '../../dependencies.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { environmentIn, inForce } from '../in-force.ts'
import { candidatesAt, snapshotFiles, type Moment } from '../stored-cut.ts'

/** Which path of a stored workspace, and when. */
export interface ExplainAtInput extends Moment, Pick<RequestOptions, 'deadlineMs' | 'signal'> {
  readonly workspace: string
  /** Needed where there are several. */
  readonly environment?: string
  readonly path: Path
}

/** What was demanded at a path at a moment, by whom, what was observed there, and what that comes to. */
export async function explainAt(
  dependencies: Pick<StoredDependencies, 'congruent' | 'store' | 'sourceOf' | 'clock'>,
  input: ExplainAtInput,
): Promise<Explanation> {
  const { congruent, store, clock } = dependencies
  const { workspace, at, known, path, deadlineMs, signal } = input
  const { source, read } = await inForce(dependencies, workspace, at)
  const environment = environmentIn(read, input.environment)
  const candidates = await candidatesAt(store, workspace, environment, { known, ...(at === undefined ? {} : { at }) })
  const { explanation } = await congruent.explain({
    source,
    files: snapshotFiles(store.files, workspace, candidates),
    environment,
    path,
    entry: 'api',
    digests: true,
    now: at ?? clock(),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
    ...(signal === undefined ? {} : { signal }),
  })
  return explanation
}
