import type { CustomKinds } from './custom-kinds.ts'
import type { GroupKind } from './group-kind.ts'
import type { Field, Shape } from './shape.ts'
import { isStable } from './stable-version.ts'
import { apiKinds, apiTypes } from './tables/api-types.ts'
import { clusterScopedKinds } from './tables/cluster-scoped.ts'

// Of modules other than k8s.io/api; their versions are both `v1`.
const beside = ['CustomResourceDefinition.apiextensions.k8s.io', 'APIService.apiregistration.k8s.io']

const clusterScoped = new Set([...clusterScopedKinds, ...beside])

/** Whether the kind is one of Kubernetes' own that the tables describe. */
export function isBuiltIn(kind: GroupKind): boolean {
  return Object.hasOwn(apiKinds, kind.name)
}

/** Where objects of a kind live; none: neither the tables nor a definition of the same input knows. */
export function scopeOf(kind: GroupKind, custom: CustomKinds): 'cluster' | 'namespace' | undefined {
  if (clusterScoped.has(kind.name)) return 'cluster'
  return isBuiltIn(kind) ? 'namespace' : custom.get(kind.name)?.scope
}

/** The stable versions of a kind by its name, newest first; none of a kind that nobody knows. */
export function stableVersions(name: string, custom: CustomKinds): readonly string[] {
  if (beside.includes(name)) return ['v1']
  return Object.hasOwn(apiKinds, name)
    ? Object.keys(apiKinds[name] ?? {}).filter(isStable)
    : (custom.get(name)?.stable ?? [])
}

/** What is known of the fields of a kind; for a version that nobody knows, what the preferred version says. */
export function shapeOf(kind: GroupKind, custom: CustomKinds): Shape | undefined {
  if (isBuiltIn(kind)) {
    const versions = apiKinds[kind.name] ?? {}
    const name = Object.hasOwn(versions, kind.version) ? versions[kind.version] : Object.values(versions)[0]
    return name === undefined ? undefined : apiTypes[name]
  }
  const shapes = custom.get(kind.name)?.shapes
  const shape = shapes?.get(kind.version) ?? shapes?.values().next().value
  // Every object has the same metadata, whatever its schema says of it.
  return { ...shape, metadata: { type: 'meta/v1.ObjectMeta' } }
}

/** The shape of a field's value or, for a list or map, of each of its elements. */
export function shapeIn(field: Field | undefined): Shape | undefined {
  return typeof field?.type === 'string' ? apiTypes[field.type] : field?.type
}
