import { hash } from 'node:crypto'
import { summaryOf } from '../check/summary.ts'
import { sortedUnique } from '../check/sort.ts'
import type { Engine } from '../engine/engine.ts'
import type { FlatState } from '../document/flat-state.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { conformsFlat, judgesFlat } from '../evaluation/quick-flat.ts'
import { quickAnswer, type Quick } from '../evaluation/quick.ts'
import { compareText } from '../model/order.ts'
import type { Report } from '../model/report.ts'
import { sortedNotes } from '../model/sorted-notes.ts'
import type { ObservationEntry } from '../model/workspace.ts'
import type { NamedFile } from '../observation/cut-request.ts'
import { loneSnapshot, type LoneSnapshot } from '../observation/lone-snapshot.ts'
import type { Entry } from '../check/severity.ts'
import type { Exempting } from './exemptions-of.ts'
import type { OpenWorkspace } from './open-workspace.ts'
import { isSensitive } from './sensitive-mask.ts'

/** What checks at once of a workspace in some environments hang on: data alone, where `Q` is. */
export interface KnownAtOnce<Q = Quick> {
  readonly workspace: string
  readonly tool: Report['tool']
  readonly notes: Report['notes']
  /** Of no findings at all. */
  readonly summary: Report['summary']
  readonly observations: readonly ObservationEntry[]
  /** Whether there are exemptions: what is to be said of these hangs on the moment. */
  readonly exempts: boolean
  readonly environments: readonly { readonly name: string; readonly digest: string; readonly quick: Q }[]
}

/** Where the knowledge is from. */
export interface AtOnce {
  readonly opened: OpenWorkspace
  readonly environments: readonly string[]
  readonly engine: Engine
  readonly evaluation: Evaluation
  readonly version: string
}

/** Whether nothing is to be said of the exemptions themselves where nothing is found. */
export function saysNothing(exempting: Exempting, environments: readonly string[], entry: Entry): boolean {
  const excusable = environments.map((environment) => ({ environment, findings: [], whole: false }))
  return exempting.applied(excusable, entry).length === 0
}

const remembered = new WeakMap<OpenWorkspace, Map<string, readonly [Evaluation, KnownAtOnce]>>()

/** What checks at once need to know, once earlier checks have found all of it out. */
export function knownAtOnce(from: AtOnce): KnownAtOnce | undefined {
  const { opened, environments, evaluation } = from
  const known = remembered.get(opened) ?? new Map<string, readonly [Evaluation, KnownAtOnce]>()
  const key = environments.length === 1 ? (environments[0] ?? '') : JSON.stringify(environments)
  const [by, before] = known.get(key) ?? []
  if (by === evaluation) return before
  const gathered = gather(from)
  if (gathered !== undefined) remembered.set(opened, known.set(key, [evaluation, gathered]))
  return gathered
}

function gather({ opened, environments, engine, evaluation, version }: AtOnce): KnownAtOnce | undefined {
  const { workspace, notes } = opened.read
  if (isSensitive(workspace)) return undefined
  const noted = [...notes]
  const { name, cue, lacks } = engine.identity
  const known: KnownAtOnce['environments'][number][] = []
  for (const environment of environments) {
    const set = opened.known(environment)
    if (set === undefined || set.unreadable.length > 0) return undefined
    const quick = evaluation.quick(set.fragments)
    if (quick === undefined || !quick.plan.lacks.every((lack) => lacks.includes(lack))) return undefined
    known.push({ name: environment, digest: quick.plan.digest, quick })
    noted.push(...set.notes, ...quick.plan.notes)
  }
  return {
    workspace: workspace.workspace,
    tool: { name: 'congruent', version, engine: { name, cue, lacks: sortedUnique(lacks, compareText) } },
    notes: sortedNotes(noted),
    summary: summaryOf([], Object.keys(workspace.teams)),
    observations: workspace.observations ?? [],
    exempts: workspace.exemptions !== undefined,
    environments: known,
  }
}

/**
 * The report of one small snapshot in which there is nothing to be found, where all that is needed to know that is known from checks
 * before: the same as the whole way gives. Undefined where the whole way must be gone.
 */
export function checkedAtOnce(known: KnownAtOnce, files: Files, now: Date): Report | undefined {
  const cuts = conformingCuts(known, files)
  if (cuts === undefined) return undefined
  const { workspace, tool, notes, summary, environments } = known
  return {
    report: 1,
    tool,
    notes,
    workspace,
    checkedAt: now.toISOString(),
    verdict: 'conforms',
    environments: environments.map(({ name, digest }, index) => ({
      name,
      verdict: 'conforms',
      desired: { digest },
      snapshots: cuts[index]?.snapshots() ?? [],
    })),
    summary,
    findings: [],
  }
}

/** The same report as JSON text; what is the same in all of them is written once. */
export function writtenAtOnce(known: KnownAtOnce, files: Files, now: Date): string | undefined {
  const cuts = conformingCuts(known, files)
  if (cuts === undefined) return undefined
  const { begin, environments, end } = frameOf(known)
  let text = `${begin}"${now.toISOString()}"`
  for (const [index, environment] of environments.entries())
    text += `${environment}${JSON.stringify(cuts[index]?.snapshots() ?? [])}`
  return text + end
}

/** Whether all that hangs on the state can be said where it lies in bytes. */
export function judgesFlatAtOnce({ environments }: KnownAtOnce): boolean {
  return environments.every(({ quick }) => judgesFlat(quick))
}

/** The same text of files in which there is nothing where the observed state is, which lies in bytes. */
export function writtenFlatAtOnce(known: KnownAtOnce, files: Files, state: FlatState, now: Date): string | undefined {
  const { begin, environments, end } = frameOf(known)
  let text = `${begin}"${now.toISOString()}"`
  for (const [index, { name, quick }] of known.environments.entries()) {
    const cut = loneSnapshot(files, known.observations, name)
    const said =
      cut && conformsFlat(quick, state) ? state.sorted(state.json, state.value, { head: cut.head() }) : undefined
    if (cut === undefined || said === undefined) return undefined
    text += `${environments[index] ?? ''}${JSON.stringify(cut.snapshots(hash('sha256', said)))}`
  }
  return text + end
}

type Files = readonly NamedFile[] | undefined

/** What was observed in each environment, where all of it conforms for certain. */
function conformingCuts(
  { observations, environments }: KnownAtOnce,
  files: Files,
): readonly LoneSnapshot[] | undefined {
  const cuts: LoneSnapshot[] = []
  for (const { name, quick } of environments) {
    const cut = loneSnapshot(files, observations, name)
    const answer = cut && quickAnswer(quick, cut.observed, true)
    if (cut === undefined || answer === undefined || answer.findings.length > 0) return undefined
    cuts.push(cut)
  }
  return cuts
}

/** The text of a report, without the moment and, behind each environment, its snapshots. */
interface Frame {
  readonly begin: string
  readonly environments: readonly string[]
  readonly end: string
}

const frames = new WeakMap<KnownAtOnce, Frame>()

function frameOf(known: KnownAtOnce): Frame {
  const frame = frames.get(known) ?? newFrame(known)
  frames.set(known, frame)
  return frame
}

function newFrame({ tool, notes, workspace, environments, summary }: KnownAtOnce): Frame {
  const json = JSON.stringify
  return {
    begin: `{"report":1,"tool":${json(tool)},"notes":${json(notes)},"workspace":${json(workspace)},"checkedAt":`,
    environments: environments.map(
      ({ name, digest }, index) =>
        `${index === 0 ? ',"verdict":"conforms","environments":[' : '},'}{"name":${json(name)},"verdict":"conforms","desired":{"digest":${json(digest)}},"snapshots":`,
    ),
    end: `${environments.length === 0 ? ',"verdict":"conforms","environments":[' : '}'}],"summary":${json(summary)},"findings":[]}`,
  }
}
