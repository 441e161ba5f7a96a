import { Fault } from '../../../errors.ts'
import { findingPage } from '../../../model/page-address.ts'
import type { TrackedFinding } from '../../../model/tracked-finding.ts'
import type { FindingFilter, FindingGroup, FindingOrder, Page, PageRequest } from '../../../store/store.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { knownWorkspace } from '../stored-workspace.ts'
import { counted, meeting, ordered } from './finding-filter.ts'
import { checkKnownNow, foundAt } from './known-now.ts'

/** Which findings of a workspace, at which moment, known when. */
export interface FindingsInput {
  readonly workspace: string
  readonly filter: FindingFilter
  /** Default: now. */
  readonly at?: Date
  /** `now`: with what was learned since that moment. */
  readonly known: 'then' | 'now'
  readonly deadlineMs: number
  readonly signal?: AbortSignal
}

/** How many findings there are of each member of a group, most first. */
export type Counts = readonly { readonly name: string; readonly count: number }[]

/** Of each group without the filter of its own. */
type Facets = Readonly<Record<FindingGroup, Counts>>

/** Which rows, in which order, and whether all are counted beside. */
export interface FindingsRows extends PageRequest {
  readonly order?: FindingOrder
  readonly facets?: boolean
}

/** Some findings, and how many there are of each sort where that was asked. */
export interface FindingsPage extends Page<TrackedFinding> {
  readonly facets?: Facets
}

/** Findings that stood at a moment, a page at a time. Rejects with WORKSPACE_NOT_FOUND or CURSOR_INVALID. */
export async function listFindings(
  dependencies: StoredDependencies,
  input: FindingsInput,
  { order = 'path', facets = false, ...page }: FindingsRows,
): Promise<FindingsPage> {
  const { store } = dependencies
  const { workspace, filter, at } = input
  if (input.known === 'now') {
    const all = await knownNow(dependencies, input)
    const listed = linked(dependencies, workspace, pageOf(ordered(meeting(all, filter), order), page))
    return facets ? { ...listed, facets: await facetsBy(async (group) => counted(all, filter, group)) } : listed
  }
  await knownWorkspace(store, workspace)
  const asked = { ...page, order, ...(at === undefined ? {} : { at }) }
  const listed = linked(dependencies, workspace, await store.findings.list(workspace, filter, asked))
  if (!facets) return listed
  return { ...listed, facets: await facetsBy((group) => store.findings.count(workspace, filter, group, at)) }
}

/** Each with the address of its page, where that is known. */
function linked(
  { pages }: StoredDependencies,
  workspace: string,
  { items, ...rest }: Page<TrackedFinding>,
): Page<TrackedFinding> {
  if (pages === undefined) return { items, ...rest }
  return { items: items.map((finding) => ({ ...finding, page: findingPage(pages, workspace, finding) })), ...rest }
}

/** How many findings stood at a moment, by group, most first. */
export async function countFindings(
  dependencies: StoredDependencies,
  input: FindingsInput,
  by: FindingGroup,
): Promise<Counts> {
  const { workspace, filter, at } = input
  if (input.known === 'now') return counted(await knownNow(dependencies, input), filter, by)
  await knownWorkspace(dependencies.store, workspace)
  return dependencies.store.findings.count(workspace, filter, by, at)
}

/** What stood at a moment as it is known today, worked out anew. */
export async function knownNow(
  dependencies: StoredDependencies,
  input: FindingsInput,
): Promise<readonly TrackedFinding[]> {
  const { workspace, filter, deadlineMs, signal } = input
  const at = input.at ?? dependencies.clock()
  const { reports } = await checkKnownNow(dependencies, {
    workspace,
    at,
    deadlineMs,
    ...(filter.environments === undefined ? {} : { environments: filter.environments }),
    ...(signal === undefined ? {} : { signal }),
  })
  return reports.flatMap(({ report }) => report.findings.map((finding) => foundAt(finding, at)))
}

/** The cursor of what is worked out anew is the number of those before. */
function pageOf(findings: readonly TrackedFinding[], { limit, cursor = '0' }: PageRequest): Page<TrackedFinding> {
  if (!/^\d{1,9}$/.test(cursor)) throw new Fault('CURSOR_INVALID', 'the cursor belongs to another question')
  const end = Number(cursor) + limit
  const items = findings.slice(Number(cursor), end)
  return end < findings.length ? { items, next: String(end) } : { items }
}

async function facetsBy(count: (group: FindingGroup) => Promise<Counts>): Promise<Facets> {
  const [environment, outcome, countsAs, severity, kind, owner, rule] = await Promise.all([
    count('environment'),
    count('outcome'),
    count('countsAs'),
    count('severity'),
    count('kind'),
    count('owner'),
    count('rule'),
  ])
  return { environment, outcome, countsAs, severity, kind, owner, rule }
}
