import type { AdapterName } from '../../model/workspace.ts'
import type { Adapter } from './adapter.ts'
import { kubernetes } from './kubernetes.ts'
import { plain } from './plain.ts'
import { snapshot } from './snapshot.ts'

/** Every adapter by name. */
export const adapters = { plain, snapshot, kubernetes } satisfies Record<AdapterName, Adapter>

/** The adapter for a document that nothing is said about. */
export function recognised(data: Parameters<Adapter['recognises']>[0]): Adapter {
  return [snapshot, kubernetes].find((adapter) => adapter.recognises(data)) ?? plain
}
