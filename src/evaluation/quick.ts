import { keepNewest } from '../model/keep-newest.ts'
import type { Acceptance, JudgesAtOnce } from '../acceptance/acceptance.ts'
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

/** What is known of fragments that small checks can be answered from: data alone, which may be sent to a thread. */
export interface QuickFacts {
  readonly plan: EngineAnswer<PlanAnswer>
  readonly readsObserved: boolean
  /** What was found, by what of a state is the rest. */
  readonly rests: ReadonlyMap<string, readonly EngineFinding[]>
  /** Grows with what is known. */
  readonly version: number
}

/** The same with what judges entities by the plan. */
export interface Quick extends QuickFacts {
  readonly accepts: JudgesAtOnce
}

/** Answers small checks without asking anybody, once all that they need was found out before. */
export interface QuickAnswers {
  /** What is known of fragments; it is the same object as long as somebody holds them. */
  of(fragments: Fragments): Quick | undefined
  /** Keeps what was found of the rest of a divided state. */
  learn(divided: Divided, rest: readonly EngineFinding[]): void
}

interface Growing extends Quick {
  readonly rests: Map<string, readonly EngineFinding[]>
  version: number
}

/** More values are for the workers: a state is small enough to be looked through between two requests. */
const mostValues = 2000
const mostRests = 64
const longestRest = 16_384
/** Longer demands of one entity by name are for the workers. */
export const longestDemand = 16_384

/** Quick answers for fragments as long as somebody holds them. */
export function quickAnswers(acceptance: Acceptance): QuickAnswers {
  const knownOf = new WeakMap<Fragments, Growing>()
  return {
    of: (fragments) => knownOf.get(fragments),
    learn: ({ request, plan, division, readsObserved }, rest) => {
      const { fragments, observed, drift } = request
      const known = knownOf.get(fragments) ?? newlyKnown(acceptance, plan, readsObserved)
      if (known === undefined || !isSmall(observed.state)) return
      const text = shapeOf({ plan, division, readsObserved }, observed, drift)
      if (text.length > longestRest) return
      knownOf.set(fragments, known)
      if (!known.rests.has(text)) known.version += 1
      keepNewest(known.rests, text, rest, mostRests)
    },
  }
}

/** The answer where every entity is accepted and the rest was asked about before. Takes a few milliseconds at most. */
export function quickAnswer(
  { plan, readsObserved, accepts, rests }: Quick,
  observed: ObservedState,
  drift: boolean,
): EngineAnswer<CheckAnswer> | undefined {
  if (observed.contested.length > 0 || observed.masked.length > 0 || !isSmall(observed.state)) return undefined
  const division = divide(plan, observed, readsObserved)
  const candidates: Candidate[] = []
  for (const entities of division.entities.values()) {
    for (const entity of entities) {
      const candidate = candidateOf(plan, entity)
      if (candidate === undefined || (candidate.named?.constants?.length ?? 0) > longestDemand) return undefined
      candidates.push(questionOf(candidate))
    }
  }
  if (candidates.length === 0) return undefined
  const rest = rests.get(shapeOf({ plan, division, readsObserved }, observed, drift))
  if (rest === undefined || !accepts.values(candidates)) return undefined
  return { digest: plan.digest, notes: plan.notes, findings: rest, lacks: plan.lacks }
}

type Candidate = Parameters<JudgesAtOnce['values']>[0][number]

function questionOf({ pattern, label, value, named }: NonNullable<ReturnType<typeof candidateOf>>): Candidate {
  return named === undefined ? [pattern, label, value] : [pattern, label, value, named]
}

function newlyKnown(
  acceptance: Acceptance,
  plan: EngineAnswer<PlanAnswer>,
  readsObserved: boolean,
): Growing | undefined {
  const accepts = acceptance.atOnce({ patterns: patternsOf(plan) })
  return accepts && { plan, readsObserved, accepts, rests: new Map(), version: 0 }
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
  return restShape(withoutMembers(observed.state, [], emptied), [patterns, undivided, observed.coverage, drift])
}

/** What an engine is asked about the rest of a state that nothing reads from outside: its sorted JSON without entities, and what else the answer hangs on. */
export function restShape(
  state: string,
  about: readonly [
    patterns: readonly number[],
    undivided: readonly Path[],
    coverage: ObservedState['coverage'],
    drift: boolean,
  ],
): string {
  return `${state}${JSON.stringify(about)}`
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
