import { parameter } from '../../address/address.ts'
import { environment } from '../../frame/workspace.ts'
import { moment, team, workspace } from '../../address/lens.ts'
import type { Question } from '../../api/ask.ts'
import type { Operations } from '../../api/operations.ts'

type Query = Operations['listFindings']['query']

/** The filters of the address, in the order in which they are shown. */
export const filterNames = ['outcome', 'owner', 'rule', 'kind', 'severity', 'since', 'path', 'q'] as const
export type FilterName = (typeof filterNames)[number]

/** What a filter may be several of, with commas between: any one of them will do. */
export const several: ReadonlySet<string> = new Set(['outcome', 'kind', 'severity'])

/** What findings count as, worst first. */
export const marks = ['conflicts', 'violates', 'undecided', 'exempted', 'none'] as const
/** Information is shown only when it is asked for. */
const shownUnasked = marks.filter((mark) => mark !== 'none')

/** How long ago findings may have come at most, in milliseconds. */
export const spans: Readonly<Record<string, number>> = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000 }

export const sorts = ['severity', 'since', 'path'] as const
export type Sort = (typeof sorts)[number]

/** What rows are put together by. */
export const groupings = ['owner', 'rule', 'outcome'] as const
export type Grouping = (typeof groupings)[number]

/** How many rows are asked for at a time: the page stays quick with any number of findings. */
const pageSize = 200

/** What the address asks for, with ages counted back from `now`; undefined while the environment is not known. */
export function findingsAsked(now: number, cursor?: string): Question<'listFindings'> | undefined {
  if (environment.value === undefined) return undefined
  const { outcome, since, ...filters } = Object.fromEntries(activeFilters())
  const listed = Object.entries(filters).map(([name, value]) => [name, several.has(name) ? value.split(',') : value])
  // What the server does not know it refuses, in words.
  const query = {
    ...Object.fromEntries(listed),
    countsAs: outcome?.split(',') ?? shownUnasked,
    since: since === undefined ? undefined : (sinceMoment(since, now) ?? since),
    environment: environment.value,
    at: moment.value,
    team: team.value,
    sort: sortAsked(),
    facets: cursor === undefined,
    limit: pageSize,
    cursor,
  } as Query
  return { params: { workspace: workspace.value }, query }
}

function sinceMoment(since: string, now: number): string | undefined {
  const span = spans[since]
  const until = moment.value === undefined ? now : Date.parse(moment.value)
  return span === undefined ? undefined : new Date(until - span).toISOString()
}

export function sortAsked(): Sort {
  return sorts.find((known) => known === parameter('sort')) ?? 'severity'
}

export function groupingAsked(): Grouping {
  return groupings.find((known) => known === parameter('by')) ?? 'owner'
}

/** The filters that are set. */
export function activeFilters(): readonly (readonly [FilterName, string])[] {
  return filterNames.flatMap((name) => {
    const value = parameter(name)
    return value === undefined ? [] : [[name, value] as const]
  })
}
