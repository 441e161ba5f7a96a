import type { Path } from '../model/path.ts'
import type { CustomKinds } from './custom-kinds.ts'
import { scopeOf } from './known-kinds.ts'
import type { Manifest } from './manifest.ts'

/** Where an object stands in the tree, and what was doubtful about that. */
export interface Place {
  readonly path: Path
  readonly doubt?: 'scope-unknown' | 'namespace-ignored'
}

/**
 * Puts an object below its namespace or, if its kind belongs to none, below `cluster`. A kind that neither the tables nor
 * a definition of the same input knows goes by whether the object names a namespace.
 */
export function placeOf(manifest: Manifest, custom: CustomKinds, namespace: string): Place {
  const { kind, name } = manifest
  const scope = scopeOf(kind, custom)
  const below = (ns: string): Path => ['namespaces', ns, kind.name, name]
  const cluster: Path = ['cluster', kind.name, name]
  if (scope === 'cluster')
    return manifest.namespace === undefined ? { path: cluster } : { path: cluster, doubt: 'namespace-ignored' }
  if (manifest.namespace !== undefined) return { path: below(manifest.namespace) }
  return scope === 'namespace' ? { path: below(namespace) } : { path: cluster, doubt: 'scope-unknown' }
}

/** How an object is called in messages: `shop/Deployment.apps/web`. */
export function objectName(path: Path): string {
  return path.slice(1).join('/')
}
