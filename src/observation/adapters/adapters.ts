import type { AdapterName } from '../../model/workspace.ts'
import type { Adapter } from './adapter.ts'
import { compose } from './compose.ts'
import { kubernetes } from './kubernetes.ts'
import { plain } from './plain.ts'
import { snapshot } from './snapshot.ts'
import { terraform } from './terraform.ts'

/** Every adapter by name. */
export const adapters = { plain, snapshot, kubernetes, compose, terraform } satisfies Record<AdapterName, Adapter>

/** The adapter for a document that nothing is said about. */
export function recognised(data: Parameters<Adapter['recognises']>[0]): Adapter {
  return [snapshot, kubernetes, terraform].find((adapter) => adapter.recognises(data)) ?? plain
}
