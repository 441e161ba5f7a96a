import { placedNotes } from '../check/placed-notes.ts'
import { excuse } from '../check/exemptions/excuse.ts'
import { findingsOf } from '../check/findings.ts'
import { compareFindings, sortedUnique } from '../check/sort.ts'
import { summaryOf } from '../check/summary.ts'
import { verdictOf, worstVerdict } from '../check/verdict.ts'
import { Fault } from '../errors.ts'
import type { Engine, EngineAnswer } from '../engine/engine.ts'
import type { EngineFinding, LintAnswer } from '../engine/protocol.ts'
import { workspaceLints } from '../lint/workspace-lints.ts'
import type { Mask } from '../masking/mask.ts'
import type { Finding } from '../model/finding.ts'
import { isPackFile } from '../model/pack.ts'
import { compareText } from '../model/order.ts'
import type { QuotedLines } from '../model/quoted-line.ts'
import type { Report } from '../model/report.ts'
import { sortedNotes } from '../model/sorted-notes.ts'
import type { FragmentSet } from '../workspace/fragments.ts'
import type { Source } from '../workspace/source.ts'
import { limitsOf, type Dependencies, type RequestOptions } from './dependencies.ts'
import { ending } from './ending.ts'
import { chosenEnvironments } from './environments.ts'
import { exemptionsOf } from './exemptions-of.ts'
import type { OpenWorkspace } from './open-workspace.ts'
import { quotedLines } from './quoted-lines.ts'
import { maskedNotes, sensitiveMask } from './sensitive-mask.ts'
import { subjectOf } from './subject.ts'

/** What to lint. */
export interface LintInput extends RequestOptions {
  /** The workspace. */
  readonly source: Source
  /** Of which environments findings are told; default: every one. All of them are read, as the workspace's own file is about all. */
  readonly environments?: readonly string[]
  /** Default: the clock. */
  readonly now?: Date
}

/** A report of lints alone, and the lines of the files that it names. */
export interface LintResult {
  readonly report: Report
  readonly quoted: () => Promise<QuotedLines>
  /** The last moment, in milliseconds since 1970, at which the same inputs give the same. */
  readonly holdsUntil: number
}

/** One environment, linted. */
interface Linted {
  readonly name: string
  readonly fragments: FragmentSet
  readonly mask?: Mask
  readonly answer: EngineAnswer<LintAnswer>
}

/** Finds what goes wrong silently in the fragments of each environment, and what of the workspace's own files does nothing. Nothing is evaluated or observed. */
export async function lint(dependencies: Dependencies, input: LintInput): Promise<LintResult> {
  const { now = dependencies.clock() } = input
  const opened = await dependencies.open(input.source)
  const { workspace, environments } = opened.read
  const chosen = chosenEnvironments(input.environments, environments)
  const engine = lintingEngine(await dependencies.engine(input.engine ?? workspace.engine ?? 'cue-go'))
  const endings = await Promise.all(
    environments.map((name) => ending(name, () => lintEnvironment(name, opened, engine, input), input.signal)),
  )
  const linted = endings.flatMap((end) => ('result' in end ? [end.result] : []))
  const faults = endings.flatMap((end) => ('fault' in end && chosen.includes(end.fault.environment) ? [end.fault] : []))
  const ofWorkspace = await lintsOfWorkspace(opened, linted)
  const { held, holdsUntil } = await exemptionsOf(opened, now)

  const told = linted.filter(({ name }) => chosen.includes(name))
  const findings = told
    .flatMap((one) => {
      const found = findingsIn(one, opened, ofWorkspace.get(one.name) ?? [])
      return excuse(one.name, found, held).findings
    })
    .toSorted(compareFindings)
  const verdicts = told.map(({ name }) =>
    verdictOf(
      findings.filter(({ environment }) => environment === name),
      'error',
    ),
  )
  const lacks = told.flatMap(({ answer }) => answer.lacks)
  const report: Report = {
    report: 1,
    tool: {
      name: 'congruent',
      version: dependencies.version,
      engine: {
        name: engine.identity.name,
        cue: engine.identity.cue,
        lacks: sortedUnique([...engine.identity.lacks, ...lacks], compareText),
      },
    },
    notes: sortedNotes([
      ...opened.read.notes,
      ...told.flatMap(({ fragments, answer, mask }) =>
        maskedNotes([...fragments.notes, ...placedNotes(answer.notes, fragments)], mask),
      ),
    ]),
    workspace: workspace.workspace,
    checkedAt: now.toISOString(),
    verdict: worstVerdict(faults.length === 0 ? verdicts : [...verdicts, 'undecided']),
    environments: told.map(({ name, answer }, index) => ({
      name,
      verdict: verdicts[index] ?? 'undecided',
      desired: { digest: answer.digest },
      snapshots: [],
    })),
    ...(faults.length === 0 ? {} : { faults }),
    summary: summaryOf(findings, Object.keys(workspace.teams)),
    findings,
  }
  return { report, quoted: () => quotedLines(findings, (file) => input.source.read(file), told), holdsUntil }
}

type LintingEngine = Engine & Required<Pick<Engine, 'lint'>>

function lintingEngine(engine: Engine): LintingEngine {
  const lint = engine.lint?.bind(engine)
  if (lint !== undefined) return { ...engine, lint }
  throw new Fault(
    'USAGE',
    `the engine \`${engine.identity.name}\` cannot lint: name another one with \`--engine cue-go\``,
  )
}

async function lintEnvironment(
  name: string,
  opened: OpenWorkspace,
  engine: LintingEngine,
  input: RequestOptions,
): Promise<Linted> {
  const fragments = await opened.fragments(name)
  const limits = limitsOf(input, subjectOf(name, fragments))
  const mask = await sensitiveMask({ workspace: opened.read.workspace, fragments }, engine, limits)
  const answer = await engine.lint({ fragments: fragments.fragments }, limits)
  return { name, fragments, answer, ...(mask === undefined ? {} : { mask }) }
}

/** Lints of the workspace's own files; none where the fragments of any environment are not known, which could state what is missed. */
async function lintsOfWorkspace(
  opened: OpenWorkspace,
  linted: readonly Linted[],
): Promise<ReadonlyMap<string, readonly EngineFinding[]>> {
  const isKnown = ({ fragments, answer }: Linted): boolean =>
    fragments.unreadable.length === 0 && answer.findings.every(({ kind }) => kind !== 'unreadable')
  if (linted.length < opened.read.environments.length || !linted.every(isKnown)) return new Map()
  const { exemptions } = await opened.exemptions()
  return workspaceLints({
    read: opened.read,
    environments: linted.map(({ name, fragments, answer: { rules, paths } }) => ({
      name,
      rules,
      paths,
      fragments: fragments.fragments,
    })),
    exemptions,
  })
}

function findingsIn(
  { name, fragments, mask, answer }: Linted,
  { read }: OpenWorkspace,
  ofWorkspace: readonly EngineFinding[],
): readonly Finding[] {
  const { workspace } = read
  const found = [...answer.findings, ...ofWorkspace]
  const parameters = new Set([...read.packs.values()].map((pack) => pack.parameters?.definition))
  const findings = findingsOf({ environment: name, workspace, entry: 'ci', found, fragments }).filter(
    ({ kind, rule, at, conjuncts }) => {
      // What is wrong in a pack is not for those who use it to mend, and its parameters are there to be set by others.
      const isOfPack = conjuncts.length > 0 && conjuncts.every(({ file }) => isPackFile(file))
      const setsParameters = rule.id === 'congruent:lint/shared-definition' && parameters.has(at)
      return kind !== 'lint' || (!isOfPack && !setsParameters)
    },
  )
  return mask?.findings(findings) ?? findings
}
