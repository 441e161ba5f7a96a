import type { Entry } from '../check/severity.ts'
import { compareFindings, sortedUnique } from '../check/sort.ts'
import { concerns, summaryOf } from '../check/summary.ts'
import type { Help } from '../evaluation/shares.ts'
import { verdictOf, worstVerdict } from '../check/verdict.ts'
import type { Finding, Severity, Verdict } from '../model/finding.ts'
import { compareText } from '../model/order.ts'
import type { Report, ReportedEnvironment } from '../model/report.ts'
import { checkedAtOnce, knownAtOnce, saysNothing, type KnownAtOnce } from './check-at-once.ts'
import { checkEnvironment, type CheckedEnvironment } from './check-environment.ts'
import { type Dependencies, type RequestOptions } from './dependencies.ts'
import { isSensitive } from './sensitive-mask.ts'
import { ending } from './ending.ts'
import { chosenEnvironments, knownTeam } from './environments.ts'
import type { QuotedLines } from '../model/quoted-line.ts'
import { sortedNotes } from '../model/sorted-notes.ts'
import { exemptionsOf } from './exemptions-of.ts'
import { readerOf, type Inputs } from './inputs.ts'
import { withDigests } from './place-digests.ts'
import { type Pointing, quotedLines } from './quoted-lines.ts'

/** What to check, and how much of what is found counts. */
export interface CheckInput extends RequestOptions, Inputs {
  /** Default: every environment. */
  readonly environments?: readonly string[]
  /** Keep only what concerns this team. */
  readonly team?: string
  /** The least severity that has a say in the verdict; default `error`. */
  readonly failOn?: Severity
  /** Where the check is asked for, which the workspace's `rules` may tell apart; default `ci`. */
  readonly entry?: Entry
  /** Default: the clock. */
  readonly now?: Date
  /** All that there is to be observed is among the inputs, so that exemptions which excuse nothing are told; default: if no files are given instead of the workspace's own. */
  readonly complete?: boolean
  /** Asks the engine about everything at once, without any short way: the answer is the same. */
  readonly whole?: boolean
  /** Says of each place the digest of its file: for whoever keeps the findings longer than the files. */
  readonly digests?: boolean
  /** Where the results of its parts may be kept; `here`: in this process alone, where nobody else is likely to ask the same. Default `anywhere`. */
  readonly keep?: 'here' | 'anywhere'
  /** Who may work out shares of a large check beside us: those who have the same memory. */
  readonly help?: Help
}

/** A report, and the lines of the files that it names. */
export interface CheckResult {
  readonly report: Report
  /** Reads the lines that findings point at, or those of something else that the fragments and observations hold, without those with masked values. */
  readonly quoted: (pointing?: readonly Pointing[]) => Promise<QuotedLines>
  /** The last moment, in milliseconds since 1970, at which the same inputs give the same report. */
  readonly holdsUntil: number
}

/** Unifies the fragments of each environment and checks the newest cut of observations against them. A fault ends only its environment. */
export async function check(dependencies: Dependencies, input: CheckInput): Promise<CheckResult> {
  const { failOn = 'error', entry = 'ci', now = dependencies.clock() } = input
  const opened = await dependencies.open(input.source)
  const { read } = opened
  const { workspace } = read
  const teams = Object.keys(workspace.teams)
  const team = input.team === undefined ? undefined : knownTeam(input.team, teams)
  const engine = await dependencies.engine(input.engine ?? workspace.engine ?? 'cue-go')
  const evaluation = dependencies.evaluation(engine, isSensitive(workspace) ? 'here' : (input.keep ?? 'anywhere'))
  const environments = chosenEnvironments(input.environments, read.environments)
  const { version } = dependencies
  const exempting = await exemptionsOf(opened, now)
  const mayBeAtOnce =
    ![input.partial, input.whole, input.complete].includes(true) &&
    input.override === undefined &&
    input.cut === undefined
  if (mayBeAtOnce && saysNothing(exempting, environments, entry)) {
    const known = knownAtOnce({ opened, environments, engine, evaluation, version })
    const report = known && checkedAtOnce(known, input.files, now)
    if (report !== undefined) return { report, quoted: async () => new Map(), holdsUntil: exempting.holdsUntil }
  }
  const shared = { now, cache: new Map(), rereading: dependencies.rereading }
  const run = {
    opened,
    inputs: input,
    shared,
    clock: dependencies.clock,
    engine,
    evaluation,
    whole: input.whole === true,
    limits: input,
    entry,
    ...(input.help === undefined ? {} : { help: input.help }),
  }
  const endings = await Promise.all(
    environments.map((name) => ending(name, () => checkEnvironment(name, run), input.signal)),
  )
  const checked = endings.flatMap((end) => ('result' in end ? [end.result] : []))
  const faults = endings.flatMap((end) => ('fault' in end ? [end.fault] : []))

  const isWhole = ({ fragments, lacks }: CheckedEnvironment): boolean =>
    (input.complete ?? input.files === undefined) &&
    input.partial !== true &&
    fragments.unreadable.length === 0 &&
    lacks.every((lack) => engine.identity.lacks.includes(lack))
  const found = exempting
    .applied(
      checked.map((one) => ({ environment: one.name, findings: one.findings, whole: isWhole(one) })),
      entry,
    )
    .filter((finding) => team === undefined || concerns(finding, team))
    .toSorted(compareFindings)
  const findings = input.digests === true ? await withDigests(found, readerOf(input)) : found
  const verdicts = checked.map((environment) => verdictIn(environment, findings, failOn, engine.identity.lacks))
  const report: Report = {
    report: 1,
    tool: {
      name: 'congruent',
      version,
      engine: {
        name: engine.identity.name,
        cue: engine.identity.cue,
        lacks: sortedUnique([...engine.identity.lacks, ...checked.flatMap(({ lacks }) => lacks)], compareText),
      },
    },
    notes: sortedNotes([...read.notes, ...checked.flatMap(({ notes }) => notes)]),
    workspace: workspace.workspace,
    checkedAt: now.toISOString(),
    verdict: worstVerdict(faults.length === 0 ? verdicts : [...verdicts, 'undecided']),
    environments: checked.map(({ name, digest, cut, lacks }, index) => ({
      name,
      verdict: verdicts[index] ?? 'undecided',
      ...lacksBeyond(lacks, engine.identity.lacks),
      desired: { digest },
      snapshots: cut.snapshots,
    })),
    ...(faults.length === 0 ? {} : { faults }),
    summary: summaryOf(findings, teams),
    findings,
  }
  const holdsUntil = Math.min(exempting.holdsUntil, ...checked.map(({ cut }) => cut.holdsUntil))
  return { report, quoted: (pointing = findings) => quotedLines(pointing, readerOf(input), checked), holdsUntil }
}

/** What an engine could not tell of one environment, beside what it never can. */
function lacksBeyond(lacks: readonly string[], always: readonly string[]): Pick<ReportedEnvironment, 'lacks'> {
  const beyond = lacks.filter((lack) => !always.includes(lack))
  return beyond.length === 0 ? {} : { lacks: sortedUnique(beyond, compareText) }
}

/** What is asked about checks at once: where nothing else is said, they are of this moment. */
export type KnownInput = Pick<CheckInput, 'source' | 'environments'> & Required<Pick<CheckInput, 'now' | 'entry'>>

/** What checks at once of these environments hang on; undefined until other checks have found it out. */
export async function knownForChecks(dependencies: Dependencies, input: KnownInput): Promise<KnownAtOnce | undefined> {
  const opened = await dependencies.open(input.source)
  const { workspace, environments } = opened.read
  const engine = await dependencies.engine(workspace.engine ?? 'cue-go')
  const evaluation = dependencies.evaluation(engine, 'here')
  const chosen = chosenEnvironments(input.environments, environments)
  if (!saysNothing(await exemptionsOf(opened, input.now), chosen, input.entry)) return undefined
  return knownAtOnce({ opened, environments: chosen, engine, evaluation, version: dependencies.version })
}

/** An environment about which the engine could not tell something is never said to conform. */
function verdictIn(
  { name, lacks }: CheckedEnvironment,
  findings: readonly Finding[],
  failOn: Severity,
  always: readonly string[],
): Verdict {
  const verdict = verdictOf(
    findings.filter(({ environment }) => environment === name),
    failOn,
  )
  return lacks.every((lack) => always.includes(lack)) ? verdict : worstVerdict([verdict, 'undecided'])
}
