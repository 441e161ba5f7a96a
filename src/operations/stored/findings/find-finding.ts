import { Fault } from '../../../errors.ts'
import { findingPage } from '../../../model/page-address.ts'
import type { FindingHistory } from '../../../model/tracked-finding.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { knownWorkspace } from '../stored-workspace.ts'
import { knownNow, type FindingsInput } from './list-findings.ts'

/**
 * One finding with its history as it was known at a moment, also one that was resolved by then; of the environment that had it last, if none
 * is said. Known today it is worked out anew, and has no history. Rejects with WORKSPACE_NOT_FOUND or NOT_FOUND.
 */
export async function findFinding(
  dependencies: StoredDependencies,
  input: FindingsInput,
  fingerprint: string,
): Promise<FindingHistory> {
  const { workspace } = input
  await knownWorkspace(dependencies.store, workspace)
  const found = await findingIn(dependencies, input, fingerprint)
  if (found === undefined) throw new Fault('NOT_FOUND', await notFoundText(dependencies, input, fingerprint))
  const { pages } = dependencies
  return pages === undefined ? found : { ...found, page: findingPage(pages, workspace, found) }
}

async function findingIn(
  dependencies: StoredDependencies,
  input: FindingsInput,
  fingerprint: string,
): Promise<FindingHistory | undefined> {
  if (input.known === 'then') {
    const { workspace, filter, at } = input
    return dependencies.store.findings.get(workspace, fingerprint, filter.environments?.[0], at)
  }
  const standing = await knownNow(dependencies, input)
  const found = standing.find((finding) => finding.fingerprint === fingerprint)
  return found && { ...found, history: [] }
}

/** Whether it was never found, or is not what one gets at the moment that was asked about. */
async function notFoundText(
  { store }: StoredDependencies,
  { workspace, filter, at, known }: FindingsInput,
  fingerprint: string,
): Promise<string> {
  const ever = await store.findings.get(workspace, fingerprint, filter.environments?.[0])
  const name = `finding \`${fingerprint}\``
  if (ever === undefined) return `workspace \`${workspace}\` has no ${name}`
  if (known === 'now') return `workspace \`${workspace}\` has no ${name} by what is known today of that moment`
  return `workspace \`${workspace}\` had no ${name} at ${at?.toISOString() ?? 'that moment'}: it was first found at ${ever.firstSeen}`
}
