import t from 'tap'
import { unlimited } from '../../../src/document/reading-time.ts'
import { kubernetes } from '../../../src/observation/adapters/kubernetes.ts'
import { readDocuments } from '../../../src/document/read.ts'
import { ordinary } from '../../support/document.ts'

const text = `apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: c, namespace: ns }, data: { mode: 0644 } }
  - { apiVersion: v1, kind: Secret, metadata: { name: s }, data: { key: c2VjcmV0, key: b3RoZXI= } }
---
just text
`

t.test('documents of an entry are one report of what a cluster holds', async (t) => {
  const { documents } = readDocuments('all.yaml', Buffer.from(text), kubernetes.reading)
  const { reports, unreadable, notes } = await kubernetes.adapt(
    documents,
    { lists: 'keyed', namespace: 'here' },
    unlimited,
  )
  const [report, ...others] = reports
  t.equal(others.length, 0)
  t.strictSame(ordinary(report?.state), {
    namespaces: {
      here: { Secret: { s: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { key: '<masked>' } } } },
      ns: {
        ConfigMap: {
          c: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'ns' }, data: { mode: 420 } },
        },
      },
    },
    cluster: {},
  })
  t.strictSame(report?.files, ['all.yaml'])
  t.strictSame(report?.masked, [['namespaces', 'here', 'Secret', 's', 'data', 'key']])
  t.strictSame(report?.kinds, [
    ['namespaces', 'here', 'Secret'],
    ['namespaces', 'ns', 'ConfigMap'],
  ])
  t.strictSame(report?.objects, [
    ['namespaces', 'here', 'Secret', 's'],
    ['namespaces', 'ns', 'ConfigMap', 'c'],
  ])
  const origin = report?.origin(['namespaces', 'ns', 'ConfigMap', 'c', 'data', 'mode'])
  t.strictSame(origin?.document.locate(origin.pointer), { line: 4, column: 92 })
  t.same(unreadable, [
    { file: 'all.yaml', position: { line: 7, column: 1 }, message: 'a Kubernetes object was expected, found a string' },
  ])
  t.strictSame(notes, [])
})

t.test('what is taken for manifests', async (t) => {
  const manifest = { apiVersion: 'v1', kind: 'Pod' }
  for (const data of [manifest, [manifest], { apiVersion: 'v1', kind: 'List', items: [] }])
    t.ok(kubernetes.recognises(data))
  for (const data of [null, 'v1', [], {}, { kind: 'Pod' }, { apiVersion: 1, kind: 'Pod' }, { snapshot: 1 }])
    t.notOk(kubernetes.recognises(data))
})
