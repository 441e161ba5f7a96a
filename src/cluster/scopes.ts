import { Fault } from '../errors.ts'
import { isBuiltIn } from '../kubernetes/known-kinds.ts'
import type { PathPattern } from '../model/path.ts'
import type { ClusterKind } from './kinds.ts'

/** What is listed in one go: a kind, everywhere or in one namespace. */
export interface Scope {
  readonly kind: ClusterKind
  readonly namespace?: string
  /** Of the list: `/apis/apps/v1/namespaces/shop/deployments`. */
  readonly path: string
  /** Where its objects stand. */
  readonly pattern: PathPattern
}

/** What is to be read; none of both: every kind, everywhere. */
export interface Wanted {
  /** As the tree, kubectl or a manifest names them. */
  readonly kinds: readonly string[]
  readonly namespaces: readonly string[]
}

/** Kinds that come and go by themselves and that nobody demands anything of: read only if they are named. */
const restless = [
  'ComponentStatus',
  'ControllerRevision.apps',
  'EndpointSlice.discovery.k8s.io',
  'Endpoints',
  'Event',
  'Event.events.k8s.io',
  'Lease.coordination.k8s.io',
  'NodeMetrics.metrics.k8s.io',
  'PodMetrics.metrics.k8s.io',
]
const definition = 'CustomResourceDefinition.apiextensions.k8s.io'

/** What to list. With namespaces, kinds of the whole cluster only if they are named. A kind that the cluster does not have is a Fault USAGE. */
export function scopesOf(kinds: readonly ClusterKind[], wanted: Wanted): readonly Scope[] {
  const chosen = wanted.kinds.length === 0 ? usual(kinds, wanted) : wanted.kinds.flatMap((name) => named(kinds, name))
  // Definitions tell the lists by key of the kinds that they define.
  const needed = chosen.every(({ name, apiVersion }) => isBuiltIn({ name, version: apiVersion }))
    ? []
    : kinds.filter(({ name }) => name === definition)
  return [...new Set([...needed, ...chosen])].flatMap((kind) => scopes(kind, wanted.namespaces))
}

function usual(kinds: readonly ClusterKind[], { namespaces }: Wanted): readonly ClusterKind[] {
  return kinds.filter(({ name, namespaced }) => !restless.includes(name) && (namespaced || namespaces.length === 0))
}

function named(kinds: readonly ClusterKind[], name: string): readonly ClusterKind[] {
  const exact = kinds.filter((kind) => kind.name === name)
  if (exact.length > 0) return exact
  const lower = name.toLowerCase()
  const found = kinds.filter(({ kind, resource, shortNames, apiVersion }) => {
    const group = apiVersion.includes('/') ? `.${apiVersion.replace(/\/.*/, '')}` : ''
    return [kind.toLowerCase(), resource, `${resource}${group}`, ...shortNames].includes(lower)
  })
  if (found.length > 0) return found
  throw new Fault(
    'USAGE',
    `the cluster has no kind \`${name}\` that can be listed: \`kubectl api-resources --verbs=list\` names them`,
  )
}

function scopes(kind: ClusterKind, namespaces: readonly string[]): readonly Scope[] {
  const base = kind.apiVersion.includes('/') ? `/apis/${kind.apiVersion}` : `/api/${kind.apiVersion}`
  if (!kind.namespaced) return [{ kind, path: `${base}/${kind.resource}`, pattern: ['cluster', kind.name] }]
  if (namespaces.length === 0)
    return [{ kind, path: `${base}/${kind.resource}`, pattern: ['namespaces', null, kind.name] }]
  return namespaces.map((namespace) => ({
    kind,
    namespace,
    path: `${base}/namespaces/${encodeURIComponent(namespace)}/${kind.resource}`,
    pattern: ['namespaces', namespace, kind.name],
  }))
}
