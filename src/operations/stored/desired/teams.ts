import type { Outcome } from '../../../model/finding.ts'
import { compareText } from '../../../model/order.ts'
import type { FragmentEntry } from '../../../model/workspace.ts'
import type { Findings } from '../../../store/store.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { inForce } from '../in-force.ts'

/** A team, what it may say and answers for, and what stands against it. */
export interface TeamSummary {
  readonly name: string
  readonly contact?: string
  readonly owns: readonly string[]
  /** Absent: it may speak about everything. */
  readonly constrains?: readonly string[]
  readonly fragments: readonly FragmentEntry[]
  /** Its file set; absent: it has published none. */
  readonly set?: { readonly digest: string; readonly files: number }
  /** Findings that it answers for: at paths that it owns, or that nobody owns and its constraints are about. */
  readonly findings: Readonly<Record<Outcome, number>>
  /** How many of those that lead to something came within the last 24 hours. */
  readonly fresh: number
  /** RFC 3339: since when the oldest of them stands. */
  readonly oldest?: string
}

const freshMs = 24 * 60 * 60 * 1000

/** The teams of a workspace at a moment, by name. */
export async function teams(
  dependencies: Pick<StoredDependencies, 'store' | 'sourceOf' | 'clock'>,
  workspace: string,
  { environment, at }: { readonly environment?: string; readonly at?: Date },
): Promise<readonly TeamSummary[]> {
  const { store, clock } = dependencies
  const { revision, read } = await inForce(dependencies, workspace, at)
  const environments = environment === undefined ? undefined : [environment]
  const newFrom = new Date((at ?? clock()).getTime() - freshMs)
  const [countOf, ages] = await Promise.all([
    countsBy(store.findings, workspace, { by: 'owner', as: 'countsAs' }, environment, at),
    store.findings.ages(workspace, environments, newFrom, at),
  ])
  const summaries = Object.entries(read.workspace.teams).map(async ([name, team]): Promise<TeamSummary> => {
    const digest = revision.parts.teams[name]
    const age = ages.find(({ owner }) => owner === name)
    const set = digest === undefined ? undefined : await store.files.getSet(workspace, digest)
    return {
      name,
      ...(team.contact === undefined ? {} : { contact: team.contact }),
      owns: team.owns ?? [],
      ...(team.constrains === undefined ? {} : { constrains: team.constrains }),
      fragments: team.fragments.map((entry) => (typeof entry === 'string' ? { path: entry } : entry)),
      ...(set === undefined ? {} : { set: { digest: set.digest, files: Object.keys(set.files).length } }),
      findings: countOf(name),
      fresh: age?.fresh ?? 0,
      ...(age === undefined ? {} : { oldest: age.oldest }),
    }
  })
  return (await Promise.all(summaries)).toSorted((a, b) => compareText(a.name, b.name))
}

const outcomes = ['conflicts', 'violates', 'undecided', 'none'] as const satisfies readonly Outcome[]

/** Counts the findings that stood at a moment, exempted ones aside, by a group and by outcome or by what they count as. */
export async function countsBy(
  findings: Pick<Findings, 'count'>,
  workspace: string,
  { by, as }: { readonly by: 'owner' | 'rule'; readonly as: 'outcome' | 'countsAs' },
  environment: string | undefined,
  at: Date | undefined,
): Promise<(name: string) => Readonly<Record<Outcome, number>>> {
  const environments = environment === undefined ? {} : { environments: [environment] }
  const counted = await Promise.all(
    outcomes.map(async (outcome) => {
      const which = as === 'outcome' ? { outcome } : { countsAs: [outcome] }
      const rows = await findings.count(workspace, { ...environments, ...which, exempted: false }, by, at)
      return new Map(rows.map(({ name, count }) => [name, count]))
    }),
  )
  const [conflicts, violates, undecided, none] = counted
  return (name) => ({
    conflicts: conflicts?.get(name) ?? 0,
    violates: violates?.get(name) ?? 0,
    undecided: undecided?.get(name) ?? 0,
    none: none?.get(name) ?? 0,
  })
}
