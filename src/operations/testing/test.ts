import { matchesRule } from '../../check/severity.ts'
import { sortedUnique } from '../../check/sort.ts'
import { Fault } from '../../errors.ts'
import type { ListedRule } from '../../model/listed-rule.ts'
import { compareText } from '../../model/order.ts'
import { isTestFile, testFiles } from '../../model/test-files.ts'
import type { TestReport } from '../../model/test-report.ts'
import { suggestion } from '../../schema/did-you-mean.ts'
import type { Found } from '../../testing/judge.ts'
import { readTests } from '../../testing/read-tests.ts'
import type { Source } from '../../workspace/source.ts'
import type { Dependencies, RequestOptions } from '../dependencies.ts'
import { chosenEnvironments } from '../environments.ts'
import { rules } from '../rules.ts'
import { caseWorkspaces } from './case-workspaces.ts'
import { inLanes } from './in-lanes.ts'
import { coverageOfTests, mutationOfTests } from './explore.ts'
import { findingsOfCase, judged, type Ran, type Run } from './run-cases.ts'
import { updateOf, type Update } from './update.ts'

/** Which tests to run. */
export interface TestInput extends RequestOptions {
  /** The workspace. */
  readonly source: Source
  /** Files of tests, or folders of them, by their names in the workspace; default: every one. */
  readonly files?: readonly string[]
  /** Default: those that each case names. */
  readonly environments?: readonly string[]
  /** Says how far each rule is tried. */
  readonly coverage?: boolean
  /** Changes each rule in turn, for at most so many milliseconds, and says which change no case notices. */
  readonly mutateMs?: number
}

/** What became of the tests. */
export interface TestOutcome {
  readonly report: TestReport
  /** The files of tests as they would be if failing cases expected what was found. */
  readonly update: () => Promise<Update>
}

/** So many cases are in work for each request that the engine works on. */
const casesPerLane = 4

/** Runs the tests of a workspace: each case is a check of what it gives, in each of its environments. */
export async function test(dependencies: Dependencies, input: TestInput): Promise<TestOutcome> {
  const { source } = input
  const opened = await dependencies.open(source)
  const { read } = opened
  const engine = await dependencies.engine(input.engine ?? read.workspace.engine ?? 'cue-go')
  const explores = input.coverage === true || input.mutateMs !== undefined
  if (explores && (engine.exercised === undefined || engine.mutants === undefined))
    throw new Fault(
      'USAGE',
      `the engine \`${engine.identity.name}\` lists no rules: coverage and mutation need \`cue-go\` or \`cue-native\``,
    )
  const environments = chosenEnvironments(input.environments, read.environments)
  const cases = await readTests(await namesOf(input), { source, read })
  const workspaceOf = caseWorkspaces(opened, source)
  const runs = cases.flatMap((one): Run[] =>
    one.environments.filter((name) => environments.includes(name)).map((environment) => ({ one, environment })),
  )
  if (runs.length === 0)
    throw new Fault('USAGE', `no case of these tests is for ${environments.map((name) => `\`${name}\``).join(', ')}`)
  const listed = new Map<string, Promise<readonly ListedRule[]>>()
  const rulesIn = (environment: string): Promise<readonly ListedRule[]> => {
    const known =
      listed.get(environment) ?? rules({ ...dependencies, open: async () => opened }, { ...input, environment })
    listed.set(environment, known)
    return known
  }
  const rulesFor = ({ one, environment }: Run): Promise<readonly ListedRule[]> =>
    one.given.fragments === undefined
      ? rulesIn(environment)
      : rules({ ...dependencies, open: async () => workspaceOf(one).opened }, { ...input, environment })
  const ran = await inLanes(runs, (engine.parallel ?? 1) * casesPerLane, async (run): Promise<Ran> => {
    try {
      const found = await findingsOfCase(dependencies, run, workspaceOf(run.one), input)
      const { findings } = found
      const quick = judged(run, found)
      // Where a rule stands is worked out only where it is missing.
      const isMissed = quick.differences.some(({ kind, rule }) => kind === 'absent' && rule === undefined)
      const result = isMissed ? judged(run, { ...found, ruleAt: ruleAt(await rulesFor(run)) }) : quick
      return { ...run, result, findings }
    } catch (fault) {
      if (input.signal?.aborted === true) throw fault
      return { ...run, result: judged(run, { fault }), findings: [] }
    }
  })
  const explored = { dependencies, input, engine, opened, workspaceOf, rulesIn, ran }
  const coverage = input.coverage === true ? await coverageOfTests(explored) : undefined
  const mutation = input.mutateMs === undefined ? undefined : await mutationOfTests(explored, input.mutateMs)
  const results = ran.map(({ result }) => result)
  const count = (outcome: string): number => results.filter((result) => result.outcome === outcome).length
  const { name, cue, lacks } = engine.identity
  return {
    update: () => updateOf(source, ran),
    report: {
      tests: 1,
      tool: {
        name: 'congruent',
        version: dependencies.version,
        engine: { name, cue, lacks: sortedUnique(lacks, compareText) },
      },
      workspace: read.workspace.workspace,
      summary: { pass: count('pass'), fail: count('fail'), fault: count('fault') },
      results,
      ...(coverage === undefined ? {} : { coverage }),
      ...(mutation === undefined ? {} : { mutation }),
    },
  }
}

/** The files that were asked for; every file of tests where none was named. */
async function namesOf({ source, files = [] }: TestInput): Promise<readonly string[]> {
  const all = await source.list([testFiles])
  if (files.length === 0) {
    if (all.length > 0) return all
    throw new Fault('USAGE', `there are no tests in \`${source.name}\`: files of tests are named \`*.test.yaml\``)
  }
  const chosen = files.map((name) => {
    const found = all.filter((file) => file === name || name === '.' || file.startsWith(`${name}/`))
    if (found.length > 0) return found
    const why = isTestFile(name) ? 'there is no file of tests' : 'neither a file of tests nor a folder of them is'
    throw new Fault('INPUT_NOT_FOUND', `${why} \`${name}\` in \`${source.name}\`${suggestion(name, all)}`)
  })
  return sortedUnique(chosen.flat(), compareText)
}

/** Where a rule is stated, or which was meant. */
function ruleAt(listed: readonly ListedRule[]): NonNullable<Found['ruleAt']> {
  return (glob) => {
    const rule = listed.find(({ id }) => matchesRule(glob, id))
    // What the tool itself says has rules that no fragment states.
    if (rule === undefined) {
      if (glob.startsWith('congruent:') || listed.length === 0) return {}
      const ids = listed.map(({ id }) => id)
      return { hint: `no rule has the id \`${glob}\`${suggestion(glob, ids)}` }
    }
    const [site] = rule.sites
    return { rule: { id: rule.id, ...(site && { file: site.file, line: site.line, column: site.column }) } }
  }
}
