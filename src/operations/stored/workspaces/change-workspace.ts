import type { Retention, StoredWorkspace } from '../../../store/store.ts'
import type { Asker } from '../asker.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { noWorkspace } from '../stored-workspace.ts'

type Dependencies = Pick<StoredDependencies, 'store' | 'clock'>

/** Says how long a workspace's history is kept from now on. */
export async function setRetention(
  { store, clock }: Dependencies,
  { workspace, retention, asker }: { readonly workspace: string; readonly retention: Retention; readonly asker: Asker },
): Promise<StoredWorkspace> {
  return store.transaction(async (tables) => {
    const found = await tables.workspaces.lock(workspace)
    if (found === undefined) throw noWorkspace(workspace)
    await tables.workspaces.setRetention(workspace, retention)
    await tables.audit.append({ ...entry(asker, clock()), action: 'set retention', workspace })
    return { ...found, retention }
  })
}

/** Forgets a workspace with all its history; the audit log stays. */
export async function deleteWorkspace(
  { store, clock }: Dependencies,
  { workspace, asker }: { readonly workspace: string; readonly asker: Asker },
): Promise<void> {
  await store.transaction(async (tables) => {
    if ((await tables.workspaces.lock(workspace)) === undefined) throw noWorkspace(workspace)
    await tables.workspaces.delete(workspace)
    await tables.audit.append({ ...entry(asker, clock()), action: 'delete workspace', workspace })
  })
}

function entry({ by, request }: Asker, at: Date): { at: string; by: string; request?: string } {
  return { at: at.toISOString(), by, ...(request === undefined ? {} : { request }) }
}
