import type { Memory } from '../memory/memory.ts'
import { valuesIn } from './division/batches.ts'
import type { Entity } from './division/collections.ts'
import type { Keys } from './results/keys.ts'

/** A part of the entities of a check; the first of them has the index 0. */
export interface Share {
  readonly index: number
  readonly of: number
}

/** Others who have the same memory, and can work out shares of a large check. */
export interface Help {
  /** Has them begin with all shares but the first, so many at most; undefined where nobody can. Never rejects. */
  begin(mostShares: number): Promise<Helping | undefined>
}

export interface Helping {
  /** How many shares there are, the first included. */
  readonly of: number
  /** Waits until they have done what they do. Never rejects: what they leave undone is found out by ourselves. */
  finished(): Promise<void>
}

interface Work {
  readonly keys: Keys
  readonly memory: Memory
  /** The fewest values that make a share worth its reading. */
  readonly values: number
  /** Finds out about entities, and remembers that. */
  readonly find: (entities: readonly Entity[]) => Promise<unknown>
}

/** Lets others work beside us, where there is so much that nobody knows yet; what they find is in the memory then. */
export async function helped(
  help: Help,
  entities: readonly Entity[],
  { keys, memory, values, find }: Work,
): Promise<void> {
  if (valuesIn(entities) < 2 * values) return
  const most = Math.floor(valuesIn(await unknown(entities, keys, memory)) / values)
  const helping = most < 2 ? undefined : await help.begin(most)
  if (helping === undefined) return
  await find(ofShare(entities, keys, { index: 0, of: helping.of }))
  await helping.finished()
}

/** The entities of a share; those that are asked about once are in the same one. */
export function ofShare(entities: readonly Entity[], keys: Keys, { index, of }: Share): readonly Entity[] {
  return entities.filter((entity) => {
    const { shared, own } = keys.of(entity)
    // The last digits of a digest.
    return Number.parseInt((shared ?? own).slice(-8), 16) % of === index
  })
}

async function unknown(entities: readonly Entity[], keys: Keys, memory: Memory): Promise<readonly Entity[]> {
  const keyed = entities.map((entity) => ({ entity, key: keys.of(entity) }))
  const known = await memory.recall(keyed.map(({ key: { shared, own } }) => shared ?? own))
  return keyed.flatMap(({ entity, key: { shared, own } }) => (known.has(shared ?? own) ? [] : [entity]))
}
