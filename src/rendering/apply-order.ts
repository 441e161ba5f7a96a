import { comparePath } from '../model/order.ts'
import type { Path } from '../model/path.ts'

/** Kinds that others are made in or refer to when they are made, the first ones first. */
const first = [
  'Namespace',
  'CustomResourceDefinition.apiextensions.k8s.io',
  'PriorityClass.scheduling.k8s.io',
  'StorageClass.storage.k8s.io',
  'ResourceQuota',
  'LimitRange',
  'ServiceAccount',
  'ClusterRole.rbac.authorization.k8s.io',
  'Role.rbac.authorization.k8s.io',
  'ClusterRoleBinding.rbac.authorization.k8s.io',
  'RoleBinding.rbac.authorization.k8s.io',
  'Secret',
  'ConfigMap',
]

/** Kinds through which the others would pass, so that they come when what they call is there. */
const last = [
  'APIService.apiregistration.k8s.io',
  'MutatingWebhookConfiguration.admissionregistration.k8s.io',
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io',
]

/** Compares the paths of two objects by the order in which they can be applied, and equal kinds by path. */
export function compareForApplying(a: Path, b: Path): number {
  return rank(a) - rank(b) || comparePath(a, b)
}

function rank(path: Path): number {
  const kind = path.at(-2) ?? ''
  const ahead = first.indexOf(kind)
  if (ahead >= 0) return ahead - first.length
  return last.indexOf(kind) + 1
}
