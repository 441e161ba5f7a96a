import { Fault } from '../../../errors.ts'
import type { Outline } from '../../../engine/protocol.ts'
import { exactJson } from '../../../model/exact-json.ts'
import type { Revision } from '../../../model/revision.ts'
import { sha256 } from '../../../model/sha256.ts'
import type { Source } from '../../../workspace/source.ts'
import type { StoredDependencies } from '../dependencies.ts'

/** Which desired state. */
export interface DesiredOutlineInput {
  readonly revision: Revision
  readonly source: Source
  readonly environment: string
  readonly deadlineMs?: number | undefined
}

/**
 * What the fragments of a revision unify to, as CUE text without sensitive values, and who says what of it. A revision never changes, so
 * that it is worked out once and remembered where the store is.
 */
export async function desiredOutline(
  { congruent, store }: Pick<StoredDependencies, 'congruent' | 'store'>,
  { revision, source, environment, deadlineMs }: DesiredOutlineInput,
): Promise<Outline> {
  const { workspace, parts } = revision
  const ground = sha256(exactJson([congruent.version, workspace, parts, environment], { sorted: true }))
  const key = `outline/${ground}`
  const kept = (await store.memory.recall([key])).get(key)
  // What was written below.
  if (kept !== undefined) return JSON.parse(kept)
  const [outline = { path: [] }] = await congruent.outline({
    source,
    environment,
    paths: [[]],
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  })
  store.memory.remember([[key, JSON.stringify(outline)]])
  return outline
}

/** Works it out for whoever asks next. What stands in the way is told to them. */
export async function outlineAhead(
  dependencies: Pick<StoredDependencies, 'congruent' | 'store'>,
  input: DesiredOutlineInput,
): Promise<void> {
  try {
    await desiredOutline(dependencies, input)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
}
