import { conflictFlaws } from '../check/exemptions/exemption-findings.ts'
import { excuse } from '../check/exemptions/excuse.ts'
import { heldExemptions, type HeldExemption } from '../check/exemptions/held.ts'
import { useFlaws } from '../check/exemptions/use.ts'
import { Fault } from '../errors.ts'
import { firstCommits } from '../git/first-commits.ts'
import type { Git } from '../git/git.ts'
import { repositoryOf } from '../git/repository.ts'
import { endOf } from '../model/exemption.ts'
import type { ExemptionList, ListedExemption } from '../model/exemption-list.ts'
import type { Finding } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import type { PlacedExemption } from '../workspace/read-exemptions.ts'
import { check, type CheckInput } from './check.ts'
import type { Dependencies } from './dependencies.ts'

/** Of which exemptions, at which moment. */
export interface ListExemptionsInput extends CheckInput {
  readonly now: Date
  /** Those that end within this time end soon. */
  readonly withinMs: number
  /** Tells since when each is there, where the folder lies in a repository. */
  readonly git: Git
}

const dayMs = 86_400_000

/** The exemptions of a workspace with how long each has been there and will be, what it excuses now, and what is wrong with it. */
export async function listExemptions(dependencies: Dependencies, input: ListExemptionsInput): Promise<ExemptionList> {
  const { now, withinMs, git, source } = input
  const opened = await dependencies.open(source)
  const { workspace, environments } = opened.read
  const { exemptions, problems } = await opened.exemptions()
  const [{ report }, since] = await Promise.all([check(dependencies, input), firstDays(git, source.name, exemptions)])
  const held = heldExemptions(exemptions, { teams: Object.keys(workspace.teams), environments, now })
  const excused = report.environments.map(({ name }) => ({
    ...excuse(name, findingsIn(report, name), held),
    whole: isWhole(report, name),
  }))
  const judged = excused.filter(({ whole }) => whole)
  return {
    exemptionList: 1,
    workspace: workspace.workspace,
    checkedAt: now.toISOString(),
    environments: report.environments.map(({ name }) => name),
    exemptions: held.map((one) => {
      const {
        id,
        rule,
        path,
        environments: own,
        owner,
        reason,
        approvedBy,
        ticket,
        expires,
        file,
        line,
      } = one.exemption
      const first = since.get(id)
      return {
        id,
        rule,
        path,
        ...(own === undefined ? {} : { environments: own }),
        owner,
        reason,
        ...(approvedBy === undefined ? {} : { approvedBy }),
        ...(ticket === undefined ? {} : { ticket }),
        expires,
        file,
        line,
        ...stateOf(one, now, withinMs),
        ...(first === undefined
          ? {}
          : { since: first, ageDays: Math.floor((now.getTime() - Date.parse(first)) / dayMs) }),
        excuses: excused
          .flatMap(({ excuses }) => excuses.get(one) ?? [])
          .map(({ fingerprint, environment, kind, at, rule: { id } }) => ({
            fingerprint,
            environment,
            kind,
            at,
            rule: id,
          })),
        flaws: [
          ...one.flaws,
          ...conflictFlaws(excused.flatMap(({ conflicts }) => conflicts.get(one) ?? [])),
          ...useFlaws(one, judged),
        ],
      }
    }),
    unreadable: problems,
    ...(report.faults === undefined ? {} : { faults: report.faults }),
  }
}

function stateOf(
  { exemption, holds }: HeldExemption,
  now: Date,
  withinMs: number,
): Pick<ListedExemption, 'state' | 'daysLeft'> {
  const end = endOf(exemption)
  if (end <= now.getTime()) return { state: 'ended' }
  if (!holds) return { state: 'wrong' }
  const daysLeft = Math.floor((end - 1 - now.getTime()) / dayMs)
  return { state: daysLeft * dayMs <= withinMs ? 'soon' : 'holds', daysLeft }
}

/** What was found before anything was excused. */
function findingsIn({ findings }: Report, environment: string): readonly Finding[] {
  return findings
    .filter((finding) => finding.environment === environment && finding.kind !== 'exemption')
    .map(({ exempted: _, ...finding }) => finding)
}

function isWhole({ environments, findings }: Report, name: string): boolean {
  const isRead = !findings.some(
    ({ environment, kind, outcome }) => environment === name && kind === 'unreadable' && outcome === 'conflicts',
  )
  return isRead && environments.find((one) => one.name === name)?.lacks === undefined
}

/** When each exemption came into its file; nothing where there is no repository, or no git. */
async function firstDays(
  git: Git,
  folder: string,
  exemptions: readonly PlacedExemption[],
): Promise<ReadonlyMap<string, string>> {
  const files = [...new Set(exemptions.map(({ file }) => file))]
  const ids = exemptions.map(({ id }) => id)
  try {
    return await firstCommits(await repositoryOf(git, folder), files, ids)
  } catch (error) {
    if (error instanceof Fault) return new Map()
    throw error
  }
}
