import { stands } from '../../model/counting.ts'
import type { DataObject } from '../../model/data.ts'
import type { Finding } from '../../model/finding.ts'
import { comparePath } from '../../model/order.ts'
import type { OpenFinding } from '../../model/patch.ts'
import type { PatchResult } from '../../model/patch-result.ts'
import { formatPath } from '../../model/path.ts'
import { thingsBetween } from '../../patch/things.ts'
import { sensitiveOf } from '../../workspace/sensitive.ts'
import { checkEnvironment, readEnvironment, type CheckRun } from '../check-environment.ts'
import type { Dependencies, RequestOptions } from '../dependencies.ts'
import { oneEnvironment } from '../environments.ts'
import { exemptionsOf } from '../exemptions-of.ts'
import type { Inputs } from '../inputs.ts'
import { withoutSecrets } from '../sensitive-mask.ts'
import { correctedState, suppliedBy } from './corrected-state.ts'

/** What is to be patched. */
export interface PatchInput extends RequestOptions, Inputs {
  /** Needed where the workspace has several. */
  readonly environment?: string
  /** Default: the clock. */
  readonly now?: Date
}

/** More rounds are not made: what a condition asks for after so many is left open. */
const mostRounds = 8

/**
 * The smallest change that makes what is observed conform, where the desired state gives something definite; the rest is listed. Conditions
 * may ask for more once something is changed, so what was changed is checked again until nothing definite is left.
 */
export async function patch(dependencies: Dependencies, input: PatchInput): Promise<PatchResult> {
  const { now = dependencies.clock() } = input
  const opened = await dependencies.open(input.source)
  const { workspace, environments } = opened.read
  const environment = oneEnvironment(input.environment, environments)
  const engine = await dependencies.engine(input.engine ?? workspace.engine ?? 'cue-go')
  const supply = suppliedBy(engine)
  const exempting = await exemptionsOf(opened, now)
  const sensitive = sensitiveOf(workspace)
  const run: CheckRun = {
    opened,
    inputs: input,
    shared: { now, cache: new Map(), rereading: dependencies.rereading },
    clock: dependencies.clock,
    engine,
    evaluation: dependencies.evaluation(engine, 'here'),
    whole: false,
    limits: input,
    entry: 'ci',
  }
  const { fragments, cut, limits } = await readEnvironment(environment, run)
  const found = async (state: DataObject): Promise<readonly Finding[]> => {
    const inputs = { ...input, cut: async () => ({ ...cut, observed: { ...cut.observed, state } }) }
    const { findings } = await checkEnvironment(environment, { ...run, inputs })
    return exempting.applied([{ environment, findings, whole: false }], 'ci').filter(stands)
  }
  let { state } = cut.observed
  let findings = await found(state)
  const conflicts = findings.filter(({ outcome }) => outcome === 'conflicts')
  for (let round = 0; round < mostRounds && conflicts.length === 0; round++) {
    const corrected = await correctedState({ ...cut.observed, state }, findings, sensitive, (observed, paths) =>
      supply({ fragments: fragments.fragments, observed, paths }, limits),
    )
    if (corrected === undefined) break
    state = corrected
    findings = await found(state)
  }
  const hidden = (data: DataObject): DataObject =>
    withoutSecrets({ observed: { ...cut.observed, state: data } }, workspace).observed.state
  const { patches, create, manifests, unsaid } = thingsBetween(hidden(cut.observed.state), hidden(state))
  return {
    patch: {
      patch: 1,
      workspace: workspace.workspace,
      environment,
      patches,
      create,
      open: conflicts.length > 0 ? [] : openFindings(findings),
    },
    manifests,
    unsaid: unsaid.map(formatPath),
    conflicts,
    notes: [...opened.read.notes, ...fragments.notes, ...cut.notes],
    holdsUntil: Math.min(cut.holdsUntil, exempting.holdsUntil),
  }
}

/** What is left: wrong, and nothing definite is wanted; or undecided. */
function openFindings(findings: readonly Finding[]): readonly OpenFinding[] {
  return findings
    .filter(({ outcome, kind }) => outcome === 'undecided' || (outcome === 'violates' && kind !== 'breach'))
    .toSorted((a, b) => comparePath(a.path, b.path))
    .map(({ at, kind, message, wanted, teams }) => ({
      at,
      kind,
      message,
      ...(wanted === undefined ? {} : { wanted }),
      teams,
    }))
}
