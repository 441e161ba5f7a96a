import type { DataObject } from '../../model/data.ts'
import { listsOf } from '../../model/lists-of.ts'
import type { ObservationEntry, Workspace } from '../../model/workspace.ts'
import type { AdapterSettings } from '../../observation/adapters/adapter.ts'

/** How manifests of an environment are read: as the entry says that speaks of them, where none does in the form of the environment's others. */
export function manifestSettings(
  { observations = [] }: Workspace,
  environment: string | undefined,
  entry: ObservationEntry | undefined,
  definitions: readonly DataObject[],
): AdapterSettings {
  return {
    lists: entry === undefined ? listsOf(observations, environment) : (entry.lists ?? 'keyed'),
    ...(entry?.namespace === undefined ? {} : { namespace: entry.namespace }),
    ...(entry?.hooks === undefined ? {} : { hooks: entry.hooks }),
    ...(definitions.length === 0 ? {} : { definitions }),
  }
}
