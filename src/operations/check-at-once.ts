import { summaryOf } from '../check/summary.ts'
import { sortedUnique } from '../check/sort.ts'
import type { Engine } from '../engine/engine.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { compareText } from '../model/order.ts'
import type { Report } from '../model/report.ts'
import type { Workspace } from '../model/workspace.ts'
import { sortedNotes } from '../model/sorted-notes.ts'
import { loneSnapshot, type LoneSnapshot } from '../observation/lone-snapshot.ts'
import type { CheckInput } from './check.ts'
import type { Exempting } from './exemptions-of.ts'
import type { OpenWorkspace } from './open-workspace.ts'
import { isSensitive } from './sensitive-mask.ts'

/** What a check at once works with. */
export interface AtOnce {
  readonly opened: OpenWorkspace
  readonly exempting: Exempting
  readonly environments: readonly string[]
  readonly engine: Engine
  readonly evaluation: Evaluation
  readonly version: string
  readonly now: Date
}

/**
 * The report of one small snapshot in which there is nothing to be found, where all that is needed to know that is known from checks
 * before: the same as the whole way gives. Undefined where the whole way must be gone.
 */
export function checkedAtOnce(
  { opened, exempting, environments, engine, evaluation, version, now }: AtOnce,
  { files, partial, whole, override, complete, entry = 'ci' }: CheckInput,
): Report | undefined {
  if (partial === true || whole === true || complete === true || override !== undefined) return undefined
  const { workspace, notes } = opened.read
  if (isSensitive(workspace)) return undefined
  const excusable = environments.map((environment) => ({ environment, findings: [], whole: false }))
  if (exempting.applied(excusable, entry).length > 0) return undefined
  const cuts: LoneSnapshot[] = []
  const digests: string[] = []
  const noted = [...notes]
  for (const name of environments) {
    const set = opened.known(name)
    if (set === undefined || set.unreadable.length > 0) return undefined
    const cut = loneSnapshot(files, workspace.observations ?? [], name)
    if (cut === undefined) return undefined
    const { fragments } = set
    const answer = evaluation.checkAtOnce({ environment: name, fragments, observed: cut.observed, drift: true })
    if (answer === undefined || answer.findings.length > 0) return undefined
    if (!answer.lacks.every((lack) => engine.identity.lacks.includes(lack))) return undefined
    cuts.push(cut)
    digests.push(answer.digest)
    noted.push(...set.notes, ...answer.notes)
  }
  const { name, cue, lacks } = engine.identity
  return {
    report: 1,
    tool: { name: 'congruent', version, engine: { name, cue, lacks: sortedUnique(lacks, compareText) } },
    notes: noted.length === 0 ? [] : sortedNotes(noted),
    workspace: workspace.workspace,
    checkedAt: now.toISOString(),
    verdict: 'conforms',
    environments: environments.map((environment, index) => ({
      name: environment,
      verdict: 'conforms',
      desired: { digest: digests[index] ?? '' },
      snapshots: cuts[index]?.snapshots() ?? [],
    })),
    summary: nothingFoundIn(workspace),
    findings: [],
  }
}

const summaries = new WeakMap<Workspace, Report['summary']>()

/** The summary of no findings at all. */
function nothingFoundIn(workspace: Workspace): Report['summary'] {
  const summary = summaries.get(workspace) ?? summaryOf([], Object.keys(workspace.teams))
  summaries.set(workspace, summary)
  return summary
}
