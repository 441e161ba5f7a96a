import { Fault, type FaultCode, isFaultCode } from '../../../errors.ts'
import type { Finding } from '../../../model/finding.ts'
import type { Source } from '../../../workspace/source.ts'
import { readWorkspace } from '../../../workspace/read-workspace.ts'
import type { RequestOptions } from '../../dependencies.ts'
import { ending, type Ending } from '../../ending.ts'
import type { StoredDependencies } from '../dependencies.ts'

/** Conflicts of a candidate in one environment, beside those of the head. Fragments that cannot be read conflict, too. */
export interface ConflictChange {
  readonly environment: string
  readonly new: readonly Finding[]
  readonly resolved: readonly Finding[]
}

/**
 * Unifies head and candidate in every environment of the candidate. A fault of the engine that the candidate brings is thrown; one that the head
 * has already is nobody's news.
 */
export async function conflictChanges(
  { congruent }: Pick<StoredDependencies, 'congruent'>,
  before: Source,
  after: Source,
  limits: RequestOptions,
): Promise<readonly ConflictChange[]> {
  const [old, now] = await Promise.all([readWorkspace(before), readWorkspace(after)])
  const conflictsOf = (source: Source, environment: string): Promise<Ending<readonly Finding[]>> =>
    ending(
      environment,
      async () => {
        const { desired } = await congruent.unify({ ...limits, source, environment, want: [] })
        return desired.findings.filter(({ outcome }) => outcome === 'conflicts')
      },
      limits.signal,
    )
  return Promise.all(
    now.environments.map(async (environment) => {
      const [was, is] = await Promise.all([
        old.environments.includes(environment) ? conflictsOf(before, environment) : { result: [] },
        conflictsOf(after, environment),
      ])
      if ('fault' in is) {
        if ('fault' in was && was.fault.code === is.fault.code) return { environment, new: [], resolved: [] }
        throw new Fault(codeOf(is.fault.code), is.fault.message)
      }
      return { environment, ...difference('result' in was ? was.result : [], is.result) }
    }),
  )
}

/** Findings that are new and that are gone, by fingerprint, each in the order of its list. */
function difference(
  before: readonly Finding[],
  after: readonly Finding[],
): { readonly new: readonly Finding[]; readonly resolved: readonly Finding[] } {
  const [old, now] = [before, after].map((list) => new Set(list.map(({ fingerprint }) => fingerprint)))
  return {
    new: after.filter(({ fingerprint }) => old?.has(fingerprint) !== true),
    resolved: before.filter(({ fingerprint }) => now?.has(fingerprint) !== true),
  }
}

function codeOf(code: string): FaultCode {
  return isFaultCode(code) ? code : 'INTERNAL'
}
