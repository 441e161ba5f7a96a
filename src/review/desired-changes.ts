import { placed } from '../check/draft.ts'
import type { EngineChange } from '../engine/protocol.ts'
import type { Data } from '../model/data.ts'
import { comparePath } from '../model/order.ts'
import type { Path } from '../model/path.ts'
import type { Change } from '../model/review.ts'
import type { OwnerOf } from '../check/owner.ts'
import type { FragmentSet } from '../workspace/fragments.ts'

/** What an engine's changes are told with. */
export interface ChangesInput {
  readonly base: FragmentSet
  readonly head: FragmentSet
  /** The head's, or the base's where the head's has none. */
  readonly ownerOf: OwnerOf
  /** The value of a JSON text that stands at a path, as it may be told. */
  readonly valueOf: (json: string, path: Path) => Data
}

/** Changes of the desired state with the lines of files, and whose paths they are, sorted by path. */
export function desiredChanges(
  changes: readonly EngineChange[],
  { base, head, ownerOf, valueOf }: ChangesInput,
): readonly Change[] {
  return changes
    .map((one): Change => {
      const owner = ownerOf(one.path)
      const { at, path, change, before, after, example, opposite, teams } = one
      return {
        at,
        path,
        change,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
        ...(example === undefined ? {} : { example: { ...example, value: valueOf(example.value, path) } }),
        ...(opposite === undefined ? {} : { opposite: { ...opposite, value: valueOf(opposite.value, path) } }),
        side: one.side,
        conjuncts: placed(one.conjuncts, one.side === 'base' ? base : head),
        ...(owner === undefined ? {} : { owner }),
        teams,
      }
    })
    .toSorted((a, b) => comparePath(a.path, b.path))
}
