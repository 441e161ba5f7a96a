import { keepNewest } from '../model/keep-newest.ts'
import type { Acceptance, MeteredJudge } from '../acceptance/acceptance.ts'
import type { EngineAnswer } from '../engine/engine.ts'
import type { CheckAnswer, EngineFinding, Fragments, PlanAnswer } from '../engine/protocol.ts'
import { sortedJson } from '../document/sorted-json.ts'
import { isDataList, isDataObject, type Data } from '../model/data.ts'
import { isNormalLabel } from '../model/normal-label.ts'
import type { Path } from '../model/path.ts'
import type { ObservedState } from '../observation/cut.ts'
import { candidateOf, patternsOf } from './accepting.ts'
import type { Divided } from './asking.ts'
import { divide } from './division/collections.ts'
import { entityKey } from './entity-key.ts'
import { restText } from './results/keys.ts'
import type { EvaluationRequest } from './request.ts'

/** Answers small checks without asking anybody, once all that they need was found out before. */
export interface QuickAnswers {
  /** The answer where every entity is accepted and the rest was asked about before. Takes a few milliseconds at most. */
  answer(request: EvaluationRequest): EngineAnswer<CheckAnswer> | undefined
  /** Keeps what was found of the rest of a divided state. */
  learn(divided: Divided, rest: readonly EngineFinding[]): void
}

/** Fragments, and what is known of them. */
interface Known {
  readonly plan: EngineAnswer<PlanAnswer>
  readonly readsObserved: boolean
  readonly accepts: MeteredJudge
  /** By what of a state is the rest. */
  readonly rests: Map<string, readonly EngineFinding[]>
}

/** More values are for the workers: a state is small enough to be looked through between two requests. */
const mostValues = 2000
const mostRests = 64
const longestRest = 16_384
const longestDemand = 16_384

/** Quick answers for fragments as long as somebody holds them. */
export function quickAnswers(acceptance: Acceptance): QuickAnswers {
  const knownOf = new WeakMap<Fragments, Known>()
  return {
    answer: ({ fragments, observed, drift }) => {
      const known = knownOf.get(fragments)
      if (known === undefined || observed.contested.length > 0 || observed.masked.length > 0) return undefined
      const { plan, readsObserved } = known
      if (!isSmall(observed.state)) return undefined
      const division = divide(plan, observed, readsObserved)
      const entities = Array.from(division.entities.values()).flat()
      const candidates = entities.flatMap((entity) => candidateOf(plan, entity) ?? [])
      if (entities.length === 0 || candidates.length < entities.length) return undefined
      if (candidates.some(({ named }) => (named?.constants?.length ?? 0) > longestDemand)) return undefined
      const rest = known.rests.get(shapeOf({ plan, division, readsObserved }, observed, drift))
      if (rest === undefined) return undefined
      const asked = candidates.map(({ pattern, label, value, named }) =>
        named === undefined ? ([pattern, label, value] as const) : ([pattern, label, value, named] as const),
      )
      if (!known.accepts(asked)) return undefined
      return { digest: plan.digest, notes: plan.notes, findings: rest, lacks: plan.lacks }
    },
    learn: ({ request, plan, division, readsObserved }, rest) => {
      const { fragments, observed, drift } = request
      const known = knownOf.get(fragments) ?? newlyKnown(acceptance, plan, readsObserved)
      if (known === undefined || !isSmall(observed.state)) return
      const text = shapeOf({ plan, division, readsObserved }, observed, drift)
      if (text.length > longestRest) return
      knownOf.set(fragments, known)
      keepNewest(known.rests, text, rest, mostRests)
    },
  }
}

function newlyKnown(acceptance: Acceptance, plan: EngineAnswer<PlanAnswer>, readsObserved: boolean): Known | undefined {
  const accepts = acceptance.atOnce({ patterns: patternsOf(plan) })
  return accepts && { plan, readsObserved, accepts, rests: new Map() }
}

/** Equal only where an engine is asked the same about the rest of a state. */
function shapeOf(
  divided: Pick<Divided, 'plan' | 'division' | 'readsObserved'>,
  observed: ObservedState,
  drift: boolean,
): string {
  // What of the entities is read from outside is part of the question.
  if (divided.readsObserved) return restText(divided, observed, drift)
  const { collections, patterns, undivided } = divided.division
  const emptied = new Set(collections.map(({ path }) => entityKey(path)))
  const about = JSON.stringify([patterns, undivided, observed.coverage, drift])
  return `${withoutMembers(observed.state, [], emptied)}${about}`
}

/** Sorted JSON of a state, the maps and lists at some paths without their members. */
function withoutMembers(value: Data, path: Path, emptied: ReadonlySet<string>): string {
  if (emptied.has(entityKey(path))) return isDataList(value) ? '[]' : '{}'
  if (!isDataObject(value)) return sortedJson(value)
  const members = Object.keys(value)
    .sort()
    .map((label) => `${JSON.stringify(label)}:${withoutMembers(value[label] ?? null, [...path, label], emptied)}`)
  return `{${members.join(',')}}`
}

/** Whether a state holds few values, of which JavaScript holds each number exactly, under labels of one spelling. */
function isSmall(state: Data): boolean {
  let left = mostValues
  const isPlain = (value: Data): boolean => {
    left -= 1
    if (left < 0 || typeof value === 'bigint') return false
    if (typeof value !== 'object' || value === null) return true
    if (isDataList(value)) return value.every(isPlain)
    if (!isDataObject(value)) return false
    for (const label in value) if (!isNormalLabel(label) || !isPlain(value[label] ?? null)) return false
    return true
  }
  return isPlain(state)
}
