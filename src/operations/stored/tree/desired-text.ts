import { exactJson } from '../../../model/exact-json.ts'
import type { Revision } from '../../../model/revision.ts'
import { sha256 } from '../../../model/sha256.ts'
import type { Source } from '../../../workspace/source.ts'
import type { StoredDependencies } from '../dependencies.ts'

/** Which desired state. */
export interface DesiredTextInput {
  readonly revision: Revision
  readonly source: Source
  readonly environment: string
  readonly deadlineMs: number | undefined
}

/**
 * What the fragments of a revision unify to, as CUE text without sensitive values. A revision never changes, so that it is worked out once
 * and remembered where the store is.
 */
export async function desiredText(
  { congruent, store }: Pick<StoredDependencies, 'congruent' | 'store'>,
  { revision, source, environment, deadlineMs }: DesiredTextInput,
): Promise<string> {
  const { workspace, parts } = revision
  const ground = sha256(exactJson([congruent.version, workspace, parts, environment], { sorted: true }))
  const key = `desired-text/${ground}`
  const kept = readKept((await store.memory.recall([key])).get(key))
  if (kept !== undefined) return kept
  const { desired } = await congruent.unify({
    source,
    environment,
    want: ['cue'],
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  })
  const text = desired.cue ?? ''
  store.memory.remember([[key, JSON.stringify(text)]])
  return text
}

function readKept(json: string | undefined): string | undefined {
  if (json === undefined) return undefined
  const text: unknown = JSON.parse(json)
  return typeof text === 'string' ? text : undefined
}
