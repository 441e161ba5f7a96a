import { toJson } from '../document/to-json.ts'
import type { Engine } from '../engine/engine.ts'
import type { InCircumstances, PlanAnswer } from '../engine/protocol.ts'
import type { Memory } from '../memory/memory.ts'
import { overlaps } from '../model/path-pattern.ts'
import type { ObservedState } from '../observation/cut.ts'
import type { Divided } from './asking.ts'
import type { Budget } from './budget.ts'
import { digestOf } from './digest.ts'
import type { Entity } from './division/collections.ts'
import { coveredPlaces } from './division/covered.ts'
import { readByAny } from './reads.ts'
import { reached } from './sight.ts'

/** What is known of entities because conditions on anything else are decided. */
export interface Circumstances {
  /** Equal for equal rules only. */
  readonly id: string
  /** Each rules once. */
  readonly rules: readonly InCircumstances['accept'][]
  /** Which of the rules hold for each case. */
  readonly ruled: readonly number[]
  readonly cases: readonly InCircumstances[]
  /** Which case an entity is, if any. */
  readonly caseOf: (entity: Entity) => number | undefined
}

/** What of entities is known where nothing is. */
const noCircumstances: Circumstances = { id: '', rules: [], ruled: [], cases: [], caseOf: () => undefined }

/** More cases cost more than they save. */
const mostCases = 256

/** Has the engine decide conditions that hang on nothing of entities but their labels: once for all entities that are alike in that. */
export async function circumstancesOf(
  engine: Engine,
  memory: Memory,
  { request: { fragments, observed }, plan }: Divided,
  entities: readonly Entity[],
  base: string,
  budget: Budget,
): Promise<Circumstances> {
  const decidable = plan.separable.map((pattern) => pattern.conditions !== undefined && isKnown(pattern, observed))
  if (!decidable.includes(true)) return noCircumstances
  const first = new Map<string, Entity>()
  const keyOf = ({ collection: { pattern }, path, named }: Entity): string | undefined =>
    decidable[pattern] === true && named === undefined
      ? JSON.stringify([pattern, plan.separable[pattern]?.conditions?.labels.map((at) => path[at])])
      : undefined
  for (const entity of entities) {
    const key = keyOf(entity)
    if (key !== undefined && !first.has(key)) first.set(key, entity)
  }
  if (first.size === 0 || first.size > mostCases) return noCircumstances
  const reads = plan.separable.flatMap((pattern, index) => (decidable[index] === true ? pattern.reads : []))
  const circumstances = {
    observed: toJson(reached(observed.state, reads.map(readByAny)) ?? {}, { sorted: true }),
    entities: Array.from(first.values(), ({ path }) => path),
  }
  const key = `cases/${base}/${digestOf([JSON.stringify(circumstances)])}`
  const before = casesIn((await memory.recall([key])).get(key), first.size)
  const answer =
    before === undefined
      ? await budget.spend(async (limits) => engine.plan?.({ fragments, circumstances }, limits))
      : undefined
  const cases = before ?? answer?.circumstances
  if (cases?.length !== first.size) return noCircumstances
  if (before === undefined && answer?.lacks.length === 0) memory.remember([[key, JSON.stringify(cases)]])
  const numbers = new Map(Array.from(first.keys(), (name, index) => [name, index]))
  const texts = cases.map(({ accept }) => JSON.stringify(accept))
  const each = [...new Set(texts)]
  return {
    id: digestOf(each),
    rules: each.map((text) => cases[texts.indexOf(text)]?.accept ?? []),
    ruled: texts.map((text) => each.indexOf(text)),
    cases,
    caseOf: (entity) => numbers.get(keyOf(entity) ?? ''),
  }
}

/** Whether all that entities of a pattern read outside themselves was looked at, and none of it is masked or contested. */
function isKnown({ list, reads }: PlanAnswer['separable'][number], observed: ObservedState): boolean {
  const covered = coveredPlaces(observed.coverage)
  const marked = [...observed.masked, ...observed.contested.map(({ path }) => path)]
  return (
    !list &&
    reads.map(readByAny).every((read) => {
      const computed = read.indexOf(null)
      const named = (computed < 0 ? read : read.slice(0, computed)).filter((label) => label !== null)
      return covered.throughout(named) && !marked.some((path) => overlaps(read, path))
    })
  )
}

/** Cases out of a text; undefined where there are none of that number. */
function casesIn(text: string | undefined, count: number): readonly InCircumstances[] | undefined {
  try {
    const cases: unknown = text === undefined ? undefined : JSON.parse(text)
    return isCases(cases) && cases.length === count ? cases : undefined
  } catch {
    return undefined
  }
}

function isCases(value: unknown): value is readonly InCircumstances[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && 'outcomes' in one)
}
