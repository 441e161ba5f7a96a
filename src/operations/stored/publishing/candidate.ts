import type { Revision } from '../../../model/revision.ts'
import type { Source } from '../../../workspace/source.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { candidateSource, contentOf, type LoadedSet } from '../revision-source.ts'
import { refuseForeignFiles } from './file-sets.ts'

/** A file set laid into the head that it is to change. */
export interface Candidate {
  readonly head: Revision
  readonly set: LoadedSet
  readonly before: Source
  readonly after: Source
}

/** Lays a set into a head. Refuses files that are not the set's to hold. */
export async function candidateOf(
  { store, sourceOf }: Pick<StoredDependencies, 'store' | 'sourceOf'>,
  head: Revision,
  set: LoadedSet,
): Promise<Candidate> {
  const { workspace, parts } = head
  const { document, sets } = await contentOf(store.files, workspace, parts)
  const others = sets.filter(({ team }) => team !== set.team)
  await refuseForeignFiles(workspace, document, set, others)
  const [before, after] = await Promise.all([sourceOf(head), candidateSource(workspace, document, [...others, set])])
  return { head, set, before, after: after.source }
}
