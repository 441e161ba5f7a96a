import { findingsOf } from '../check/findings.ts'
import { placedNotes } from '../check/placed-notes.ts'
import { foldUnobserved } from '../check/partial.ts'
import type { Mask } from '../masking/mask.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { Help } from '../evaluation/shares.ts'
import type { Entry } from '../check/severity.ts'
import type { Engine, EngineAnswer, EngineOptions } from '../engine/engine.ts'
import type { CheckAnswer, UnifyAnswer } from '../engine/protocol.ts'
import type { Finding } from '../model/finding.ts'
import type { Note } from '../model/report.ts'
import type { Cut } from '../observation/cut.ts'
import type { CutRequest } from '../observation/cut-request.ts'
import type { FragmentSet } from '../workspace/fragments.ts'
import { limitsOf, readingTimeOf, type RequestOptions } from './dependencies.ts'
import { observedIn, type Inputs } from './inputs.ts'
import type { OpenWorkspace } from './open-workspace.ts'
import { removedFields, withRemoved } from './removed-fields.ts'
import { maskedNotes, sensitiveMask, withoutSecrets, withoutSecretsInFaults } from './sensitive-mask.ts'
import { subjectOf } from './subject.ts'

/** What the environments of one check have in common. */
export interface CheckRun {
  readonly opened: OpenWorkspace
  readonly inputs: Inputs
  readonly shared: Pick<CutRequest, 'now' | 'cache' | 'rereading'>
  readonly clock: () => Date
  readonly engine: Engine
  readonly evaluation: Evaluation
  /** Asks about everything at once. */
  readonly whole: boolean
  readonly limits: RequestOptions
  readonly entry: Entry
  readonly help?: Help
}

/** One environment, checked. */
export interface CheckedEnvironment {
  readonly name: string
  readonly digest: string
  readonly findings: readonly Finding[]
  readonly notes: readonly Note[]
  /** Hides what is sensitive here; absent where nothing is. */
  readonly mask?: Mask
  readonly fragments: FragmentSet
  readonly cut: Cut
  /** What the engine could not read or tell here. */
  readonly lacks: readonly string[]
}

/** Reads fragments and observations of one environment, asks the engine, and makes findings of its answer. */
export async function checkEnvironment(name: string, run: CheckRun): Promise<CheckedEnvironment> {
  const { inputs, entry } = run
  const { workspace } = run.opened.read
  const { fragments, cut, limits } = await readEnvironment(name, run)
  const mask = await sensitiveMask({ workspace, fragments, cut }, run.engine, limits)
  // Who helps would keep what is sensitive where others read it.
  const { help: _, ...alone } = run
  const answer = await withoutSecretsInFaults(mask, () => ask(mask === undefined ? run : alone, fragments, cut, limits))
  const identity = { environment: name, workspace, entry, found: answer.findings, fragments }
  const unmasked = findingsOf({ ...identity, cut: mask === undefined ? cut : withoutSecrets(cut, workspace) })
  const all = mask?.findings(unmasked) ?? unmasked
  const { findings, notes } = inputs.partial === true ? foldUnobserved(all, name) : { findings: all, notes: [] }
  return {
    name,
    digest: answer.digest,
    findings,
    notes: maskedNotes([...fragments.notes, ...cut.notes, ...placedNotes(answer.notes, fragments), ...notes], mask),
    ...(mask === undefined ? {} : { mask }),
    fragments,
    cut,
    lacks: answer.lacks,
  }
}

/** Reads fragments and observations of one environment, and says what of the time for it is left. */
export async function readEnvironment(
  name: string,
  { opened, inputs, shared, clock, limits }: Pick<CheckRun, 'opened' | 'inputs' | 'shared' | 'clock' | 'limits'>,
): Promise<{ readonly fragments: FragmentSet; readonly cut: Cut; readonly limits: EngineOptions }> {
  const time = readingTimeOf(limits, clock, name)
  const fragments = await opened.fragments(name, time)
  const { definitions = [] } = fragments
  const cut = await observedIn(name, opened.read, inputs, { ...shared, definitions, time })
  return { fragments, cut, limits: limitsOf(limits, subjectOf(name, fragments, cut), time.spent()) }
}

/** Without every fragment there is no desired state to check against: then only what the others say to one another is asked. */
async function ask(
  { engine, evaluation, whole, help }: CheckRun,
  { environment, fragments, unreadable }: FragmentSet,
  cut: Cut,
  limits: EngineOptions,
): Promise<EngineAnswer<CheckAnswer | UnifyAnswer>> {
  if (unreadable.length > 0) return engine.unify({ fragments }, limits)
  const { observed } = cut
  const request = { environment, fragments, observed, drift: true, whole, ...(help === undefined ? {} : { help }) }
  const [answer, removed] = await Promise.all([
    evaluation.check(request, limits),
    removedFields(engine, fragments, cut, limits),
  ])
  return { ...answer, findings: withRemoved(answer.findings, removed) }
}
