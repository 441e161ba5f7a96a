import { parameter } from '../../address/address.ts'
import { environment } from '../../frame/workspace.ts'
import { moment, team, workspace } from '../../address/lens.ts'
import type { Question } from '../../api/ask.ts'
import type { Operations } from '../../api/operations.ts'

type Query = Operations['listFindings']['query']

/** The filters of the address, in the order in which they are shown. */
export const filterNames = ['outcome', 'owner', 'rule', 'kind', 'severity', 'exempted', 'path', 'q'] as const
export type FilterName = (typeof filterNames)[number]

export const sorts = ['severity', 'since', 'path'] as const
export type Sort = (typeof sorts)[number]

/** What rows are put together by. */
export const groupings = ['owner', 'rule', 'outcome'] as const
export type Grouping = (typeof groupings)[number]

/** How many rows are asked for at a time: the page stays quick with any number of findings. */
const pageSize = 200

/** What the address asks for; undefined while the environment is not known. */
export function findingsAsked(cursor?: string): Question<'listFindings'> | undefined {
  if (environment.value === undefined) return undefined
  const filters = Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = parameter(name)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
  // What the server does not know it refuses, in words.
  const query = {
    ...filters,
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
