import type { Acceptance } from '../acceptance/acceptance.ts'
import type { Engine, EngineAnswer, EngineOptions } from '../engine/engine.ts'
import type { CheckAnswer, EnginePath, Fragments, Restriction } from '../engine/protocol.ts'
import type { Memory } from '../memory/memory.ts'
import { Fault } from '../errors.ts'
import { accepting } from './accepting.ts'
import { askAbout, Indivisible, type Divided } from './asking.ts'
import { circumstancesOf } from './circumstances.ts'
import { batchesOf, inBatches } from './division/batches.ts'
import { Budget } from './budget.ts'
import { divide, type Entity } from './division/collections.ts'
import { compareFindings } from './results/engine-order.ts'
import { fragmentsDigests } from './fragments-digest.ts'
import { baseOf, keysOf, readDigests } from './results/keys.ts'
import { plansOf } from './plans.ts'
import { previousChecks } from './results/previous.ts'
import { quickAnswer, quickAnswers, type Quick } from './quick.ts'
import { findOut, type Findings } from './results/refused.ts'
import type { EvaluationRequest } from './request.ts'
import { restrictionTo } from './division/restriction-to.ts'
import { holdsAtLeast } from './division/size.ts'
import { helped, ofShare, type Share } from './shares.ts'
import { thinner } from './division/thin.ts'
import { wholeOf } from './division/whole.ts'

/** What an evaluation works with. */
export interface EvaluationOptions {
  readonly engine: Engine
  readonly acceptance: Acceptance
  readonly memory: Memory
  /** Milliseconds that only grow. */
  readonly clock: () => number
  /** The fewest entities for which dividing a check is worth its start; default 64. None: every short way is taken, however little it saves. */
  readonly fewest?: number
}

/** Checks one engine's way, entity by entity where that can be told apart; kept open, it looks only at what changed. */
export interface Evaluation {
  /** What small checks of fragments are answered from where nobody must be asked; undefined until a check has found it out. */
  quick(fragments: Fragments): Quick | undefined
  /** Answers exactly what the engine answers to the whole. */
  check(request: EvaluationRequest, options: EngineOptions): Promise<EngineAnswer<CheckAnswer>>
  /** What to leave out of fragments where only these paths are asked about; undefined where nothing can be. */
  restriction(
    fragments: Fragments,
    paths: readonly EnginePath[],
    options: EngineOptions,
  ): Promise<Restriction | undefined>
  /** Works out a share of what a check would ask the engine about, for whoever has the same memory; nothing where it cannot be divided. */
  prepare(request: EvaluationRequest, share: Share, options: EngineOptions): Promise<void>
}

const defaultFewest = 64
/** About as many values as the engine needs a second for. */
const valuesOfBatch = 15_000
/** About as many as make up for others' reading of all that is observed. */
const valuesOfShare = 2 * valuesOfBatch

/** An evaluation by one engine. */
export function createEvaluation({
  engine,
  acceptance,
  memory,
  clock,
  fewest = defaultFewest,
}: EvaluationOptions): Evaluation {
  const fragmentsDigest = fragmentsDigests()
  const planOf = plansOf(engine, memory)
  const previous = previousChecks()
  const quick = quickAnswers(acceptance)
  const thin = thinner(fewest === 0 ? 0 : undefined)

  const plain = (request: EvaluationRequest, limits: EngineOptions): Promise<EngineAnswer<CheckAnswer>> => {
    const { fragments, drift, observed } = request
    return engine.check({ fragments, drift, observed: wholeOf(observed) }, limits)
  }

  /** Undefined where the whole is to be asked about. */
  const inParts = async (
    request: EvaluationRequest,
    budget: Budget,
    share?: Share,
  ): Promise<EngineAnswer<CheckAnswer> | undefined> => {
    const { fragments, observed, environment, help } = request
    const base = baseOf(engine.identity, fragmentsDigest(fragments))
    const plan = await planOf(`plan/${base}/whole`, fragments, (step) => budget.spend(step))
    if (plan === undefined || plan.separable.length === 0) return undefined
    const readsObserved = fragments.files.some(({ text }) => text.includes('#observed'))
    const division = divide(plan, observed, readsObserved)
    const entities = Array.from(division.entities.values()).flat()
    if (entities.length < fewest || entities.length === 0) return undefined
    const divided: Divided = {
      request,
      plan,
      division,
      thin,
      readsObserved,
    }
    const reads = readDigests(divided)
    const known = previous.of(environment)
    const results = new Map<Entity, Findings['rest']>()
    const changed: Entity[] = []
    const byPattern = plan.separable.map((_, pattern) => `${base} ${request.drift} ${reads(pattern)}`)
    const keyOf = ({ collection }: Entity): string => byPattern[collection.pattern] ?? ''
    for (const entity of entities) {
      const findings = known.findingsOf(entity, keyOf(entity))
      if (findings === undefined) changed.push(entity)
      else results.set(entity, findings)
    }
    const circumstances = await circumstancesOf(engine, memory, divided, changed, base, budget)
    const keys = keysOf(divided, base, circumstances)
    const accepted = await accepting(acceptance, plan, base, changed, circumstances, budget)
    for (const entity of accepted) results.set(entity, [])
    const refused = changed.filter((entity) => !accepted.has(entity))
    const lanes = engine.parallel ?? 1
    const find = (some: readonly Entity[]): Promise<Findings> =>
      findOut(some, keys, memory, (group) => {
        const batches = batchesOf(group, { values: valuesOfBatch, lanes })
        return inBatches(batches, lanes, budget, (batch, limits) => askAbout(engine, divided, batch, limits))
      })
    if (share !== undefined) {
      await find(ofShare(refused, keys, share))
      return undefined
    }
    if (help !== undefined) await helped(help, refused, { keys, memory, values: valuesOfShare * lanes, find })
    const found = await find(refused)
    for (const [entity, findings] of found.entities) results.set(entity, findings)
    if (found.lacks.length === 0) quick.learn(divided, found.rest)
    previous.keep(
      environment,
      entities.map((entity) => ({ entity, key: keyOf(entity), findings: results.get(entity) ?? [] })),
    )
    return {
      digest: plan.digest,
      notes: plan.notes,
      findings: [...found.rest, ...entities.flatMap((entity) => results.get(entity) ?? [])].toSorted(compareFindings),
      lacks: [...new Set([...plan.lacks, ...found.lacks])],
    }
  }

  const answeredAtOnce = ({ whole, fragments, observed, drift }: EvaluationRequest) => {
    const known = whole === true ? undefined : quick.of(fragments)
    return known && quickAnswer(known, observed, drift)
  }

  return {
    quick: (fragments) => quick.of(fragments),
    check: async (request, options) => {
      const known = answeredAtOnce(request)
      if (known !== undefined) return known
      const mayDivide = request.whole !== true && engine.plan !== undefined
      if (!mayDivide || !holdsAtLeast(request.observed.state, fewest)) return plain(request, options)
      const budget = new Budget(options, clock)
      try {
        const answer = await inParts(request, budget)
        if (answer !== undefined) return answer
      } catch (error) {
        if (!isForThePlainCheck(error)) throw error
      }
      return budget.spend((limits) => plain(request, limits))
    },
    restriction: async (fragments, paths, options) => {
      const base = baseOf(engine.identity, fragmentsDigest(fragments))
      const plan = await planOf(`plan/${base}/whole`, fragments, (step) => step(options))
      return plan === undefined ? undefined : restrictionTo(plan, paths)
    },
    prepare: async (request, share, options) => {
      if (engine.plan === undefined) return
      try {
        await inParts(request, new Budget(options, clock), share)
      } catch (error) {
        if (!isForThePlainCheck(error)) throw error
      }
      await memory.flush()
    },
  }
}

/** A short way that fails is no reason to fail: the long one may not. */
function isForThePlainCheck(error: unknown): boolean {
  return error instanceof Indivisible || (error instanceof Fault && ['ENGINE_CRASHED', 'INTERNAL'].includes(error.code))
}
