import type { Acceptance } from '../acceptance/acceptance.ts'
import type { PlanAnswer } from '../engine/protocol.ts'
import type { Budget } from './budget.ts'
import type { Entity } from './division/collections.ts'

/** Acceptance may take this part of what is left: the engine needs the rest where it does not come to an end. */
const share = 0.5

/** The entities that have no finding for certain; `id` names the plan. */
export async function accepting(
  acceptance: Acceptance,
  { separable }: PlanAnswer,
  id: string,
  entities: readonly Entity[],
  budget: Budget,
): Promise<ReadonlySet<Entity>> {
  const mayAccept = separable.map(({ undecidable, accept }) => undecidable.length === 0 && accept.length > 0)
  const candidates = entities.flatMap((entity) => {
    const { collection, label, value, named, marks } = entity
    const { pattern } = collection
    if (value === undefined || marks !== undefined || named?.undecidable === true || mayAccept[pattern] !== true)
      return []
    return [{ entity, pattern, label, value, ...(named === undefined ? {} : { named: demandsOf(named) }) }]
  })
  if (candidates.length === 0) return new Set()
  const patterns = separable.map(({ accept }) => accept)
  const indices = await budget.spend((limits) =>
    acceptance.accepted({ id, patterns }, candidates, { ...limits, deadlineMs: limits.deadlineMs * share }),
  )
  return new Set(Array.from(indices).flatMap((index) => candidates[index]?.entity ?? []))
}

type Named = NonNullable<Entity['named']>

function demandsOf({ constants, schemas }: Named): Pick<Named, 'constants' | 'schemas'> {
  return { ...(constants === undefined ? {} : { constants }), ...(schemas === undefined ? {} : { schemas }) }
}
