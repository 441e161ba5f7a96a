import { parameter } from '../../address/address.ts'
import { moment, workspace } from '../../address/lens.ts'
import type { Question } from '../../api/ask.ts'
import { environment } from '../../frame/workspace.ts'

export const shows = ['all', 'deviating', 'undecided'] as const
export type Show = (typeof shows)[number]

/** How many labels of a level are asked for at a time. */
const pageSize = 200

/** What of the tree the address asks for. */
export function showAsked(): Show {
  return shows.find((known) => known === parameter('show')) ?? 'all'
}

/** A level of the tree, or what follows a label of it; undefined while the environment is not known. */
export function levelAsked(path: string, after?: string, limit = pageSize): Question<'getTree'> | undefined {
  if (environment.value === undefined) return undefined
  const show = showAsked()
  return {
    params: { workspace: workspace.value },
    query: {
      environment: environment.value,
      at: moment.value,
      path: path === '' ? undefined : path,
      show: show === 'all' ? undefined : show,
      q: parameter('q'),
      limit,
      unfold: after === undefined ? 'deviating' : undefined,
      after,
    },
  }
}
