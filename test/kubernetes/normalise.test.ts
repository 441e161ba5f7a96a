import * as fc from 'fast-check'
import t from 'tap'
import { toJson } from '../../src/document/to-json.ts'
import { elementKeys } from '../../src/kubernetes/keyed-lists.ts'
import { projectKubernetes } from '../../src/kubernetes/project.ts'
import { canonicalQuantity } from '../../src/kubernetes/quantity.ts'
import { Decimal, type Data, type DataObject } from '../../src/model/data.ts'
import { documentOf, ordinary, valueAt } from '../support/document.ts'

/** A Pod's spec as it stands in the tree. */
function specOf(spec: DataObject, lists: 'keyed' | 'plain' = 'keyed'): unknown {
  const document = documentOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec })
  return ordinary(
    valueAt(projectKubernetes([document], { lists }).state, ['namespaces', 'default', 'Pod', 'p', 'spec']),
  )
}

t.test('lists with keys become maps, others stay', async (t) => {
  const spec = {
    containers: [
      {
        name: 'web',
        command: ['run'],
        ports: [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }],
        env: [{ name: 'A', value: '1' }],
      },
      { name: 'side', volumeMounts: [{ mountPath: '/data', name: 'd' }], envFrom: [{ prefix: 'x' }] },
    ],
    tolerations: [{ key: 'a' }],
    topologySpreadConstraints: [{ topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 1 }],
  }
  t.strictSame(specOf(spec), {
    containers: {
      web: {
        name: 'web',
        command: ['run'],
        ports: { '53/TCP': { containerPort: 53 }, '53/UDP': { containerPort: 53, protocol: 'UDP' } },
        env: { A: { name: 'A', value: '1' } },
      },
      side: { name: 'side', volumeMounts: { '/data': { mountPath: '/data', name: 'd' } }, envFrom: [{ prefix: 'x' }] },
    },
    tolerations: [{ key: 'a' }],
    topologySpreadConstraints: {
      'zone/DoNotSchedule': { topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 1 },
    },
  })
  t.strictSame(specOf(spec, 'plain'), spec, 'with plain lists nothing changes')
})

t.test('keys of elements', async (t) => {
  const labels = (list: Data[], keys = ['name']) => elementKeys(list, { in: 'list', keys }).labels
  t.strictSame(labels([{ name: 'a' }, { name: 1 }, { name: 10n ** 20n }, { name: true }]), [
    'a',
    '1',
    '100000000000000000000',
    'true',
  ])
  t.strictSame(labels([{ name: 'a' }, { name: 'a' }, { name: 'b' }, { name: 'a' }]), ['a', 'a#2', 'b', 'a#3'])
  t.strictSame(
    labels([{ name: 'a' }, { name: 'a#2' }, { name: 'a' }]),
    ['a', 'a#2', 'a#3'],
    'a name that looks like a number of ours',
  )
  t.strictSame(labels([{}, null, 'x', { name: {} }, { name: null }, { name: '#1' }]), [
    '#1',
    '#2',
    '#3',
    '#4',
    '#5',
    '#1#2',
  ])
  t.strictSame(
    labels([{ x: 1 }, { y: 2 }, { x: 1, y: 'b' }], ['x', 'y']),
    ['1/', '#2', '1/b'],
    'the first key names, others may be absent',
  )
  t.strictSame(labels([{ name: '__proto__' }, { name: 'constructor' }, { name: '__proto__' }]), [
    '__proto__',
    'constructor',
    '__proto__#2',
  ])
})

t.test('keys of elements are all different and as many as the elements, whatever the list', async (t) => {
  const name = fc.oneof(
    fc.constantFrom('a', 'a#2', 'a#3', '#1', '#2', '__proto__', 'toString'),
    fc.string({ maxLength: 3 }),
  )
  const element = fc.oneof(
    fc.record({ name }),
    fc.constantFrom<Data>(null, 1, [], {}),
    fc.record({ name: fc.constantFrom<Data>(null, [], 7) }),
  )
  const holds = () =>
    fc.assert(
      fc.property(fc.array(element, { maxLength: 20 }), (list) => {
        const { labels } = elementKeys(list, { in: 'list', keys: ['name'] })
        return labels.length === list.length && new Set(labels).size === list.length
      }),
      { numRuns: 2000 },
    )
  t.doesNotThrow(holds)
  const many = Array.from({ length: 100_000 }, () => ({ name: 'same' }))
  t.equal(
    elementKeys(many, { in: 'list', keys: ['name'] }).labels.at(-1),
    'same#100000',
    'a long list of one name takes no long time',
  )
})

t.test('what is as good as absent is dropped', async (t) => {
  const spec = specOf({
    nodeName: null,
    nodeSelector: {},
    tolerations: [],
    imagePullSecrets: [],
    hostAliases: [null, { ip: '::1', hostnames: null }],
    affinity: {},
    hostname: '',
    hostNetwork: false,
    securityContext: { fsGroup: null, sysctls: [] },
    volumes: [{ name: 'v', emptyDir: {} }],
    containers: [{ name: 'c', args: ['a', null], resources: { limits: { cpu: null } } }],
  })
  t.strictSame(spec, {
    hostAliases: { '::1': { ip: '::1' } },
    affinity: {},
    hostname: '',
    hostNetwork: false,
    securityContext: {},
    volumes: { v: { name: 'v', emptyDir: {} } },
    containers: { c: { name: 'c', args: ['a', null], resources: {} } },
  })
})

t.test('custom resources keep what is empty but not null, beside their metadata', async (t) => {
  const data = {
    apiVersion: 'example.com/v1',
    kind: 'Thing',
    metadata: { name: 'x', namespace: 'n', labels: {}, finalizers: [], creationTimestamp: null },
    spec: { all: {}, none: [], nothing: null, deep: [{ nothing: null }] },
  }
  const { state } = projectKubernetes([documentOf(data)], { lists: 'keyed' })
  t.strictSame(ordinary(valueAt(state, ['namespaces', 'n', 'Thing.example.com', 'x'])), {
    apiVersion: 'example.com/v1',
    kind: 'Thing',
    metadata: { name: 'x', namespace: 'n' },
    spec: { all: {}, none: [], deep: [{}] },
  })
})

t.test('values of another type than the API allows pass through', async (t) => {
  const odd = {
    containers: { web: { image: 'x' } },
    volumes: 'none',
    nodeSelector: ['a'],
    overhead: 3,
    imagePullSecrets: 7,
  }
  t.strictSame(specOf(odd), odd)
})

t.test('quantities get the text that an API server would answer with', async (t) => {
  const cases: readonly (readonly [Data, Data])[] = [
    ['100m', '100m'],
    ['1000m', '1'],
    ['0.5', '500m'],
    [1, '1'],
    [0.5, '500m'],
    [10n ** 12n, '1T'],
    [new Decimal('0.10'), '100m'],
    ['1024Mi', '1Gi'],
    ['0.5Gi', '512Mi'],
    ['1.5Gi', '1536Mi'],
    ['1000Ki', '1000Ki'],
    ['128974848', '128974848'],
    ['1000M', '1G'],
    ['1e3', '1e3'],
    ['2048', '2048'],
    ['512.0', '512'],
    ['-1500m', '-1500m'],
    ['0Gi', '0'],
    ['0.1Ki', '102400m'],
    ['0.0000000001', '1n'],
  ]
  for (const [written, canonical] of cases) t.equal(canonicalQuantity(written), canonical, toJson(written))
  for (const other of ['', 'n', 'abc', '1 Gi', '1ki', '1e999999999', '9'.repeat(100), true, null])
    t.equal(canonicalQuantity(other), other)
  t.strictSame(
    specOf({
      containers: [{ name: 'c', resources: { limits: { cpu: 1, memory: '1024Mi' }, requests: { cpu: '0.10' } } }],
    }),
    {
      containers: { c: { name: 'c', resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '100m' } } } },
    },
  )
})

t.test('one amount has one text in each family of suffixes', async (t) => {
  const step = fc.constantFrom(['', 'k', 'M', 'G', 'T'] as const, ['', 'Ki', 'Mi', 'Gi', 'Ti'] as const)
  const holds = () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 4 }), step, (count, power, suffixes) => {
        const base = suffixes[1] === 'k' ? 1000 : 1024
        const short = `${count}${suffixes[power]}`
        const long = `${count * base}${suffixes[power - 1]}`
        const ofOneFamily = suffixes[1] === 'k' || power > 1
        const canonical = canonicalQuantity(short)
        return (!ofOneFamily || canonicalQuantity(long) === canonical) && canonicalQuantity(canonical) === canonical
      }),
    )
  t.doesNotThrow(holds)
})
