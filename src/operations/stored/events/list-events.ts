import type { EventKind, WorkspaceEvent } from '../../../model/event.ts'
import type { Page, PageRequest } from '../../../store/store.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { knownWorkspace } from '../stored-workspace.ts'

/** Which events. */
export interface EventsInput extends PageRequest {
  readonly workspace: string
  readonly kinds?: readonly EventKind[]
  readonly from?: Date
  readonly to?: Date
}

/** What happened in a workspace, newest first. Rejects with WORKSPACE_NOT_FOUND. */
export async function listEvents(
  { store }: Pick<StoredDependencies, 'store'>,
  { workspace, kinds, from, to, ...page }: EventsInput,
): Promise<Page<WorkspaceEvent>> {
  await knownWorkspace(store, workspace)
  const filter = {
    ...(kinds === undefined ? {} : { kinds }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { until: to }),
  }
  return store.events.list(workspace, filter, page)
}
