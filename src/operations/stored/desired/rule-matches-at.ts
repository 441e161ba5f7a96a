import type { RuleMatches } from '../../../model/listed-rule.ts'
import { sha256 } from '../../../model/sha256.ts'
import type { RequestOptions } from '../../dependencies.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { environmentIn, inForce } from '../in-force.ts'
import { snapshotFiles } from '../stored-cut.ts'

/** Of which environment it is asked where rules speak, and when. */
export interface RuleMatchesAtInput extends Pick<RequestOptions, 'deadlineMs' | 'signal'> {
  readonly workspace: string
  /** Needed where there are several. */
  readonly environment?: string
  /** Default: now. */
  readonly at?: Date
}

/** At how many of the paths that a check looked at each rule speaks. */
export interface RuleMatchesAt {
  /** The number of that check; absent: there was none yet, or the engine cannot tell. */
  readonly check?: number
  /** By id and team; rules that speak nowhere are left out. */
  readonly items: readonly RuleMatches[]
}

/**
 * Where rules speak in what the newest check at a moment looked at. Worked out when it is asked for the first time, as a check has no need
 * of it; then it is kept like the results of checks.
 */
export async function ruleMatchesAt(
  dependencies: Pick<StoredDependencies, 'congruent' | 'store' | 'sourceOf'>,
  { workspace, environment: asked, at, ...limits }: RuleMatchesAtInput,
): Promise<RuleMatchesAt> {
  const { congruent, store, sourceOf } = dependencies
  const { read } = await inForce(dependencies, workspace, at)
  const environment = environmentIn(read, asked)
  const check = await store.checks.at(workspace, environment, at)
  const revision = check && (await store.revisions.get(workspace, check.revision))
  if (check === undefined || revision === undefined) return { items: [] }
  const key = `matches/${sha256(JSON.stringify([check.tool, workspace, environment, check.at, revision.parts, check.snapshots]))}`
  const known = (await store.memory.recall([key])).get(key)
  // What was written below, by some process.
  if (known !== undefined) return { check: check.check, items: JSON.parse(known) }
  const candidates = await store.snapshots.candidates(workspace, environment, { receivedUntil: new Date(check.at) })
  const looked = new Set(check.snapshots.map(({ observer, sequence }) => JSON.stringify([observer, sequence])))
  const items = await congruent.ruleMatches({
    ...limits,
    source: await sourceOf(revision),
    files: snapshotFiles(
      store.files,
      workspace,
      candidates.filter(({ observer, sequence }) => looked.has(JSON.stringify([observer, sequence]))),
    ),
    environment,
    now: new Date(check.at),
  })
  if (items === undefined) return { items: [] }
  store.memory.remember([[key, JSON.stringify(items)]])
  return { check: check.check, items }
}
