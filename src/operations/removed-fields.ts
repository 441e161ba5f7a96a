import { wholeOf } from '../evaluation/division/whole.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import type { EngineFinding, Fragments } from '../engine/protocol.ts'
import { dataMap, memberOf } from '../model/data-map.ts'
import type { Data } from '../model/data.ts'
import type { Path } from '../model/path.ts'
import type { Cut } from '../observation/cut.ts'

/** What the desired state must say of an object to be what was applied, rather than a constraint on what others apply. */
const identity = ['apiVersion', 'kind']

/**
 * Fields that an earlier apply set, that are still there, and that no fragment asks for any more. It is asked beside the check, of
 * the desired state alone, so that dividing the check has no part in it; an engine that cannot tell says so in what it lacks.
 */
export async function removedFields(
  engine: Engine,
  fragments: Fragments,
  { observed, applied }: Pick<Cut, 'observed' | 'applied'>,
  limits: EngineOptions,
): Promise<readonly EngineFinding[]> {
  const standing = applied.filter(({ at }) => valueAt(observed.state, at) !== undefined)
  if (standing.length === 0 || engine.removed === undefined) return []
  const readsObserved = fragments.files.some(({ text }) => text.includes('#observed'))
  const { findings } = await engine.removed(
    {
      fragments,
      observed: wholeOf(readsObserved ? observed : { state: dataMap([]), coverage: [], contested: [], masked: [] }),
      applied: standing.map(({ at, by, fields }) => ({ at, by, fields: JSON.stringify(fields) })),
      identity,
    },
    limits,
  )
  return findings.filter(({ path }) => valueAt(observed.state, path) !== undefined)
}

/** What was found, with the fields that were removed; not those that, or around which, something is unexpected anyway. */
export function withRemoved(
  found: readonly EngineFinding[],
  removed: readonly EngineFinding[],
): readonly EngineFinding[] {
  if (removed.length === 0) return found
  const refused = new Set(found.flatMap(({ kind, path }) => (kind === 'unexpected' ? [JSON.stringify(path)] : [])))
  const news = removed.filter(
    ({ path }) => !path.some((_, index) => refused.has(JSON.stringify(path.slice(0, index + 1)))),
  )
  return [...found, ...news]
}

function valueAt(state: Data, path: Path): Data | undefined {
  return path.reduce<Data | undefined>(memberOf, state)
}
