import type { Engine } from '../../engine/engine.ts'
import type { Mutant as EngineMutant } from '../../engine/protocol.ts'
import { Fault } from '../../errors.ts'
import { compareText } from '../../model/order.ts'
import { isPackFile } from '../../model/pack.ts'
import type { Mutant, Mutation } from '../../model/test-report.ts'
import { edited } from '../../testing/edited.ts'
import type { FragmentSet } from '../../workspace/fragments.ts'
import { limitsOf, type RequestOptions } from '../dependencies.ts'
import { subjectOf } from '../subject.ts'
import { inLanes } from './in-lanes.ts'
import { ownSignal, type Ran } from './run-cases.ts'

/** What mutation works with. */
export interface MutationOptions {
  readonly engine: Engine
  readonly options: RequestOptions
  /** The runs of cases that pass. */
  readonly ran: readonly Ran[]
  /** The fragments of each environment, as the workspace has them. */
  readonly fragments: ReadonlyMap<string, FragmentSet>
  /** Ids of the rules that a run's state is spoken about by. */
  readonly rulesOf: (run: Ran) => Promise<ReadonlySet<string>>
  /** Whether a case still passes where the files of its fragments are others; undefined where that cannot be told, `unbuilt` where no case could tell. */
  readonly passes: (run: Ran, changed: Changed) => Promise<boolean | 'unbuilt' | undefined>
  /** Whether there is no time for more. */
  readonly isOver: () => boolean
}

/** Gives the fragments of a case with a mutant's edits; undefined where they have nothing to do with them. */
export type Changed = (fragments: FragmentSet) => FragmentSet | undefined

/** One change, in every environment whose fragments have its place. */
interface Trial {
  readonly mutant: EngineMutant
  readonly environments: Set<string>
}

const refuses = 'refuses everything'

/** Changes each rule in turn, and says which change no case notices, and which case notices none. */
export async function mutate(given: MutationOptions): Promise<Mutation> {
  const trials = await trialsOf(given)
  const noticing = new Set<string>()
  const survivors: Mutant[] = []
  let noticed = 0
  let idle = 0
  let untried = 0
  const loosened = trials.filter(({ mutant }) => mutant.change !== refuses)
  await inLanes(loosened, given.engine.parallel ?? 1, async (trial) => {
    const found = await firstToNotice(trial, await likelyFirst(trial, given), given)
    if (found === 'untried') untried += 1
    else if (found !== undefined) {
      noticed += 1
      noticing.add(caseOf(found))
    } else if (await meansNothing(trial, given)) idle += 1
    else survivors.push(shown(trial.mutant))
  })
  const vacuous = await vacuousOf(trials, noticing, given)
  return {
    noticed,
    survivors: survivors.toSorted(
      (a, b) =>
        compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.change, b.change),
    ),
    vacuous: vacuous.cases,
    idle,
    untried: untried + vacuous.untried,
  }
}

async function trialsOf({ engine, options, fragments }: MutationOptions): Promise<readonly Trial[]> {
  const trials = new Map<string, Trial>()
  for (const [environment, set] of fragments) {
    const limits = limitsOf(options, subjectOf(environment, set))
    const answer = await engine.mutants?.({ fragments: set.fragments }, limits)
    for (const mutant of answer?.mutants ?? []) {
      // Packs have tests of their own.
      if (isPackFile(mutant.site.file)) continue
      const key = JSON.stringify(mutant.edits)
      const trial = trials.get(key) ?? { mutant, environments: new Set() }
      trial.environments.add(environment)
      trials.set(key, trial)
    }
  }
  return [...trials.values()]
}

/** Those that found the rule broken, then those that it speaks about, then the others, which may read what it says. */
async function likelyFirst(
  { mutant, environments }: Trial,
  { ran, rulesOf }: MutationOptions,
): Promise<readonly Ran[]> {
  const here = ran.filter(({ environment }) => environments.has(environment))
  const ranked = await Promise.all(
    here.map(async (run) => {
      const isBroken = run.findings.some(({ rule }) => rule.id === mutant.rule)
      return { run, rank: isBroken ? 0 : (await rulesOf(run)).has(mutant.rule) ? 1 : 2 }
    }),
  )
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ run }) => run)
}

async function firstToNotice(
  { mutant }: Trial,
  runs: readonly Ran[],
  { fragments, passes, isOver }: MutationOptions,
): Promise<Ran | 'untried' | undefined> {
  let unknown = false
  for (const run of runs) {
    if (isOver()) return 'untried'
    const passed = await passes(run, changedBy(mutant, fragments.get(run.environment)))
    if (passed === false) return run
    if (passed === 'unbuilt') return 'untried'
    unknown ||= passed === undefined
  }
  return unknown ? 'untried' : undefined
}

function givenUp(error: unknown): undefined {
  if (error instanceof Fault && (error.code === 'ENGINE_DEADLINE' || error.code === 'ENGINE_MEMORY')) return
  throw error
}

function changedBy({ edits }: EngineMutant, original: FragmentSet | undefined): Changed {
  const textOf = (name: string): string | undefined =>
    original?.fragments.files.find((file) => file.name === name)?.text
  return (set) => {
    const files = edited(set.fragments.files, edits, textOf)
    return files === undefined ? undefined : { ...set, fragments: { ...set.fragments, files } }
  }
}

/** Whether the desired state means the same to all data, since something else says what the rule said. */
async function meansNothing(
  { mutant, environments }: Trial,
  { engine, fragments, options }: MutationOptions,
): Promise<boolean> {
  if (engine.diff === undefined) return false
  for (const environment of environments) {
    const set = fragments.get(environment)
    const changed = set && changedBy(mutant, set)(set)
    if (set === undefined || changed === undefined) return false
    const limits = limitsOf(ownSignal(options), subjectOf(environment, set))
    // An engine that gives up has not shown that nothing changes.
    const answer = await engine.diff({ base: set.fragments, fragments: changed.fragments }, limits).catch(givenUp)
    if (answer === undefined || answer.changes.length > 0) return false
  }
  return true
}

/** Cases that notice nothing: neither a rule that says less, nor one that refuses everything. */
async function vacuousOf(
  trials: readonly Trial[],
  noticing: ReadonlySet<string>,
  given: MutationOptions,
): Promise<{ readonly cases: Mutation['vacuous']; readonly untried: number }> {
  const cases = new Map<string, Ran[]>()
  for (const run of given.ran) {
    if (noticing.has(caseOf(run))) continue
    cases.set(caseOf(run), [...(cases.get(caseOf(run)) ?? []), run])
  }
  let untried = 0
  const found = await inLanes([...cases.values()], given.engine.parallel ?? 1, async (runs) => {
    for (const run of runs) {
      const spoken = await given.rulesOf(run)
      const broken = new Set(run.findings.map(({ rule }) => rule.id))
      const bringsFragments = (run.one.given.fragments ?? []).length > 0
      const relevant = trials.filter(
        ({ mutant, environments }) =>
          environments.has(run.environment) && (bringsFragments || spoken.has(mutant.rule) || broken.has(mutant.rule)),
      )
      for (const trial of relevant.toSorted((a, b) => isGentle(a) - isGentle(b))) {
        const first = await firstToNotice(trial, [run], given)
        if (first === 'untried') {
          if (!given.isOver()) continue
          untried += 1
          return []
        }
        if (first !== undefined) return []
      }
    }
    return runs.slice(0, 1).map(({ result: { file, line, column, name } }) => ({ file, line, column, name }))
  })
  const sorted = found.flat().toSorted((a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column)
  return { cases: sorted, untried }
}

/** What changes most is noticed first. */
function isGentle({ mutant }: Trial): number {
  return mutant.change === refuses || mutant.change === 'removed' ? 0 : 1
}

function caseOf({ one: { file, index } }: Ran): string {
  return JSON.stringify([file, index])
}

function shown({ rule, team, site, change, before, after }: EngineMutant): Mutant {
  return { rule, team, file: site.file, line: site.line ?? 1, column: site.column ?? 1, change, before, after }
}
