import type { Engine } from '../engine/engine.ts'
import type { MetRule, RuleName } from '../engine/protocol.ts'
import { divide } from '../evaluation/division/collections.ts'
import { restrict } from '../evaluation/division/restrict.ts'
import { wholeOf } from '../evaluation/division/whole.ts'
import { compareText } from '../model/order.ts'
import type { ObservedState } from '../observation/cut.ts'
import type { FragmentSet } from '../workspace/fragments.ts'
import { limitsOf, type RequestOptions } from './dependencies.ts'
import { subjectOf } from './subject.ts'

/** Fragments, and a state about which they speak. */
export interface Seen {
  readonly fragments: FragmentSet
  readonly observed: ObservedState
}

/** So many entities are looked at in one request. */
const entitiesAtATime = 400

/** Tells the rules of teams apart. */
export function keyOf({ id, team }: RuleName): string {
  return JSON.stringify([id, team])
}

/** The rules that speak about something in a state, and at how many paths; none where the engine cannot tell. */
export async function metAtOnce(
  engine: Engine,
  { fragments, observed }: Seen,
  options: RequestOptions,
): Promise<readonly MetRule[]> {
  const limits = limitsOf(options, subjectOf(fragments.environment, fragments))
  const answer = await engine.exercised?.({ fragments: fragments.fragments, observed: wholeOf(observed) }, limits)
  return answer?.rules ?? []
}

/**
 * The same of a state that may be large: some entities at a time. With `enough` it ends when these rules, by `keyOf`, were all met, and the
 * numbers of paths are then of what was looked at. Sorted by id and team.
 */
export async function metRules(
  engine: Engine,
  seen: Seen,
  options: RequestOptions,
  enough?: readonly string[],
): Promise<readonly MetRule[]> {
  const { fragments, observed } = seen
  const limits = limitsOf(options, subjectOf(fragments.environment, fragments))
  const plan = await engine.plan?.({ fragments: fragments.fragments }, limits)
  if (plan === undefined || plan.separable.length === 0) return metAtOnce(engine, seen, options)
  const readsObserved = fragments.fragments.files.some(({ text }) => text.includes('#observed'))
  const division = divide(plan, observed, readsObserved)
  const entities = Array.from(division.entities.values()).flat()
  if (entities.length <= entitiesAtATime) return metAtOnce(engine, seen, options)
  const metAmong = async (some: typeof entities): Promise<readonly MetRule[]> => {
    const { observed: part } = restrict(plan, division, observed, some, readsObserved)
    const answer = await engine.exercised?.({ fragments: fragments.fragments, observed: part }, limits)
    return answer?.rules ?? []
  }
  // What lies beside the entities is in every part, and counts once.
  const beside = new Map((await metAmong([])).map((rule) => [keyOf(rule), rule]))
  const met = new Map(beside)
  for (let from = 0; from < entities.length; from += entitiesAtATime) {
    for (const rule of await metAmong(entities.slice(from, from + entitiesAtATime))) {
      const key = keyOf(rule)
      const more = rule.paths - (beside.get(key)?.paths ?? 0)
      met.set(key, { ...rule, paths: (met.get(key)?.paths ?? 0) + more })
    }
    if (enough?.every((key) => met.has(key)) === true) break
  }
  return [...met.values()].sort((a, b) => compareText(a.id, b.id) || compareText(a.team, b.team))
}
