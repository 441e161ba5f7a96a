import type { Engine, EngineOptions } from '../../src/engine/engine.ts'
import type { CheckAnswer, EngineFinding, ExplainAnswer, Fragments, UnifyAnswer } from '../../src/engine/protocol.ts'

/** What a fake engine answers to a request, from its fragments. */
export interface FakeAnswers {
  readonly check?: (
    fragments: Fragments,
    options: EngineOptions,
  ) => Partial<CheckAnswer> & { readonly lacks?: readonly string[] }
  readonly unify?: (fragments: Fragments) => Partial<UnifyAnswer>
  readonly explain?: (fragments: Fragments) => Partial<ExplainAnswer>
  readonly lacks?: readonly string[]
}

/** An engine that was asked something. */
export interface FakeEngine extends Engine {
  /** Names of the operations that were asked for, in order. */
  readonly asked: string[]
  readonly options: EngineOptions[]
  closed: number
}

/** An engine without CUE: it answers what a test says. */
export function fakeEngine({ check, unify, explain, lacks = [] }: FakeAnswers = {}): FakeEngine {
  const nothing = { digest: 'd'.repeat(64), findings: [], notes: [], lacks: [] }
  const engine: FakeEngine = {
    identity: { name: 'cue-go', cue: 'v0.17.1', lacks },
    asked: [],
    options: [],
    closed: 0,
    check: async ({ fragments }, options) => {
      engine.asked.push('check')
      engine.options.push(options)
      return { ...nothing, ...check?.(fragments, options) }
    },
    unify: async ({ fragments }, options) => {
      engine.asked.push('unify')
      engine.options.push(options)
      return { ...nothing, ...unify?.(fragments) }
    },
    explain: async ({ fragments, path }, options) => {
      engine.asked.push('explain')
      engine.options.push(options)
      return { ...nothing, at: path.join('.'), exists: false, conjuncts: [], closedBy: [], ...explain?.(fragments) }
    },
    close: async () => {
      engine.closed += 1
    },
  }
  return engine
}

/** What an engine finds, with something in every member. */
export function engineFinding(given: Partial<EngineFinding> = {}): EngineFinding {
  return {
    kind: 'mismatch',
    path: ['services', 'web', 'replicas'],
    at: 'services.web.replicas',
    message: 'invalid value 1 (out of bound >=2)',
    rule: { id: 'HA-1', explicit: true },
    conjuncts: [{ team: 'sre', site: { file: 'sre/a.cue', line: 3, column: 22 }, text: '>=2' }],
    reads: [],
    ...given,
  }
}
