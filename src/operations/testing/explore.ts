import type { Engine } from '../../engine/engine.ts'
import type { ListedRule } from '../../model/listed-rule.ts'
import type { CoveredRule, Mutation } from '../../model/test-report.ts'
import { coversOf, givenFiles } from '../../testing/given-files.ts'
import type { Case } from '../../testing/case.ts'
import type { FragmentSet } from '../../workspace/fragments.ts'
import type { Dependencies, RequestOptions } from '../dependencies.ts'
import { observedIn } from '../inputs.ts'
import { metAtOnce, type Seen } from '../met-rules.ts'
import type { OpenWorkspace } from '../open-workspace.ts'
import type { CaseWorkspace } from './case-workspaces.ts'
import { coverageOf, joinedCoverage } from './coverage.ts'
import { inLanes } from './in-lanes.ts'
import { mutate } from './mutate.ts'
import { findingsOfCase, judged, type Ran, ownSignal } from './run-cases.ts'
import type { Source } from '../../workspace/source.ts'

/** Tests that ran, and what they ran on. */
export interface Explored {
  readonly dependencies: Dependencies
  readonly input: RequestOptions & { readonly source: Source }
  readonly engine: Engine
  readonly opened: OpenWorkspace
  readonly workspaceOf: (one: Case) => CaseWorkspace
  readonly rulesIn: (environment: string) => Promise<readonly ListedRule[]>
  readonly ran: readonly Ran[]
}

/** How far each rule of the environments that cases were run in is tried. */
export async function coverageOfTests(explored: Explored): Promise<readonly CoveredRule[]> {
  const { dependencies, input, engine, opened, rulesIn, ran } = explored
  const several = await inLanes(environmentsOf(ran), 1, async (environment) => {
    const fragments = await opened.fragments(environment)
    const { definitions = [] } = fragments
    const shared = { now: dependencies.clock(), definitions }
    const cut = await observedIn(environment, opened.read, { source: input.source }, shared)
    return coverageOf({
      engine,
      options: input,
      rules: await rulesIn(environment),
      ran: ran.filter((run) => run.environment === environment && run.result.outcome !== 'fault'),
      seenBy: (run) => seenBy(explored, run),
      real: cut.snapshots.length === 0 ? undefined : { fragments, observed: cut.observed },
    })
  })
  return joinedCoverage(several)
}

/** Which changes of rules the passing cases notice, tried for at most so many milliseconds. */
export async function mutationOfTests(explored: Explored, forMs: number): Promise<Mutation> {
  const { dependencies, input, engine, opened, workspaceOf, ran } = explored
  const passing = ran.filter(({ result }) => result.outcome === 'pass')
  const fragments = new Map<string, FragmentSet>()
  for (const name of environmentsOf(passing)) fragments.set(name, await opened.fragments(name))
  const end = dependencies.clock().getTime() + forMs
  const known = new Map<Ran, Promise<ReadonlySet<string>>>()
  return mutate({
    engine,
    options: input,
    ran: passing,
    fragments,
    isOver: () => dependencies.clock().getTime() > end,
    rulesOf: (run) => {
      const rules = known.get(run) ?? idsOf(explored, run)
      known.set(run, rules)
      return rules
    },
    passes: async (run, changed) => {
      const { opened, source } = workspaceOf(run.one)
      const set = changed(await opened.fragments(run.environment))
      if (set === undefined) return true
      const workspace = { opened: { ...opened, fragments: async () => set }, source }
      try {
        const found = await findingsOfCase(dependencies, run, workspace, { ...input, whole: true })
        const isBuilt = found.findings.every(({ kind, outcome }) => kind !== 'unreadable' || outcome !== 'conflicts')
        return isBuilt
          ? judged(run, found).outcome === 'pass'
          : (run.one.given.fragments ?? []).length === 0
            ? 'unbuilt'
            : undefined
      } catch (error) {
        if (input.signal?.aborted === true) throw error
        return undefined
      }
    },
  })
}

function environmentsOf(ran: readonly Ran[]): readonly string[] {
  return [...new Set(ran.map(({ environment }) => environment))].toSorted()
}

async function seenBy({ dependencies, workspaceOf }: Explored, { one, environment }: Ran): Promise<Seen> {
  const { opened, source } = workspaceOf(one)
  const fragments = await opened.fragments(environment)
  const { definitions = [] } = fragments
  const cut = await observedIn(
    environment,
    opened.read,
    { source, files: givenFiles(one, source), override: { covers: coversOf(one.given) } },
    { now: one.now ?? new Date(0), rereading: dependencies.rereading, definitions },
  )
  return { fragments, observed: cut.observed }
}

async function idsOf(explored: Explored, run: Ran): Promise<ReadonlySet<string>> {
  const rules = await metAtOnce(explored.engine, await seenBy(explored, run), ownSignal(explored.input))
  return new Set(rules.map(({ id }) => id))
}
