import t from 'tap'
import type { DataObject } from '../../src/model/data.ts'
import { renderKubernetes } from '../../src/rendering/kubernetes.ts'

const context = { lists: 'keyed', definitions: [] } as const

t.test('manifests stand in an order in which they can be applied', async (t) => {
  const state: DataObject = {
    namespaces: {
      b: { 'Deployment.apps': { web: {} }, Role: {}, ServiceAccount: { web: {} } },
      a: { Pod: { p: {} }, 'RoleBinding.rbac.authorization.k8s.io': { r: {} }, ConfigMap: { c: {} } },
    },
    cluster: {
      'ValidatingWebhookConfiguration.admissionregistration.k8s.io': { v: {} },
      'CustomResourceDefinition.apiextensions.k8s.io': { d: {} },
      Node: { n: {} },
      Namespace: { b: {}, a: {} },
    },
  }
  t.strictSame(
    renderKubernetes(state, context).files.map(({ name }) => name),
    [
      'cluster/Namespace/a.yaml',
      'cluster/Namespace/b.yaml',
      'cluster/CustomResourceDefinition.apiextensions.k8s.io/d.yaml',
      'namespaces/b/ServiceAccount/web.yaml',
      'namespaces/a/RoleBinding.rbac.authorization.k8s.io/r.yaml',
      'namespaces/a/ConfigMap/c.yaml',
      'cluster/Node/n.yaml',
      'namespaces/a/Pod/p.yaml',
      'namespaces/b/Deployment.apps/web.yaml',
      'cluster/ValidatingWebhookConfiguration.admissionregistration.k8s.io/v.yaml',
    ],
  )
})

t.test('names that differ in capitals alone are different names on any file system', async (t) => {
  const state = { cluster: { 'ClusterRole.rbac.authorization.k8s.io': { admin: {}, Admin: {}, other: {} } } }
  const names = renderKubernetes(state, context).files.map(({ name }) => name.split('/').at(-1) ?? '')
  t.match(names, [/^Admin~[0-9a-f]{12}\.yaml$/, /^admin~[0-9a-f]{12}\.yaml$/, /^other\.yaml$/])
  t.equal(new Set(names.map((name) => name.toLowerCase())).size, 3)
})
