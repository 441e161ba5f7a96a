import { placed } from '../../check/draft.ts'
import { compareConjuncts, sortedUnique } from '../../check/sort.ts'
import type { Engine, EngineOptions } from '../../engine/engine.ts'
import type { ExplainedConjunct } from '../../engine/protocol.ts'
import type { Mask } from '../../masking/mask.ts'
import type { Conjunct } from '../../model/finding.ts'
import type { Path } from '../../model/path.ts'
import type { FragmentSet } from '../../workspace/fragments.ts'

/** Where fragments are asked, and how. */
export interface Asked {
  readonly engine: Engine
  readonly fragments: FragmentSet
  readonly limits: EngineOptions
  readonly mask?: Mask
}

const nothingSeen = { state: '{}', coverage: [], contested: [], masked: [] }

/** What fragments say at a path, as they wrote it. */
export async function contributionsAt(
  { engine, fragments, limits }: Asked,
  path: Path,
): Promise<readonly ExplainedConjunct[]> {
  const { conjuncts } = await engine.explain({ fragments: fragments.fragments, observed: nothingSeen, path }, limits)
  return conjuncts
}

/** Who speaks at a path or, where nobody does, at the nearest one above, by file, line and column. */
export async function speakersAt(asked: Asked, path: Path): Promise<readonly Conjunct[]> {
  const found = sortedUnique(placed(await contributionsAt(asked, path), asked.fragments), compareConjuncts)
  if (found.length === 0 && path.length > 0) return speakersAt(asked, path.slice(0, -1))
  return asked.mask?.conjuncts(found, path) ?? found
}
