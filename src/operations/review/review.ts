import type { Entry } from '../../check/severity.ts'
import { Fault } from '../../errors.ts'
import type { Severity } from '../../model/finding.ts'
import type { Exemption } from '../../model/exemption.ts'
import { compareText } from '../../model/order.ts'
import type { Note } from '../../model/report.ts'
import type { QuotedLines } from '../../model/quoted-line.ts'
import type { Review } from '../../model/review.ts'
import type { NamedFile } from '../../observation/cut-request.ts'
import { approvals } from '../../review/approvals.ts'
import { exemptionChanges } from '../../review/exemption-changes.ts'
import { ruleChanges, type RulesOf } from '../../review/rule-changes.ts'
import { rulesWithoutTest } from '../../testing/rules-without-test.ts'
import type { Source } from '../../workspace/source.ts'
import type { Dependencies, RequestOptions } from '../dependencies.ts'
import { chosenEnvironments } from '../environments.ts'
import { observedIn, type Inputs } from '../inputs.ts'
import type { OpenWorkspace } from '../open-workspace.ts'
import { compareStates, type Pair } from './compare-states.ts'
import { filesBetween, withReachIn } from './measures.ts'
import { quotedSides } from './quoted-sides.ts'
import { sharedStates } from './shared-states.ts'
import { checkState, type CheckedState, readOnce } from './states.ts'
import { writeReview } from './write-review.ts'

/** A state of a workspace, and how it was asked for. */
export interface NamedState {
  readonly source: Source
  /** A branch, a commit, `worktree`. */
  readonly ref: string
  /** The commit that is read, in hex. */
  readonly commit?: string
}

/** What is observed, where it is not what the head's workspace says, or not from where that lies. */
export type Observing = Pick<Inputs, 'observations' | 'files' | 'override' | 'stdin' | 'cut' | 'partial'>

/** Two states of a workspace, and what they are checked against. */
export interface ReviewInput extends RequestOptions, Observing {
  readonly base: NamedState
  readonly head: NamedState
  /** Default: every environment of either state. */
  readonly environments?: readonly string[]
  /** Files that say what is observed in an environment, instead of `files`. */
  readonly observed?: (environment: string) => Promise<readonly NamedFile[]>
  /** All that there is to be observed is among the inputs; default: if the head's workspace says what is. */
  readonly complete?: boolean
  /** The least severity that counts as bad news; default `error`. */
  readonly failOn?: Severity
  readonly entry?: Entry
  /** Default: the clock. */
  readonly now?: Date
  /** What is to be said beside, of how the states were read. */
  readonly notes?: readonly Note[]
}

/** A review, and the lines of the files that it names. */
export interface ReviewResult {
  readonly review: Review
  readonly quoted: () => Promise<{ readonly base: QuotedLines; readonly head: QuotedLines }>
}

/**
 * Says what a change from one state of a workspace to another does, in each environment: to what is desired, and to what is found on the same
 * snapshots. A state before there was any workspace demands nothing.
 */
export async function review(dependencies: Dependencies, input: ReviewInput): Promise<ReviewResult> {
  const { failOn = 'error', entry = 'ci', now = dependencies.clock() } = input
  const { complete = input.observed === undefined && input.files === undefined } = input
  const [first, second] = await Promise.all([
    openedBase(dependencies, input.base.source),
    dependencies.open(input.head.source),
  ])
  const [before, after] = sharedStates(first ?? emptyOf(second), second)
  const engine = input.engine ?? after.read.workspace.engine ?? 'cue-go'
  const { deadlineMs, signal } = input
  const asked = {
    engine,
    failOn,
    entry,
    now,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
    ...(signal === undefined ? {} : { signal }),
  }
  const observing = observingOf(input)
  const pairs = pairsOf(before, after, input.environments)
  const shared = { now, cache: new Map(), rereading: dependencies.rereading }
  const cut = readOnce(async (environment, time) => {
    const files = await input.observed?.(environment)
    const inputs = { ...observing, source: input.head.source, ...(files === undefined ? {} : { files }) }
    const { definitions = [] } = await after.fragments(environment, time)
    return observedIn(environment, after.read, inputs, {
      ...shared,
      definitions,
      ...(time === undefined ? {} : { time }),
    })
  })
  const checked = async (source: Source, opened: OpenWorkspace, side: 'base' | 'head'): Promise<CheckedState> =>
    checkState(
      dependencies,
      { source, opened },
      pairs.flatMap((pair) => pair[side] ?? []),
      { ...observing, ...asked, cut, complete },
    )
  const [base, head] = await Promise.all([
    checked(input.base.source, before, 'base'),
    checked(input.head.source, after, 'head'),
  ])
  const held = await compareStates(dependencies, { base, head, pairs, asked })
  const environments = await Promise.all(held.environments.map((one) => withReachIn(one, cut, failOn)))
  const compared = { ...held, environments }
  const [exemptionsBefore, exemptionsAfter] = await Promise.all([exemptionsOf(base), exemptionsOf(head)])
  const rules = await rulesOf(compared.rules, head)
  const exemptions = exemptionChanges(exemptionsBefore, exemptionsAfter)
  const changes = compared.environments.flatMap((environment) => environment.changes)
  const review = writeReview({
    version: dependencies.version,
    base: { ...nameOf(input.base), checked: base },
    head: { ...nameOf(input.head), checked: head },
    compared,
    asked,
    rules,
    exemptions,
    files: await filesBetween(before, after, { environments, rules }),
    approvals: approvals(before.read.workspace.teams, after.read.workspace.teams, { changes, exemptions }),
    notes: [...(input.notes ?? []), ...(first === undefined ? [noBase(input.base)] : [])],
    engine: (await dependencies.engine(engine)).identity,
  })
  return { review, quoted: () => quotedSides(review, base, head) }
}

function observingOf({ observations, files, override, stdin, cut, partial }: ReviewInput): Observing {
  return {
    ...(observations === undefined ? {} : { observations }),
    ...(files === undefined ? {} : { files }),
    ...(override === undefined ? {} : { override }),
    ...(stdin === undefined ? {} : { stdin }),
    ...(cut === undefined ? {} : { cut }),
    ...(partial === undefined ? {} : { partial }),
  }
}

function nameOf({ ref, commit }: NamedState): Pick<NamedState, 'ref' | 'commit'> {
  return { ref, ...(commit === undefined ? {} : { commit }) }
}

function noBase({ source }: NamedState): Note {
  return { code: 'no-base', message: `there is no workspace in \`${source.name}\`: all of it is new` }
}

async function openedBase({ open }: Dependencies, source: Source): Promise<OpenWorkspace | undefined> {
  try {
    return await open(source)
  } catch (error) {
    if (error instanceof Fault && error.code === 'WORKSPACE_NOT_FOUND') return undefined
    throw error
  }
}

/** A workspace of the same name that demands nothing. */
function emptyOf({ read }: OpenWorkspace): OpenWorkspace {
  const workspace = { workspace: read.workspace.workspace, teams: {} }
  const fragments = { files: [], parts: [], tags: {}, limits: [] }
  return {
    read: { ...read, workspace, environments: [], notes: [] },
    known: () => undefined,
    exemptions: async () => ({ exemptions: [], problems: [] }),
    fragments: async (environment) => ({
      environment,
      fragments,
      origins: new Map(),
      made: new Map(),
      unreadable: [],
      notes: [],
    }),
  }
}

/** Each environment of either state, or those that were asked for, sorted. */
function pairsOf(before: OpenWorkspace, after: OpenWorkspace, asked: readonly string[] | undefined): readonly Pair[] {
  const [old, now] = [before.read.environments, after.read.environments]
  const known = [...new Set([...old, ...now])].toSorted(compareText)
  return chosenEnvironments(asked, known).map((name) => ({
    name,
    base: old.includes(name) ? name : undefined,
    head: now.includes(name) ? name : undefined,
  }))
}

/** How rules change, and which of the new ones no test of the head expects. */
async function rulesOf(listed: readonly RulesOf[], { opened, source }: CheckedState): Promise<Review['rules']> {
  const changes = ruleChanges(listed)
  const untested = await rulesWithoutTest({ source, read: opened.read }, changes.added)
  return { ...changes, ...(untested === undefined ? {} : { untested }) }
}

/** What a state excuses, without its places. */
async function exemptionsOf({ opened }: CheckedState): Promise<readonly Exemption[]> {
  const { exemptions } = await opened.exemptions()
  return exemptions.map(({ file: _, line: __, ...exemption }) => exemption)
}
