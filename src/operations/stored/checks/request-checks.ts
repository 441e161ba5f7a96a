import type { CheckRecord } from '../../../model/check-record.ts'
import { Fault } from '../../../errors.ts'
import type { Asker } from '../asker.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { environmentIn, inForce } from '../in-force.ts'
import { noWorkspace } from '../stored-workspace.ts'
import { makeCheck } from './make-check.ts'

/** Which environments are to be checked, and how long the asker waits. */
export interface ChecksRequest extends Asker {
  readonly workspace: string
  /** Default: every one. */
  readonly environment?: string
  readonly deadlineMs: number
}

/** The newest check of each environment, sorted by name; or that they are still being made. */
export type RequestedChecks =
  | { readonly state: 'done'; readonly checks: readonly CheckRecord[] }
  | { readonly state: 'wanted'; readonly environments: readonly string[] }

/** Checks environments as they are now. Whoever does not want to wait so long is told that the checks will be made. Rejects with WORKSPACE_NOT_FOUND. */
export async function requestChecks(
  dependencies: StoredDependencies,
  request: ChecksRequest,
): Promise<RequestedChecks> {
  const { workspace, by, deadlineMs } = request
  const { store } = dependencies
  const { read } = await inForce(dependencies, workspace)
  const environments =
    request.environment === undefined ? read.environments : [environmentIn(read, request.environment)]
  // Should this process die meanwhile, another one finds that they are due.
  await store.transaction(async (tables) => {
    if ((await tables.workspaces.lock(workspace)) === undefined) throw noWorkspace(workspace)
    for (const environment of environments) await tables.checks.want(workspace, environment)
  })
  const made = Promise.all(environments.map((environment) => makeCheck(dependencies, { workspace, environment, by })))
  const checks = await within(made, deadlineMs)
  if (checks === undefined) return { state: 'wanted', environments }
  return { state: 'done', checks: checks.filter((check) => check !== undefined) }
}

/** One check. Rejects with NOT_FOUND. */
export async function findCheck(
  { store }: Pick<StoredDependencies, 'store'>,
  workspace: string,
  check: number,
): Promise<CheckRecord> {
  const found = await store.checks.get(workspace, check)
  if (found !== undefined) return found
  throw new Fault('NOT_FOUND', `workspace \`${workspace}\` has no check ${check}`)
}

/** What a promise comes to, if it does in time; what it comes to later is nobody's. */
async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
    promise.catch(() => undefined)
  }
}
