import type { Engine, EngineOptions } from '../../engine/engine.ts'
import type { CheckRequest, ListedRule, Part } from '../../engine/protocol.ts'
import { Fault } from '../../errors.ts'
import type { Costs } from '../../model/profile.ts'
import type { Sample } from './sample.ts'

type Request = Omit<CheckRequest, 'op'>

/** How the costs of a sample are measured. */
export interface CostOptions {
  readonly engine: Engine
  readonly limits: EngineOptions
  /** Milliseconds that only grow. */
  readonly elapsed: () => number
  /** Milliseconds after which nothing more is tried. */
  readonly budgetMs: number
}

const mostRules = 60
const runs = 3
/** What takes longer is run once. */
const longestRunMs = 2000
const least = 0.05

/** Measures what a sample costs the evaluator, and how much less without each fragment and each rule. */
export async function costsOf(environment: string, { request, size }: Sample, options: CostOptions): Promise<Costs> {
  const { engine, limits, elapsed, budgetMs } = options
  const end = elapsed() + budgetMs
  const { fragments } = request
  const ms = await fastest(request, options)
  let untried = 0
  /** How much less the sample costs without something; nothing where that cannot be told. */
  const saved = async (without: Request): Promise<number | undefined> => {
    const left = elapsed() < end ? await fastest(without, options) : undefined
    if (ms === undefined || left === undefined) {
      untried += 1
      return undefined
    }
    return ms - left
  }
  const parts: Costs['fragments'][number][] = []
  for (const part of fragments.parts) {
    const others = fragments.parts.filter((other) => other !== part)
    const cost = await saved({ ...request, fragments: { ...fragments, parts: others } })
    if (cost !== undefined) parts.push({ team: part.team, name: nameOf(part), ms: cost })
  }
  const listed = (await engine.rules?.({ fragments }, limits))?.rules ?? []
  const tried = byImportance(listed).slice(0, mostRules)
  untried += listed.length - tried.length
  const rules: Costs['rules'][number][] = []
  for (const { rule, team, sites } of tried) {
    const cost = await saved({ ...request, without: sites })
    if (cost !== undefined) rules.push({ team, id: rule.id, ms: cost })
  }
  const noticeable = <T extends { readonly ms: number }>(several: readonly T[]): readonly T[] =>
    several.filter((one) => one.ms >= least).toSorted((a, b) => b.ms - a.ms)
  return {
    environment,
    ...(size === undefined ? {} : { sample: size }),
    ms: ms ?? 0,
    fragments: noticeable(parts),
    rules: noticeable(rules),
    untried,
  }
}

/**
 * The least time of some runs: what disturbs a run only makes it longer. Nothing where the fragments cannot be read so, or the engine gives
 * up: what a check came to is not lost for it.
 */
async function fastest(request: Request, { engine, limits, elapsed }: CostOptions): Promise<number | undefined> {
  let best = Infinity
  for (let run = 0; run < runs; run++) {
    const start = elapsed()
    const answer = await engine.check(request, limits).catch(unlessInterrupted)
    if (answer === undefined || answer.findings.some(({ kind }) => kind === 'unreadable')) return undefined
    best = Math.min(best, elapsed() - start)
    if (best > longestRunMs) break
  }
  return best
}

function unlessInterrupted(error: unknown): undefined {
  if (error instanceof Fault && (error.code === 'ENGINE_DEADLINE' || error.code === 'ENGINE_MEMORY')) return
  throw error
}

/** Rules with ids of their own first, then those of patterns, which concern many. */
function byImportance(rules: readonly ListedRule[]): readonly ListedRule[] {
  const rank = ({ rule }: ListedRule): number => (rule.explicit ? 0 : rule.id.includes('[]') ? 1 : 2)
  return rules.toSorted((a, b) => rank(a) - rank(b))
}

function nameOf(part: Part): string {
  if (part.kind !== 'package') return part.file
  return part.dir === '.' ? '.' : `./${part.dir}`
}
