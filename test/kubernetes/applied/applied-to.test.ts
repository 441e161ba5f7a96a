import * as fc from 'fast-check'
import t from 'tap'
import { projectKubernetes } from '../../../src/kubernetes/project.ts'
import type { AppliedFields } from '../../../src/model/applied.ts'
import type { Data, DataObject } from '../../../src/model/data.ts'
import { documentOf } from '../../support/document.ts'

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

function appliedOf(object: DataObject, lists: 'keyed' | 'plain' = 'keyed') {
  return projectKubernetes([documentOf(object, 'live.yaml', 0)], { lists }).applied
}

/** Paths that go as a whole, of each who applied. */
function told(object: DataObject, lists: 'keyed' | 'plain' = 'keyed'): readonly string[] {
  return appliedOf(object, lists).flatMap(({ by, fields }) => wholes(fields).map((path) => `${by} ${path.join(' ')}`))
}

function wholes(fields: AppliedFields, at: readonly string[] = []): readonly (readonly string[])[] {
  return Object.entries(fields).flatMap(([name, below]) => {
    if (name === '.') return []
    const path = [...at, name.slice(2)]
    const isWhole = Object.keys(below).length === 0 || Object.hasOwn(below, '.')
    return [...(isWhole ? [path] : []), ...wholes(below, path)]
  })
}

function deployment(metadata: DataObject, spec: DataObject): DataObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop', ...metadata }, spec }
}

type Entry = readonly [manager: string, operation: string, fields: Data, more?: DataObject]

function managed(...entries: readonly Entry[]) {
  return {
    managedFields: entries.map(([manager, operation, fieldsV1, more]) => ({ manager, operation, fieldsV1, ...more })),
  }
}

t.test('elements of lists by key stand under our keys, and their key members are no fields of their own', async (t) => {
  const ports = [
    { containerPort: 8080, protocol: 'TCP' },
    { containerPort: 53, protocol: 'UDP' },
  ]
  const fields = {
    'f:spec': {
      'f:template': {
        'f:spec': {
          'f:containers': {
            'k:{"name":"server"}': {
              '.': {},
              'f:name': {},
              'f:image': {},
              'f:ports': { 'k:{"containerPort":8080,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
            },
            'k:{"name":"gone"}': { '.': {} },
            'k:{"name":': { '.': {} },
          },
        },
      },
    },
  }
  const pod = { containers: [{ name: 'server', image: 'a', imagePullPolicy: 'Always', ports }] }
  const object = deployment(managed(['argocd-controller', 'Apply', fields]), { template: { spec: pod } })
  const container = 'argocd-controller spec template spec containers server'
  t.strictSame(
    told(object).filter((line) => line.startsWith(container)),
    [container, `${container} image`, `${container} ports 8080/TCP`],
  )
  t.ok(told(object).includes('argocd-controller spec template spec containers'), 'all that is in the list was applied')
  t.strictSame(
    told(object, 'plain').filter((line) => line.includes('containers')),
    ['argocd-controller spec template spec containers'],
    'a list that stays a list is one value',
  )
})

t.test('only what was applied counts, and only what is there', async (t) => {
  const fields = { 'f:spec': { 'f:replicas': {}, 'f:paused': {} }, 'f:status': { 'f:replicas': {} } }
  t.strictSame(told(deployment(managed(['hpa', 'Update', fields]), { replicas: 3 })), [])
  t.strictSame(told(deployment(managed(['ctl', 'Apply', fields, { subresource: 'scale' }]), { replicas: 3 })), [])
  t.strictSame(told(deployment(managed(['ctl', 'Apply', fields]), { replicas: 3 })), ['ctl spec', 'ctl spec replicas'])
})

t.test('a struct goes with what the server filled in, not with what others set', async (t) => {
  const probe = { httpGet: { path: '/', port: 80, scheme: 'HTTP' }, periodSeconds: 10 }
  const object = (...others: readonly Entry[]): DataObject =>
    deployment(
      managed(
        [
          'ctl',
          'Apply',
          {
            'f:spec': {
              'f:template': {
                'f:spec': {
                  'f:containers': {
                    'k:{"name":"a"}': { '.': {}, 'f:livenessProbe': { 'f:httpGet': { 'f:path': {}, 'f:port': {} } } },
                  },
                },
              },
            },
          },
        ],
        ...others,
      ),
      { template: { spec: { containers: [{ name: 'a', livenessProbe: probe }] } } },
    )
  const probes = (all: readonly string[]): readonly string[] =>
    all.flatMap((line) => (line.includes('livenessProbe') ? [line.replace(/.* livenessProbe/, '')] : []))
  t.strictSame(probes(told(object())), ['', ' httpGet', ' httpGet path', ' httpGet port'])
  const set = (fields: DataObject): Data => ({
    'f:spec': {
      'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"a"}': { 'f:livenessProbe': fields } } } },
    },
  })
  t.strictSame(probes(told(object(['edit', 'Update', set({ 'f:periodSeconds': {} })]))), [
    ' httpGet',
    ' httpGet path',
    ' httpGet port',
  ])
})

t.test('labels go together only where all of them were applied', async (t) => {
  const labels = (all: DataObject): DataObject =>
    deployment({ labels: all, ...managed(['ctl', 'Apply', { 'f:metadata': { 'f:labels': { 'f:a': {} } } }]) }, {})
  t.strictSame(told(labels({ a: '1' })), ['ctl metadata', 'ctl metadata labels', 'ctl metadata labels a'])
  t.strictSame(
    told(labels({ a: '1', b: '2' })).filter((line) => line.includes('labels')),
    ['ctl metadata labels a'],
  )
})

t.test('the manifest that kubectl keeps tells where, and no value of it goes on', async (t) => {
  const manifest = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'key', namespace: 'shop', labels: { app: 'x' }, annotations: {} },
    stringData: { token: 'hidden-value', gone: 'hidden-value' },
  }
  const object = {
    ...manifest,
    metadata: { ...manifest.metadata, annotations: { [lastApplied]: JSON.stringify(manifest) } },
    stringData: null,
    data: { token: 'aGlkZGVu', other: 'b3RoZXI=' },
  }
  const applied = appliedOf(object)
  t.strictSame(
    told(object).filter((line) => !line.includes('metadata')),
    ['kubectl data token'],
  )
  t.notMatch(JSON.stringify(applied), /hidden|aGlkZGVu/)
  const own = { 'f:metadata': { 'f:annotations': { [`f:${lastApplied}`]: {} } }, 'f:data': { 'f:other': {} } }
  const written = { ...object, metadata: { ...object.metadata, ...managed(['argo', 'Update', own]) } }
  t.strictSame(
    told(written).filter((line) => !line.includes('metadata')),
    ['argo data token'],
    'whoever wrote the annotation applied',
  )
})

t.test('anything may stand where bookkeeping is kept', async (t) => {
  const anything = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<Data>
  fc.assert(
    fc.property(anything, fc.oneof(fc.string(), fc.json()), fc.boolean(), (managedFields, text, keyed) => {
      const metadata = { managedFields, annotations: { [lastApplied]: text } }
      for (const { by, fields } of appliedOf(deployment(metadata, { replicas: 1 }), keyed ? 'keyed' : 'plain')) {
        if (typeof by !== 'string' || Object.keys(fields).length === 0) return false
      }
      return true
    }),
  )
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
  t.strictSame(appliedOf(deployment({ annotations: { [lastApplied]: deep } }, {})), [])
  const labels = JSON.parse('{"__proto__": "x"}')
  const hostile = { labels, ...managed(['ctl', 'Apply', { 'f:metadata': { 'f:labels': { 'f:__proto__': {} } } }]) }
  t.ok(told(deployment(hostile, {})).includes('ctl metadata labels __proto__'))
})
