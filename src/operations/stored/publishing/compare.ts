import type { Comparison } from '../../../model/proposal.ts'
import type { NamedFile } from '../../../observation/cut-request.ts'
import type { Source } from '../../../workspace/source.ts'
import type { RequestOptions } from '../../dependencies.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { placedComparison } from './placed-comparison.ts'

/** Two states of a workspace, and what observers report of each environment. */
export interface CompareInput extends Pick<RequestOptions, 'deadlineMs' | 'signal'> {
  readonly before: Source
  readonly after: Source
  readonly observed: (environment: string) => Promise<readonly NamedFile[]>
}

/** What changes from one state to the other in each environment, as a review says. A fault costs its environment only, and is told. */
export async function compare(
  { congruent }: Pick<StoredDependencies, 'congruent'>,
  { before, after, observed, deadlineMs, signal }: CompareInput,
): Promise<Comparison> {
  const { review } = await congruent.review({
    base: { source: before, ref: 'head' },
    head: { source: after, ref: 'proposal' },
    observed,
    complete: true,
    entry: 'api',
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
    ...(signal === undefined ? {} : { signal }),
  })
  const { verdict, notes, environments, summary, rules, exemptions, files, approvals, faults = [] } = review
  const told = { verdict, notes, environments, summary, rules, exemptions, approvals, faults }
  return placedComparison({ ...told, ...(files === undefined ? {} : { files }) }, { before, after })
}
