import type { Finding } from '../../../model/finding.ts'
import type { Comparison } from '../../../model/proposal.ts'
import type { NamedFile } from '../../../observation/cut-request.ts'
import { changesBetween } from '../../../review/changes.ts'
import { readWorkspace } from '../../../workspace/read-workspace.ts'
import type { Source } from '../../../workspace/source.ts'
import type { RequestOptions } from '../../dependencies.ts'
import { ending } from '../../ending.ts'
import { difference } from './conflicts.ts'
import type { StoredDependencies } from '../dependencies.ts'

/** Two states of a workspace, and what observers report of each environment. */
export interface CompareInput extends Pick<RequestOptions, 'deadlineMs' | 'signal'> {
  readonly before: Source
  readonly after: Source
  readonly observed: (environment: string) => Promise<readonly NamedFile[]>
}

type Compared = Comparison['environments'][number]

/**
 * What changes from one state to the other in each environment of the latter: paths of the desired state, conflicts, and findings on what is
 * observed, where anything is. A fault costs its environment only, and is told.
 */
export async function compare(
  dependencies: Pick<StoredDependencies, 'congruent'>,
  input: CompareInput,
): Promise<Comparison> {
  const [before, after] = await Promise.all([readWorkspace(input.before), readWorkspace(input.after)])
  const endings = await Promise.all(
    after.environments.map((name) =>
      ending(name, () => compareIn(dependencies, input, name, before.environments.includes(name)), input.signal),
    ),
  )
  return {
    environments: endings.flatMap((end) => ('result' in end ? [end.result] : [])),
    faults: endings.flatMap((end) => ('fault' in end ? [end.fault] : [])),
  }
}

/** One side of a comparison, in one environment. */
interface Side {
  readonly cue: string
  readonly conflicts: readonly Finding[]
  readonly findings: readonly Finding[]
}

async function compareIn(
  dependencies: Pick<StoredDependencies, 'congruent'>,
  input: CompareInput,
  environment: string,
  wasThere: boolean,
): Promise<Compared> {
  const files = await input.observed(environment)
  const nothing: Side = { cue: '', conflicts: [], findings: [] }
  const [before, after] = await Promise.all([
    wasThere ? sideOf(dependencies, input, input.before, environment, files) : nothing,
    sideOf(dependencies, input, input.after, environment, files),
  ])
  return {
    name: environment,
    changes: changesBetween(before.cue, after.cue),
    conflicts: difference(before.conflicts, after.conflicts),
    findings: difference(before.findings, after.findings),
  }
}

async function sideOf(
  { congruent }: Pick<StoredDependencies, 'congruent'>,
  { deadlineMs, signal }: CompareInput,
  source: Source,
  environment: string,
  files: readonly NamedFile[],
): Promise<Side> {
  const limits = { ...(deadlineMs === undefined ? {} : { deadlineMs }), ...(signal === undefined ? {} : { signal }) }
  const [{ desired }, findings] = await Promise.all([
    congruent.unify({ ...limits, source, environment, want: ['cue'] }),
    files.length === 0
      ? []
      : congruent
          .check({ ...limits, source, files, environments: [environment], entry: 'api' })
          .then(({ report }) => report.findings),
  ])
  return {
    cue: desired.cue ?? '',
    conflicts: desired.findings.filter(isConflict),
    findings: findings.filter((finding) => !isConflict(finding)),
  }
}

function isConflict({ outcome }: Finding): boolean {
  return outcome === 'conflicts'
}
