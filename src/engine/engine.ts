import type {
  CheckAnswer,
  CheckRequest,
  DiffAnswer,
  DiffRequest,
  ExercisedAnswer,
  ExercisedRequest,
  MutantsAnswer,
  MutantsRequest,
  ExplainAnswer,
  ExplainRequest,
  LatentAnswer,
  LatentRequest,
  LintAnswer,
  LintRequest,
  PlanAnswer,
  PlanRequest,
  RemovedAnswer,
  RemovedRequest,
  RulesAnswer,
  RulesRequest,
  OutlineAnswer,
  OutlineRequest,
  SupplyAnswer,
  SupplyRequest,
  UnifyAnswer,
  UnifyRequest,
} from './protocol.ts'

/** What an engine is, as its first answer says. */
export interface EngineIdentity {
  readonly name: 'cue-go' | 'cue-wasm' | 'cue-native'
  /** Version of CUE: `v0.17.1`. */
  readonly cue: string
  /** What this engine can never tell, in words for the report; empty for a full engine. */
  readonly lacks: readonly string[]
}

/** Limits of one request. */
export interface EngineOptions {
  /** Milliseconds from dispatch to a worker; overrun is the fault ENGINE_DEADLINE. */
  readonly deadlineMs: number
  /** What was in work, for the words of a fault: environment, fragments, snapshot. */
  readonly subject: string
  readonly signal?: AbortSignal
  /** Told when a worker gets the request: the time before that counts for nobody's deadline. */
  readonly dispatched?: () => void
}

/** An answer, with what this engine could not read or tell for this request. */
export type EngineAnswer<A> = A & { readonly lacks: readonly string[] }

/** A CUE evaluator behind a process-neutral border. Every method rejects with a Fault only; what CUE finds is data. */
export interface Engine {
  readonly identity: EngineIdentity
  /** How many requests it works on at a time; default one. */
  readonly parallel?: number
  unify(request: Omit<UnifyRequest, 'op'>, options: EngineOptions): Promise<EngineAnswer<UnifyAnswer>>
  check(request: Omit<CheckRequest, 'op'>, options: EngineOptions): Promise<EngineAnswer<CheckAnswer>>
  explain(request: Omit<ExplainRequest, 'op'>, options: EngineOptions): Promise<EngineAnswer<ExplainAnswer>>
  /** Says what can be evaluated one entity at a time; an engine without it can only be asked about everything at once. */
  plan?(request: Omit<PlanRequest, 'op'>, options: EngineOptions): Promise<EngineAnswer<PlanAnswer>>
  /** Lists the rules that fragments state, where the engine can. */
  rules?(request: Omit<RulesRequest, 'op'>, options: EngineOptions): Promise<EngineAnswer<RulesAnswer>>
  /** Says which rules speak about something observed, where the engine can. */
  exercised?(request: Omit<ExercisedRequest, 'op'>, options: EngineOptions): Promise<EngineAnswer<ExercisedAnswer>>
  /** Lists what could be changed about each rule, where the engine can. */
  mutants?(request: Omit<MutantsRequest, 'op'>, options: EngineOptions): Promise<EngineAnswer<MutantsAnswer>>
  /** Says what the step from one set of fragments to another means for data, where the engine can. */
  diff?(request: Omit<DiffRequest, 'op'>, options: EngineOptions): Promise<EngineAnswer<DiffAnswer>>
  /** Finds constraints that meet on no data yet and can never both hold, where the engine can. */
  latent?(request: Omit<LatentRequest, 'op'>, options: EngineOptions): Promise<EngineAnswer<LatentAnswer>>
  /** Finds what goes wrong silently in fragments, where the engine can. */
  lint?(request: Omit<LintRequest, 'op'>, options: EngineOptions): Promise<EngineAnswer<LintAnswer>>
  /** Finds what earlier applies set and the desired state no longer says, where the engine can. */
  removed?(request: Omit<RemovedRequest, 'op'>, options: EngineOptions): Promise<EngineAnswer<RemovedAnswer>>
  /** Says what the desired state gives at some places, where the engine can. */
  supply?(request: Omit<SupplyRequest, 'op'>, options: EngineOptions): Promise<EngineAnswer<SupplyAnswer>>
  /** Says what the desired state says at some places, and whose text that is, where the engine can. */
  outline?(request: Omit<OutlineRequest, 'op'>, options: EngineOptions): Promise<EngineAnswer<OutlineAnswer>>
  /** Ends the workers; pending requests are rejected. */
  close(): Promise<void>
}
