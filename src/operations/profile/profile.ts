import type { Acceptance } from '../../acceptance/acceptance.ts'
import type { Engine } from '../../engine/engine.ts'
import { createEvaluation } from '../../evaluation/evaluation.ts'
import type { Memory } from '../../memory/memory.ts'
import type { Costs, Profile, ProfiledStep } from '../../model/profile.ts'
import { readFragments } from '../../workspace/read-fragments.ts'
import { readWorkspace } from '../../workspace/read-workspace.ts'
import { check, type CheckInput, type CheckResult } from '../check.ts'
import { limitsOf, type Dependencies, type EngineName } from '../dependencies.ts'
import { chosenEnvironments } from '../environments.ts'
import { observedIn } from '../inputs.ts'
import { subjectOf } from '../subject.ts'
import { costsOf } from './costs.ts'
import { sampleOf } from './sample.ts'
import { startWatch, type Watched } from './watch.ts'

/** What profiling needs beside what a check needs. */
export interface ProfileDependencies extends Dependencies {
  /** An engine that remembers no answers. */
  readonly forgetful: (name: EngineName) => Promise<Engine>
  readonly acceptance: Acceptance
  readonly memory: Memory
  /** A new memory that ends with this process. */
  readonly ownMemory: () => Memory
  /** Milliseconds that only grow. */
  readonly elapsed: () => number
}

/** A check, and where its time went. */
export interface ProfileResult extends CheckResult {
  readonly profile: Profile
}

const mostEntities = 40
const costsBudgetMs = 20_000

/** Checks, times every step, and then measures on a sample what each fragment and each rule costs the evaluator. */
export async function profile(dependencies: ProfileDependencies, input: CheckInput): Promise<ProfileResult> {
  const { acceptance, memory, ownMemory, elapsed, forgetful } = dependencies
  const watch = startWatch(elapsed)
  const start = elapsed()
  const result = await check(
    {
      ...dependencies,
      engine: forgetful,
      evaluation: (engine, keep) =>
        watch.evaluation(
          createEvaluation({
            engine: watch.engine(engine),
            acceptance: watch.acceptance(acceptance),
            memory: watch.memory(keep === 'here' ? ownMemory() : memory),
            clock: elapsed,
          }),
        ),
    },
    input,
  )
  const end = elapsed()
  const costs = result.report.faults === undefined ? await costsOfEach(dependencies, input) : []
  return { ...result, profile: { steps: stepsOf(watch.seen, start, end), wholeMs: end - start, costs } }
}

function stepsOf(seen: Watched, start: number, end: number): readonly ProfiledStep[] {
  const { began, ended, evaluationMs, planMs, acceptanceMs, recallMs, engineMs } = seen
  if (began === Infinity) return [{ name: 'reading', ms: end - start }]
  const beside = evaluationMs - planMs - acceptanceMs - recallMs - engineMs
  return [
    { name: 'reading', ms: began - start },
    { name: 'planning', ms: planMs },
    {
      name: 'accepting by schemas',
      ms: acceptanceMs,
      ...(seen.offered > 0 && { about: `${seen.accepted} of ${seen.offered} entities` }),
    },
    {
      name: 'remembering',
      ms: recallMs,
      ...(seen.asked > 0 && { about: `${seen.recalled} of ${seen.asked} results known` }),
    },
    {
      name: 'evaluating',
      ms: engineMs,
      ...(seen.requests > 0 && { about: seen.requests === 1 ? '1 request' : `${seen.requests} requests` }),
    },
    { name: 'dividing and joining', ms: Math.max(0, beside) },
    { name: 'making findings', ms: Math.max(0, end - ended) },
  ]
}

async function costsOfEach(dependencies: ProfileDependencies, input: CheckInput): Promise<readonly Costs[]> {
  const { clock, elapsed, forgetful } = dependencies
  const read = await readWorkspace(input.source)
  const engine = await forgetful(input.engine ?? read.workspace.engine ?? 'cue-go')
  const names = chosenEnvironments(input.environments, read.environments)
  const found: Costs[] = []
  for (const name of names) {
    const set = await readFragments(read, name, input.source)
    const { definitions = [] } = set
    const cut = await observedIn(name, read, input, { now: input.now ?? clock(), definitions })
    if (set.unreadable.length > 0) continue
    const limits = limitsOf(input, subjectOf(name, set, cut))
    const sample = await sampleOf(engine, set.fragments, cut.observed, mostEntities, limits)
    found.push(await costsOf(name, sample, { engine, limits, elapsed, budgetMs: costsBudgetMs / names.length }))
  }
  return found
}
