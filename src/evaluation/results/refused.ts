import type { EngineFinding } from '../../engine/protocol.ts'
import type { Memory } from '../../memory/memory.ts'
import type { Found } from '../asking.ts'
import type { Entity } from '../division/collections.ts'
import type { EntityKeys, Keys } from './keys.ts'
import { isForAll, ownOnly, readResult, resultFor, writtenResult } from './results.ts'

/** Asks about entities, and about the rest. */
export type Ask = (entities: readonly Entity[]) => Promise<Found>

/** What was found, by whatever it took. */
export interface Findings {
  readonly entities: ReadonlyMap<Entity, readonly EngineFinding[]>
  readonly rest: readonly EngineFinding[]
  readonly lacks: readonly string[]
}

/**
 * Finds out about the rest and about entities that were not accepted: what is remembered, else of each entities that are equal but for
 * their labels one, whose findings are those of all. What is learnt is remembered.
 */
export async function findOut(entities: readonly Entity[], keys: Keys, memory: Memory, ask: Ask): Promise<Findings> {
  const keyed = new Map(entities.map((entity) => [entity, keys.of(entity)]))
  const restKey = keys.rest()
  const recalled = await memory.recall([restKey, ...Array.from(keyed.values(), allKeys).flat()])
  const rest = readRest(recalled.get(restKey))
  const known = new Map<Entity, readonly EngineFinding[]>()
  const alike = new Map<string, Entity[]>()
  for (const [entity, { shared, own }] of keyed) {
    const isOwn = shared === undefined || recalled.get(shared) === ownOnly
    const reads = keys.patternOf(entity)?.reads ?? []
    const findings =
      readResult(recalled.get(own), entity, reads) ??
      (isOwn ? undefined : readResult(recalled.get(shared), entity, reads))
    if (findings !== undefined) known.set(entity, findings)
    else add(alike, isOwn ? own : shared, entity)
  }
  const news: [string, string][] = []
  const answers: Found[] = []
  if (alike.size > 0 || rest === undefined) {
    const first = await ask(Array.from(alike.values()).flatMap((group) => group.slice(0, 1)))
    answers.push(first)
    const others = Array.from(alike.values()).flatMap((group) => spread(group, first, keys, keyed, known, news))
    if (others.length > 0) {
      const second = await ask(others)
      answers.push(second)
      for (const [entity, findings] of second.entities) {
        known.set(entity, findings)
        news.push(...ownEntry(entity, findings, keyed))
      }
    }
    if (rest === undefined) news.push([restKey, JSON.stringify(first.rest)])
  }
  const lacks = answers.flatMap((answer) => answer.lacks)
  if (news.length > 0 && lacks.length === 0) memory.remember(news)
  return { entities: known, rest: rest ?? answers[0]?.rest ?? [], lacks }
}

/** Gives the findings of the first of a group to all of it; those that they cannot be led to are still to be asked about. */
function spread(
  [first, ...others]: readonly Entity[],
  { entities }: Found,
  keys: Keys,
  keyed: ReadonlyMap<Entity, EntityKeys>,
  known: Map<Entity, readonly EngineFinding[]>,
  news: [string, string][],
): readonly Entity[] {
  if (first === undefined) return []
  const findings = entities.get(first) ?? []
  const shared = keyed.get(first)?.shared
  known.set(first, findings)
  const { path: pattern = [], reads = [] } = keys.patternOf(first) ?? {}
  if (shared === undefined || !isForAll(pattern, first, findings)) {
    news.push(...ownEntry(first, findings, keyed))
    if (shared !== undefined) news.push([shared, ownOnly])
    return others
  }
  news.push([shared, writtenResult(first, findings)])
  return others.filter((entity) => {
    const led = resultFor(entity, reads, first.path, findings)
    if (led !== undefined) known.set(entity, led)
    return led === undefined
  })
}

function ownEntry(
  entity: Entity,
  findings: readonly EngineFinding[],
  keyed: ReadonlyMap<Entity, EntityKeys>,
): readonly [string, string][] {
  const own = keyed.get(entity)?.own
  return own === undefined ? [] : [[own, writtenResult(entity, findings)]]
}

function allKeys({ shared, own }: EntityKeys): readonly string[] {
  return shared === undefined ? [own] : [own, shared]
}

function add(groups: Map<string, Entity[]>, key: string, entity: Entity): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [entity])
  else group.push(entity)
}

function readRest(text: string | undefined): readonly EngineFinding[] | undefined {
  try {
    const findings: unknown = text === undefined ? undefined : JSON.parse(text)
    return isFindings(findings) ? findings : undefined
  } catch {
    return undefined
  }
}

function isFindings(value: unknown): value is readonly EngineFinding[] {
  return Array.isArray(value)
}
