import { worstVerdict } from '../../../check/verdict.ts'
import type { CheckCounts, CheckRecord } from '../../../model/check-record.ts'
import type { Verdict } from '../../../model/finding.ts'
import { countsOf } from '../checks/counts.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { checkKnownNow } from '../findings/known-now.ts'
import { inForce } from '../in-force.ts'

/** The verdict about a workspace at a moment: the worst of its environments. */
export interface WorkspaceVerdict {
  readonly workspace: string
  readonly at: string
  readonly verdict: Verdict
  /** Sorted by name. */
  readonly environments: readonly EnvironmentVerdict[]
}

/** The verdict about one environment; without a check it is undecided. */
export interface EnvironmentVerdict {
  readonly name: string
  readonly verdict: Verdict
  /** RFC 3339: since when it is this one. */
  readonly since?: string
  readonly counts?: CheckCounts
  /** Number and time of the check that says so; a check that was worked out anew has no number. */
  readonly check?: number
  readonly checkedAt?: string
  readonly revision?: number
  /** How many snapshots that check saw. */
  readonly snapshots?: number
  readonly fault?: CheckRecord['fault']
  /** Whether something has changed that no check has looked at yet. */
  readonly pending: boolean
}

/** Which verdict. */
export interface VerdictInput {
  readonly workspace: string
  /** Default: now. */
  readonly at?: Date
  readonly known: 'then' | 'now'
  readonly deadlineMs: number
  readonly signal?: AbortSignal
}

/** The verdict about each environment that the workspace had at a moment. Rejects with WORKSPACE_NOT_FOUND, or NOT_FOUND before its first revision. */
export async function verdictAt(dependencies: StoredDependencies, input: VerdictInput): Promise<WorkspaceVerdict> {
  const { workspace, at } = input
  const environments = await (input.known === 'now' ? knownNow : knownThen)(dependencies, input)
  return {
    workspace,
    at: (at ?? dependencies.clock()).toISOString(),
    verdict: worstVerdict(environments.map(({ verdict }) => verdict)),
    environments,
  }
}

async function knownThen(
  dependencies: StoredDependencies,
  { workspace, at }: VerdictInput,
): Promise<readonly EnvironmentVerdict[]> {
  const { store } = dependencies
  const { read } = await inForce(dependencies, workspace, at)
  return Promise.all(
    read.environments.map(async (name): Promise<EnvironmentVerdict> => {
      const record = await store.checks.at(workspace, name, at)
      const progress = at === undefined ? await store.checks.progress(workspace, name) : undefined
      const pending = progress !== undefined && progress.done < progress.wanted
      if (record === undefined) return { name, verdict: 'undecided', pending }
      const { verdict, since, counts, check, at: checkedAt, revision, fault } = record
      const snapshots = record.snapshots.length
      return { name, verdict, since, counts, check, checkedAt, revision, snapshots, ...(fault && { fault }), pending }
    }),
  )
}

async function knownNow(
  dependencies: StoredDependencies,
  { workspace, at = dependencies.clock(), deadlineMs, signal }: VerdictInput,
): Promise<readonly EnvironmentVerdict[]> {
  const { revision, reports } = await checkKnownNow(dependencies, {
    workspace,
    at,
    deadlineMs,
    ...(signal === undefined ? {} : { signal }),
  })
  return reports.map(({ name, report }) => {
    const [fault] = report.faults ?? []
    return {
      name,
      verdict: report.verdict,
      counts: countsOf(report.findings),
      checkedAt: at.toISOString(),
      revision,
      snapshots: report.environments.find((one) => one.name === name)?.snapshots.length ?? 0,
      ...(fault && { fault: { code: fault.code, message: fault.message } }),
      pending: false,
    }
  })
}
