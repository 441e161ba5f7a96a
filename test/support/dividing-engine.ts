import type { Engine, EngineAnswer, EngineOptions } from '../../src/engine/engine.ts'
import type {
  CheckAnswer,
  CheckRequest,
  EngineFinding,
  EnginePath,
  PlanAnswer,
  SeparablePattern,
} from '../../src/engine/protocol.ts'
import { compareFindings, compareLabels } from '../../src/evaluation/results/engine-order.ts'
import { contains } from '../../src/model/path-pattern.ts'
import { formatPath } from '../../src/model/path.ts'

/** A named entity and how many replicas it must have. */
export type Wanted = Readonly<Record<string, number>>

/** An engine that was asked something. */
export interface DividingEngine extends Engine {
  /** For each check the entities that it was about: labels of services, positions of docs; `whole` where it was not restricted. */
  readonly asked: (readonly string[] | 'whole')[]
  plans: number
  /** Done before each check. */
  before: (request: Omit<CheckRequest, 'op'>, options: EngineOptions) => void | Promise<void>
  /** Changes each restricted answer. */
  after: (answer: CheckAnswer) => CheckAnswer
  /** Changes each plan. */
  planned: (plan: PlanAnswer) => PlanAnswer
}

const schema = JSON.stringify({
  type: 'object',
  properties: { replicas: { type: 'integer', minimum: 2 } },
  required: ['replicas'],
})

/**
 * An engine without CUE that can be asked about parts. It wants of each member of `services` and each element of `docs` a number
 * `replicas` of at least 2, of named services just so many, and at the root an `owner`.
 */
export function dividingEngine(wanted: Wanted = {}, pattern: Partial<SeparablePattern> = {}): DividingEngine {
  const engine: DividingEngine = {
    identity: { name: 'cue-go', cue: 'v0.17.1', lacks: [] },
    parallel: 2,
    asked: [],
    plans: 0,
    before: () => undefined,
    after: (answer) => answer,
    planned: (plan) => plan,
    plan: async () => {
      engine.plans += 1
      return { ...engine.planned(planOf(wanted, pattern)), lacks: [] }
    },
    check: async (request, options): Promise<EngineAnswer<CheckAnswer>> => {
      await engine.before(request, options)
      options.dispatched?.()
      const { services = {}, docs = [] } = stateOf(request)
      const { restriction } = request
      engine.asked.push(restriction === undefined ? 'whole' : [...Object.keys(services), ...Object.keys(docs)])
      const answer = answerOf(request, wanted)
      return { ...(restriction === undefined ? answer : engine.after(answer)), lacks: [] }
    },
    unify: async () => ({ digest: 'd', findings: [], notes: [], lacks: [] }),
    explain: async ({ path }) => ({
      digest: 'd',
      at: path.join('.'),
      exists: false,
      conjuncts: [],
      closedBy: [],
      findings: [],
      notes: [],
      lacks: [],
    }),
    close: async () => undefined,
  }
  return engine
}

const note = { code: 'tag', message: 'nothing reads it' }

function planOf(wanted: Wanted, pattern: Partial<SeparablePattern>): PlanAnswer {
  const common = { reads: [], readsLabel: false, accept: [{ schema }], sight: true as const, undecidable: [] }
  const named = Object.entries(wanted).map(([label, replicas]) => ({
    path: ['services', label],
    constants: JSON.stringify({ replicas }),
  }))
  return {
    digest: 'd',
    notes: [note],
    separable: [
      { path: ['docs', null], list: true, named: [], ...common, ...pattern },
      { path: ['services', null], list: false, named, ...common, ...pattern },
    ],
    crossing: [],
    observes: [],
  }
}

interface State {
  readonly owner?: unknown
  readonly services?: Readonly<Record<string, unknown>>
  readonly docs?: readonly unknown[]
}

function stateOf({ observed }: Pick<CheckRequest, 'observed'>): State {
  return JSON.parse(observed.state) as State
}

function answerOf(request: Omit<CheckRequest, 'op'>, wanted: Wanted): CheckAnswer {
  const { restriction, observed } = request
  const { owner, services = {}, docs = [] } = stateOf(request)
  const isDropped = (path: EnginePath): boolean =>
    restriction?.patterns.some((pattern) => contains(pattern, path)) === true &&
    !restriction.keep.some((kept) => JSON.stringify(kept) === JSON.stringify(path))
  const named = Object.entries(wanted).filter(([label]) => !isDropped(['services', label]))
  const masked = observed.masked.flatMap((path) =>
    path[0] === 'services' && isDropped(path.slice(0, 2)) ? [] : [finding('incomplete', path, 'it is masked')],
  )
  const findings = [
    ...(owner === undefined ? [finding('missing', ['owner'], 'nothing is observed')] : []),
    ...Object.entries(services).flatMap(([label, value]) => judged(['services', label], value)),
    ...docs.flatMap((value, index) => judged(['docs', String(index)], value)),
    ...named.flatMap(([label, replicas]) => missed(['services', label], services[label], replicas)),
    ...masked,
  ]
  return { digest: 'd', notes: restriction === undefined ? [note] : [], findings: findings.toSorted(compareFindings) }
}

function judged(path: EnginePath, value: unknown): readonly EngineFinding[] {
  const replicas = replicasOf(value)
  if (typeof replicas !== 'number') return [finding('missing', [...path, 'replicas'], 'nothing is observed')]
  return replicas >= 2 ? [] : [finding('mismatch', [...path, 'replicas'], `${replicas} is less than 2`)]
}

function missed(path: EnginePath, value: unknown, replicas: number): readonly EngineFinding[] {
  if (value === undefined) return [finding('missing', path, 'no such service')]
  return replicasOf(value) === replicas ? [] : [finding('conflict', path, `${path.at(-1)} wants ${replicas}`)]
}

function replicasOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'replicas' in value ? value.replicas : undefined
}

function finding(kind: EngineFinding['kind'], path: EnginePath, message: string): EngineFinding {
  const isList = path[0] === 'docs'
  return {
    kind,
    path,
    at: formatPath(path, isList ? { docs: [] } : {}),
    message,
    rule: { id: 'R-1', explicit: true },
    conjuncts: [],
    reads: [path, ['owner']].toSorted(compareLabels),
    alternatives: [{ message: 'or so', path, conjuncts: [] }],
  }
}
