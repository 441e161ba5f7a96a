import { createAcceptance } from './acceptance/acceptance.ts'
import { createEvaluation, type Evaluation } from './evaluation/evaluation.ts'
import { rereading } from './document/rereading.ts'
import { rememberingEngine } from './evaluation/remembering.ts'
import type { DataObject } from './model/data.ts'
import type { ExemptionList } from './model/exemption-list.ts'
import type { ListedRule, RuleMatches } from './model/listed-rule.ts'
import type { PackDocument, ShownPack } from './model/pack.ts'
import type { Memory } from './memory/memory.ts'
import { processMemory } from './memory/process-memory.ts'
import type { Engine } from './engine/engine.ts'
import type { Outline } from './engine/protocol.ts'
import type { CaptureResult } from './operations/captures/capture.ts'
import type { ReplayInput, ReplayResult } from './operations/captures/replay.ts'
import { check, knownForChecks, type CheckInput, type CheckResult, type KnownInput } from './operations/check.ts'
import type { KnownAtOnce } from './operations/check-at-once.ts'
import type { EngineName } from './operations/dependencies.ts'
import { definitions, type DefinitionsInput } from './operations/definitions.ts'
import { explain, type ExplainInput, type ExplainResult } from './operations/explain.ts'
import { lint, type LintInput, type LintResult } from './operations/lint.ts'
import type { ListExemptionsInput } from './operations/list-exemptions.ts'
import { openWorkspaces } from './operations/open-workspace.ts'
import type { ShowPackInput } from './operations/packs/show-pack.ts'
import type { PatchResult } from './model/patch-result.ts'
import type { PatchInput } from './operations/patch/patch.ts'
import type { ProfileResult } from './operations/profile/profile.ts'
import { outline, type OutlineInput } from './operations/outline.ts'
import { plan, type PlanInput, type PlanResult } from './operations/plan.ts'
import { prepare, type PrepareInput } from './operations/prepare.ts'
import type { RenderInput, RenderResult } from './operations/rendering/render.ts'
import type { CompareInput } from './operations/review/compare-environments.ts'
import type { ReviewInput, ReviewResult } from './operations/review/review.ts'
import { ruleMatches, type RuleMatchesInput } from './operations/rule-matches.ts'
import { rules, type RulesInput } from './operations/rules.ts'
import { sourceLines, type SourceLinesInput } from './operations/source-lines.ts'
import type { TestInput, TestOutcome } from './operations/testing/test.ts'
import { unify, type UnifyInput, type UnifyResult } from './operations/unify.ts'
import { packageVersion } from './version.ts'

export { bundle } from './operations/bundle.ts'
export { checkElsewhere } from './operations/check-elsewhere.ts'
export { repositoryStates } from './operations/review/repository-states.ts'
export { init, initCi } from './operations/init.ts'
export { quotedLines } from './operations/quoted-lines.ts'
export { sentObservations } from './operations/sent-observations.ts'
export { workspaceName } from './operations/workspace-name.ts'

/** What Congruent works with; it touches nothing else of the world but the sources that requests name. */
export interface CongruentOptions {
  /** The evaluator, or a choice by the name that a workspace or a request gives; an engine is asked for when first needed. */
  readonly engine: Engine | ((name: EngineName) => Engine | Promise<Engine>)
  /** Default: the clock of the system. */
  readonly clock?: () => Date
  /** Where results of parts of checks are kept; default: in this process. */
  readonly memory?: Memory
  /** The fewest observed values for which a check is divided; default 64. */
  readonly fewest?: number
}

/** Unifies fragments, checks observations against them, and explains: each a function from a request to an answer. */
export interface Congruent {
  /** The version of this package. */
  readonly version: string
  check(input: CheckInput): Promise<CheckResult>
  /** What small checks of a workspace whose source never changes can be answered from elsewhere; undefined until checks have found it out. */
  knownAtOnce(input: KnownInput): Promise<KnownAtOnce | undefined>
  /** Checks, and tells where the time went, and what each fragment and rule costs; that takes longer than a check. */
  profile(input: CheckInput): Promise<ProfileResult>
  unify(input: UnifyInput): Promise<UnifyResult>
  /** Writes a desired state as files that an environment can be made from. */
  render(input: RenderInput): Promise<RenderResult>
  explain(input: ExplainInput): Promise<ExplainResult>
  /** The CustomResourceDefinitions among the fragments of an environment, or of every one. */
  definitions(input: DefinitionsInput): Promise<readonly DataObject[]>
  /** What the desired state says at some paths, and whose text that is. */
  outline(input: OutlineInput): Promise<readonly Outline[]>
  /** Says how a check is divided, and what stands in the way of more. */
  plan(input: PlanInput): Promise<PlanResult>
  /** Every rule that the fragments of an environment state, by id and team. */
  rules(input: RulesInput): Promise<readonly ListedRule[]>
  /** At how many observed paths of an environment each rule speaks. */
  ruleMatches(input: RuleMatchesInput): Promise<readonly RuleMatches[] | undefined>
  /** Some lines of a fragment's file, by number, without those that hold what is masked. */
  lines(input: SourceLinesInput): Promise<ReadonlyMap<number, string>>
  /** Finds what goes wrong silently in fragments, and what of a workspace's own files does nothing. */
  lint(input: LintInput): Promise<LintResult>
  /** Runs the tests of a workspace. */
  test(input: TestInput): Promise<TestOutcome>
  /** Says what a change from one state of a workspace to another does. */
  review(input: ReviewInput): Promise<ReviewResult>
  /** Says the same of two environments of one state. */
  compareEnvironments(input: CompareInput): Promise<ReviewResult>
  /** The exemptions of a workspace, with what each excuses now. */
  exemptions(input: ListExemptionsInput): Promise<ExemptionList>
  /** Checks, and packs all that was read with what it came to. */
  capture(input: CheckInput): Promise<CaptureResult>
  /** Checks what was captured anew. */
  replay(input: ReplayInput): Promise<ReplayResult>
  /** What every pack that comes with Congruent says of itself. */
  packs(): Promise<readonly PackDocument[]>
  /** One of them, with its parameters and rules. */
  pack(input: ShowPackInput): Promise<ShownPack>
  /** Says what to change about what is observed, where the desired state is definite; nothing is applied. */
  patch(input: PatchInput): Promise<PatchResult>
  /** Works out a share of a check ahead of it, into the memory that whoever checks has, too. */
  prepare(input: PrepareInput): Promise<void>
  /** Ends the engines that were used. */
  close(): Promise<void>
}

/** Brings the operations and what they work with together; the command line and programs use the same. */
export function createCongruent({
  engine,
  clock = () => new Date(),
  memory = processMemory(),
  fewest,
}: CongruentOptions): Congruent {
  const acceptance = createAcceptance()
  const answers = processMemory()
  const ownMemory = processMemory()
  const evaluations = { here: new Map<Engine, Evaluation>(), anywhere: new Map<Engine, Evaluation>() }
  const engines = new Map<EngineName, Promise<Engine>>()
  const byOriginal = new Map<Engine, Engine>()
  const forgetful = async (name: EngineName): Promise<Engine> => (typeof engine === 'function' ? engine(name) : engine)
  const opened = async (name: EngineName): Promise<Engine> => {
    const original = await forgetful(name)
    const remembering = byOriginal.get(original) ?? rememberingEngine(original, answers)
    byOriginal.set(original, remembering)
    return remembering
  }
  const dependencies = {
    clock,
    open: openWorkspaces(),
    rereading: rereading(),
    version: packageVersion(),
    engine: (name: EngineName): Promise<Engine> => {
      const chosen = engines.get(name) ?? opened(name)
      engines.set(name, chosen)
      return chosen
    },
    evaluation: (chosen: Engine, keep: 'here' | 'anywhere'): Evaluation => {
      const evaluation =
        evaluations[keep].get(chosen) ??
        createEvaluation({
          engine: chosen,
          acceptance,
          memory: keep === 'here' ? ownMemory : memory,
          clock: () => performance.now(),
          ...(fewest === undefined ? {} : { fewest }),
        })
      evaluations[keep].set(chosen, evaluation)
      return evaluation
    },
  }
  return {
    version: dependencies.version,
    check: (input) => check(dependencies, input),
    knownAtOnce: (input) => knownForChecks(dependencies, input),
    profile: async (input) => {
      const { profile } = await import('./operations/profile/profile.ts')
      const elapsed = (): number => performance.now()
      return profile({ ...dependencies, forgetful, acceptance, memory, ownMemory: processMemory, elapsed }, input)
    },
    unify: (input) => unify(dependencies, input),
    render: async (input) => {
      const { render } = await import('./operations/rendering/render.ts')
      return render(dependencies, input)
    },
    explain: (input) => explain(dependencies, input),
    definitions: (input) => definitions(dependencies, input),
    outline: (input) => outline(dependencies, input),
    plan: (input) => plan(dependencies, input),
    rules: (input) => rules(dependencies, input),
    ruleMatches: (input) => ruleMatches(dependencies, input),
    lint: (input) => lint(dependencies, input),
    lines: (input) => sourceLines(dependencies, input),
    test: async (input) => {
      const { test } = await import('./operations/testing/test.ts')
      return test(dependencies, input)
    },
    review: async (input) => {
      const { review } = await import('./operations/review/review.ts')
      return review(dependencies, input)
    },
    compareEnvironments: async (input) => {
      const { compareEnvironments } = await import('./operations/review/compare-environments.ts')
      return compareEnvironments(dependencies, input)
    },
    exemptions: async (input) => {
      const { listExemptions } = await import('./operations/list-exemptions.ts')
      return listExemptions(dependencies, input)
    },
    capture: async (input) => {
      const { capture } = await import('./operations/captures/capture.ts')
      return capture(dependencies, input)
    },
    replay: async (input) => {
      const { replay } = await import('./operations/captures/replay.ts')
      return replay(dependencies, input)
    },
    packs: async () => {
      const { listPacks } = await import('./operations/packs/list-packs.ts')
      return listPacks()
    },
    pack: async (input) => {
      const { showPack } = await import('./operations/packs/show-pack.ts')
      return showPack(dependencies, input)
    },
    patch: async (input) => {
      const { patch } = await import('./operations/patch/patch.ts')
      return patch(dependencies, input)
    },
    prepare: (input) => prepare(dependencies, input),
    close: async () => {
      const used = await Promise.allSettled(engines.values())
      const open = new Set(used.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
      await Promise.all([acceptance.close(), ...Array.from(open, (one) => one.close())])
      await memory.flush()
    },
  }
}
