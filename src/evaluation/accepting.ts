import type { Acceptance } from '../acceptance/acceptance.ts'
import type { PlanAnswer } from '../engine/protocol.ts'
import type { Data } from '../model/data.ts'
import type { Budget } from './budget.ts'
import type { Circumstances } from './circumstances.ts'
import type { Entity } from './division/collections.ts'

/** Acceptance may take this part of what is left: the engine needs the rest where it does not come to an end. */
const share = 0.5

/** The entities that have no finding for certain; `id` names the plan. */
export async function accepting(
  acceptance: Acceptance,
  plan: PlanAnswer,
  id: string,
  entities: readonly Entity[],
  circumstances: Circumstances,
  budget: Budget,
): Promise<ReadonlySet<Entity>> {
  const candidates = entities.flatMap(
    (entity) => inCase(plan, entity, circumstances) ?? candidateOf(plan, entity) ?? [],
  )
  if (candidates.length === 0) return new Set()
  const patterns = [...patternsOf(plan), ...circumstances.rules]
  const indices = await budget.spend((limits) =>
    acceptance.accepted({ id: `${id}${circumstances.id}`, patterns }, candidates, {
      ...limits,
      deadlineMs: limits.deadlineMs * share,
    }),
  )
  return new Set(Array.from(indices).flatMap((index) => candidates[index]?.entity ?? []))
}

/** What acceptance is asked about an entity. */
export interface Candidate {
  readonly entity: Entity
  readonly pattern: number
  readonly label: string
  readonly value: Data
  readonly named?: Pick<Named, 'constants' | 'schemas'>
}

type Named = NonNullable<Entity['named']>

/** An entity that acceptance may be asked about; undefined where only the engine can tell. */
export function candidateOf({ separable }: PlanAnswer, entity: Entity): Candidate | undefined {
  const { collection, label, value, named, marks } = entity
  const { pattern } = collection
  const rules = separable[pattern]
  if (value === undefined || marks !== undefined || named?.undecidable === true) return undefined
  if (rules === undefined || rules.undecidable.length > 0 || rules.accept.length === 0) return undefined
  return { entity, pattern, label, value, ...(named === undefined ? {} : { named: demandsOf(named) }) }
}

/** The same where it is known what conditions on anything else come to; undefined where that is not known. */
function inCase(plan: PlanAnswer, entity: Entity, { rules, ruled, caseOf }: Circumstances): Candidate | undefined {
  const number = ruled[caseOf(entity) ?? -1]
  const { label, value, marks } = entity
  if (number === undefined || rules[number]?.length === 0) return undefined
  if (value === undefined || marks !== undefined) return undefined
  return { entity, pattern: plan.separable.length + number, label, value }
}

/** By pattern: what an entity must satisfy. */
export function patternsOf({ separable }: PlanAnswer): readonly PlanAnswer['separable'][number]['accept'][] {
  return separable.map(({ accept }) => accept)
}

function demandsOf({ constants, schemas }: Named): Pick<Named, 'constants' | 'schemas'> {
  return { ...(constants === undefined ? {} : { constants }), ...(schemas === undefined ? {} : { schemas }) }
}
