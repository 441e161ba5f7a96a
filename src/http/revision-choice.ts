import type { RevisionChoice } from '../operations/stored/stored-workspace.ts'
import { momentIn, numberIn, parameters } from './asked-values.ts'

/** Query parameters by which a route takes a revision. */
export const revisionParameters = {
  revision: { description: 'The number of a revision; it wins over `at`.', type: 'integer', minimum: 1 },
  at: parameters.at,
} as const

/** The revision that a query chooses. */
export function revisionIn(query: Readonly<Record<string, unknown>>): RevisionChoice {
  const [revision, at] = [numberIn(query, 'revision'), momentIn(query, 'at')]
  return { ...(revision === undefined ? {} : { revision }), ...(at === undefined ? {} : { at }) }
}
