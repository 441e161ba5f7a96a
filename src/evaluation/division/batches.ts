import type { EngineOptions } from '../../engine/engine.ts'
import { isDataList, isDataObject, type Data } from '../../model/data.ts'
import type { Found } from '../asking.ts'
import type { Budget } from '../budget.ts'
import type { Entity } from './collections.ts'

/** How work is cut into batches. */
export interface BatchSizes {
  /** Values in a batch, about; a batch costs the engine a reading of all fragments beside. */
  readonly values: number
  /** How many may be in work at a time. */
  readonly lanes: number
}

/** Entities in batches of about equal cost, in order; one batch where they are few. */
export function batchesOf(entities: readonly Entity[], { values, lanes }: BatchSizes): readonly (readonly Entity[])[] {
  const costs = entities.map(costOfEntity)
  const total = costs.reduce((sum, cost) => sum + cost, 0)
  const least = Math.ceil(total / values)
  // A last lane that is idle while others work is time lost.
  const count = least <= 1 ? 1 : Math.ceil(least / lanes) * lanes
  const batches: Entity[][] = []
  let reached = 0
  for (const [index, entity] of entities.entries()) {
    const batch = Math.min(count - 1, Math.floor((reached / total) * count))
    const members = (batches[batch] ??= [])
    members.push(entity)
    reached += costs[index] ?? 0
  }
  return entities.length === 0 ? [[]] : batches.filter((batch) => batch.length > 0)
}

/** How many values entities hold. */
export function valuesIn(entities: readonly Entity[]): number {
  return entities.reduce((sum, entity) => sum + costOfEntity(entity), 0)
}

function costOfEntity({ value }: Entity): number {
  return value === undefined ? 1 : costOf(value)
}

/** How many values a value holds, itself included. */
function costOf(value: Data): number {
  if (isDataList(value)) return value.reduce<number>((sum, element) => sum + costOf(element), 1)
  if (!isDataObject(value)) return 1
  let cost = 1
  for (const label in value) cost += costOf(value[label] ?? null)
  return cost
}

/** Does the batches, so many at a time, and joins what they find: of the rest, what the first one says. */
export async function inBatches(
  batches: readonly (readonly Entity[])[],
  lanes: number,
  budget: Budget,
  ask: (batch: readonly Entity[], limits: EngineOptions) => Promise<Found>,
): Promise<Found> {
  const waiting = [...batches.entries()]
  const found: Found[] = []
  const lane = async (own: Budget): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, batch] = next
      try {
        found[index] = await own.spend((limits) => ask(batch, limits))
      } catch (error) {
        // Nothing more is begun for an answer that will never be.
        waiting.length = 0
        throw error
      }
    }
  }
  await budget.spendBeside(Array.from({ length: Math.min(lanes, batches.length) }, () => lane))
  return {
    entities: new Map(found.flatMap(({ entities }) => [...entities])),
    rest: found[0]?.rest ?? [],
    lacks: found.flatMap(({ lacks }) => lacks),
  }
}
