import * as fc from 'fast-check'
import t from 'tap'
import { toJson } from '../../src/document/to-json.ts'
import { projectKubernetes, type ProjectOptions, type Projected } from '../../src/kubernetes/project.ts'
import type { Data, DataObject } from '../../src/model/data.ts'
import { documentOf, ordinary, valueAt } from '../support/document.ts'

function project(objects: readonly Data[], options: Partial<ProjectOptions> = {}): Projected {
  return projectKubernetes(
    objects.map((data, index) => documentOf(data, 'a.yaml', index)),
    { lists: 'keyed', ...options },
  )
}

function object(kind: string, name: string, more: DataObject = {}, metadata: DataObject = {}): DataObject {
  const [short = kind, group] = kind.split(/\.(.*)/)
  return {
    apiVersion: group === undefined ? 'v1' : `${group}/v1`,
    kind: short,
    metadata: { name, ...metadata },
    ...more,
  }
}

const places = (projected: Projected): readonly string[] => projected.objectPaths.map((path) => path.join(' '))
const codes = (projected: Projected): readonly string[] => projected.notes.map(({ code }) => code)

t.test('nothing gives both top fields', async (t) => {
  t.strictSame(ordinary(project([]).state), { namespaces: {}, cluster: {} })
  t.strictSame(
    ordinary(
      project([
        null,
        [],
        { apiVersion: 'v1', kind: 'List', items: [] },
        { apiVersion: 'v1', kind: 'PodList', items: null },
      ]).state,
    ),
    {
      namespaces: {},
      cluster: {},
    },
  )
})

t.test('objects stand under namespace, kind and name', async (t) => {
  const definition = (kind: string, scope: string) =>
    object('CustomResourceDefinition.apiextensions.k8s.io', `${kind}.x`, {
      spec: { group: 'x.io', names: { kind }, scope, versions: [] },
    })
  const projected = project(
    [
      object('Pod', 'p'),
      object('Deployment.apps', 'd', {}, { namespace: 'shop' }),
      object('ClusterRole.rbac.authorization.k8s.io', 'r'),
      object('Namespace', 'shop', {}, { namespace: 'x' }),
      object('APIService.apiregistration.k8s.io', 'v1.x'),
      object('Thing.example.com', 't'),
      object('Thing.example.com', 't', {}, { namespace: 'shop' }),
      object('Wide.x.io', 'w'),
      object('Narrow.x.io', 'n'),
      definition('Wide', 'Cluster'),
      definition('Narrow', 'Namespaced'),
      object('Pod', 'empty', {}, { namespace: '' }),
    ],
    { namespace: 'here' },
  )
  t.strictSame(places(projected), [
    'cluster APIService.apiregistration.k8s.io v1.x',
    'cluster ClusterRole.rbac.authorization.k8s.io r',
    'cluster CustomResourceDefinition.apiextensions.k8s.io Narrow.x',
    'cluster CustomResourceDefinition.apiextensions.k8s.io Wide.x',
    'cluster Namespace shop',
    'cluster Thing.example.com t',
    'cluster Wide.x.io w',
    'namespaces here Narrow.x.io n',
    'namespaces here Pod empty',
    'namespaces here Pod p',
    'namespaces shop Deployment.apps d',
    'namespaces shop Thing.example.com t',
  ])
  t.strictSame([...codes(projected)].sort(), ['namespace-ignored', 'scope-unknown'])
  t.strictSame(projected.kindPatterns.at(-2), ['namespaces', 'shop', 'Deployment.apps'])
  t.same(
    valueAt(projected.state, ['namespaces', 'shop', 'Deployment.apps', 'd']),
    object('Deployment.apps', 'd', {}, { namespace: 'shop' }),
  )
  t.strictSame(places(project([object('Pod', 'p')])), ['namespaces default Pod p'])
})

t.test('lists are flattened, however deep', async (t) => {
  const nested = { apiVersion: 'v1', kind: 'List', items: [object('Pod', 'a'), [object('Pod', 'b')], null] }
  const raw = {
    apiVersion: 'apps/v1',
    kind: 'DeploymentList',
    metadata: { resourceVersion: '1' },
    items: [{ metadata: { name: 'd' } }],
  }
  const projected = project([[nested], raw])
  t.strictSame(places(projected), [
    'namespaces default Deployment.apps d',
    'namespaces default Pod a',
    'namespaces default Pod b',
  ])
  t.strictSame(projected.origin(['namespaces', 'default', 'Pod', 'b', 'metadata'])?.pointer, [
    '0',
    'items',
    '1',
    '0',
    'metadata',
  ])
  t.strictSame(projected.origin(['namespaces', 'default', 'Deployment.apps', 'd', 'spec'])?.pointer, [
    'items',
    '0',
    'spec',
  ])
  t.equal(projected.unreadable.length, 0)
  const named = object('AllowList.x.io', 'mine', { spec: {} }, { namespace: 'n' })
  t.strictSame(places(project([named])), ['namespaces n AllowList.x.io mine'], 'a kind that only ends in List')
  let deep: Data = object('Pod', 'deep')
  for (let level = 0; level < 400; level++) deep = { apiVersion: 'v1', kind: 'List', items: [deep] }
  t.strictSame(places(project([deep])), ['namespaces default Pod deep'])
  const long = Array.from({ length: 200_000 }, (_, index) => (index === 150_000 ? object('Pod', 'far') : null))
  const [far] = places(project([{ apiVersion: 'v1', kind: 'List', items: long }]))
  t.equal(far, 'namespaces default Pod far', 'a long list')
})

t.test('some things are left out, with a note', async (t) => {
  const projected = project([
    { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: [] },
    object('ConfigMap', 'local', {}, { annotations: { 'config.kubernetes.io/local-config': 'true' } }),
    { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration' },
    { apiVersion: 'v1', kind: 'Pod', metadata: { labels: {} } },
    object('Pod', 'web-1', {}, { ownerReferences: [{ controller: true, kind: 'ReplicaSet', name: 'web', uid: 'u' }] }),
    object('ReplicaSet.apps', 'web', {}, { ownerReferences: [{ controller: true, uid: 'u' }] }),
    object('Pod', 'owned', {}, { ownerReferences: [{ uid: 'u', name: 'o' }] }),
  ])
  t.strictSame(places(projected), ['namespaces default Pod owned'])
  t.same(
    projected.notes.map(({ message }) => message),
    [
      'skipped (input of kustomize, no object): 1 `Kustomization.kustomize.config.k8s.io`',
      'skipped (local configuration, not for a cluster): 1 `ConfigMap`',
      'skipped (without `metadata.name`): 1 `KubeletConfiguration.kubelet.config.k8s.io`, 1 `Pod`',
      'skipped (made by the controller of another object): 1 `Pod`, 1 `ReplicaSet.apps`',
    ],
  )
  const bare = projectKubernetes([documentOf({ resources: ['a.yaml'] }, 'base/kustomization.yaml')], { lists: 'keyed' })
  t.strictSame([bare.unreadable.length, codes(bare)], [0, ['object-skipped']])
})

t.test('what is no object is unreadable and costs itself only', async (t) => {
  const projected = project([
    object('Pod', 'good'),
    'text',
    { kind: 'Pod', metadata: { name: 'x' } },
    { apiVersion: 'v1', kind: 5, metadata: { name: 'x' } },
    { apiVersion: 'v1', kind: 'Pod', metadata: ['x'] },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 7 } },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', namespace: {} } },
    { apiVersion: 'v1', kind: 'List', items: [12n] },
  ])
  t.strictSame(places(projected), ['namespaces default Pod good'])
  t.strictSame(
    projected.unreadable.map(({ message }) => message),
    [
      'a Kubernetes object was expected, found a string',
      '`apiVersion` must be a string, found nothing',
      '`kind` must be a string, found a number',
      '`metadata` must be a map, found a list',
      '`metadata.name` must be a string, found a number',
      '`metadata.namespace` must be a string, found a map',
      'a Kubernetes object was expected, found a number',
    ],
  )
  t.same(projected.unreadable[4]?.position, { line: 502, column: 1 })
})

t.test('one object twice', async (t) => {
  const a = object('ConfigMap', 'c', { data: { k: '1' } })
  const b = object('ConfigMap', 'c', { data: { k: '2' } })
  const equal = project([a, { ...a, metadata: { name: 'c', resourceVersion: '9', labels: null } }])
  t.strictSame([places(equal), equal.unreadable.length], [['namespaces default ConfigMap c'], 0])
  t.match(equal.notes, [
    {
      code: 'object-repeated',
      message: '`default/ConfigMap/c` stands at `a.yaml:0` and `a.yaml:100` with equal content and counts once',
    },
  ])

  const different = project([a, b, object('Pod', 'p')])
  t.strictSame(places(different), ['namespaces default Pod p'])
  const message =
    '`default/ConfigMap/c` stands at `a.yaml:0` and `a.yaml:100` with different content, so that none of them can be believed'
  t.strictSame(different.unreadable, [{ file: 'a.yaml', position: { line: 100, column: 1 }, message }])
  const documents = [documentOf(a, 'a.yaml', 0), documentOf(b, 'b.yaml', 0)]
  t.strictSame(
    projectKubernetes(documents, { lists: 'keyed' }).unreadable,
    projectKubernetes(documents.toReversed(), { lists: 'keyed' }).unreadable,
    'the order of documents has no meaning',
  )

  const last = project([a, b], { duplicates: 'last' })
  t.equal(valueAt(last.state, ['namespaces', 'default', 'ConfigMap', 'c', 'data', 'k']), '2')
  t.strictSame(codes(last), ['object-replaced'])

  const secrets = project([
    object('Secret', 's', { data: { k: 'YQ==' } }),
    object('Secret', 's', { data: { k: 'Yg==' } }),
  ])
  t.equal(secrets.unreadable.length, 1, 'Secrets are compared before their values are hidden')
  t.notMatch(JSON.stringify(secrets), /YQ==|Yg==/)
  const versions = project([
    object('HorizontalPodAutoscaler.autoscaling', 'h'),
    { ...object('Pod', 'h'), apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  ])
  t.equal(versions.unreadable.length, 1, 'two versions of one object are different content')
})

t.test('names that a server makes up', async (t) => {
  const job = (image: string) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { generateName: 'run-' },
    spec: { image },
  })
  const projected = project([job('b'), job('a'), job('a')])
  t.strictSame(places(projected), [
    'namespaces default Job.batch run-*',
    'namespaces default Job.batch run-*#2',
    'namespaces default Job.batch run-*#3',
  ])
  const imageOf = (name: string) =>
    valueAt(projected.state, ['namespaces', 'default', 'Job.batch', name, 'spec', 'image'])
  t.strictSame(['run-*', 'run-*#2', 'run-*#3'].map(imageOf), ['a', 'a', 'b'], 'numbered by content')
  t.strictSame(projected.origin(['namespaces', 'default', 'Job.batch', 'run-*#3', 'spec'])?.document.index, 0)
  t.strictSame(
    places(project([job('a'), job('b'), object('Job.batch', 'run-*#2')])).map((place) => place.split(' ').at(-1)),
    ['run-*', 'run-*#2', 'run-*#3'],
    'beside an object that has such a name',
  )
})

t.test('values of Secrets are hidden, their keys stay', async (t) => {
  const applied = { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"a":"c2VjcmV0"}}', keep: 'x' }
  const projected = project([
    object(
      'Secret',
      's',
      { data: { a: 'c2VjcmV0', both: 'c2VjcmV0' }, stringData: { b: 'secret', both: 'secret' } },
      { annotations: applied },
    ),
    object('Secret', 'odd', { data: 'c2VjcmV0' }),
    object('Secret', 'list', { stringData: ['secret'] }),
    object('Secret', 'none', { type: 'Opaque' }),
    object('ConfigMap', 'c', { data: { a: 'open' } }),
  ])
  t.notMatch(JSON.stringify(projected.state), /c2VjcmV0|"secret"/)
  const secret = (name: string) => ordinary(valueAt(projected.state, ['namespaces', 'default', 'Secret', name]))
  t.strictSame(secret('s'), {
    ...object(
      'Secret',
      's',
      { data: { a: '<masked>', both: '<masked>', b: '<masked>' } },
      { annotations: { keep: 'x' } },
    ),
  })
  t.strictSame(secret('odd'), object('Secret', 'odd', { data: '<masked>' }))
  t.strictSame(secret('list'), object('Secret', 'list', { data: '<masked>' }))
  t.strictSame(secret('none'), object('Secret', 'none', { type: 'Opaque' }))
  t.strictSame(
    projected.masked.map((path) => path.slice(3).join(' ')),
    ['list data', 'odd data', 's data a', 's data both', 's data b'],
  )
  const at = (...path: string[]) => projected.origin(['namespaces', 'default', 'Secret', 's', ...path])?.pointer
  t.strictSame(
    [at('data', 'a'), at('data', 'b'), at('data', 'both')],
    [
      ['data', 'a'],
      ['stringData', 'b'],
      ['stringData', 'both'],
    ],
  )
  t.equal(valueAt(projected.state, ['namespaces', 'default', 'ConfigMap', 'c', 'data', 'a']), 'open')
})

t.test("a server's bookkeeping is left out", async (t) => {
  const metadata = {
    managedFields: [{ manager: 'm' }],
    resourceVersion: '7',
    uid: 'u',
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
  }
  const { state } = project([object('Pod', 'p', {}, metadata)])
  t.strictSame(ordinary(valueAt(state, ['namespaces', 'default', 'Pod', 'p', 'metadata'])), { name: 'p', uid: 'u' })
})

t.test('the way back', async (t) => {
  const spec = {
    containers: [{ name: 'a' }, { name: 'b', env: [null, { name: 'X', value: '1' }, { name: 'X', value: '2' }] }],
  }
  const projected = project([object('Pod', 'p', { spec })])
  const base = ['namespaces', 'default', 'Pod', 'p']
  const pointer = (...path: string[]) => projected.origin([...base, ...path])?.pointer
  t.strictSame(pointer(), [])
  t.strictSame(pointer('spec', 'containers', 'b', 'env', 'X#2', 'value'), [
    'spec',
    'containers',
    '1',
    'env',
    '2',
    'value',
  ])
  t.strictSame(
    pointer('spec', 'containers', 'gone', 'image'),
    ['spec', 'containers', 'gone', 'image'],
    'what does not exist keeps its labels',
  )
  t.strictSame(pointer('spec', 'containers', 'a', 'image'), ['spec', 'containers', '0', 'image'])
  for (const path of [
    [],
    ['namespaces'],
    ['namespaces', 'default', 'Pod'],
    ['cluster'],
    ['namespaces', 'default', 'Pod', 'q'],
  ])
    t.equal(projected.origin(path), undefined)
  t.match(projected.notes, [
    {
      code: 'list-key',
      message:
        /`default\/Pod\/p` at `spec\.containers\.b\.env`: more than one element has the key `X`.*; elements without a key \(1\)/,
      line: 4,
    },
  ])
  const plain = project([object('Pod', 'p', { spec })], { lists: 'plain' })
  t.strictSame(plain.origin([...base, 'spec', 'containers', '1', 'env', '2'])?.pointer, [
    'spec',
    'containers',
    '1',
    'env',
    '2',
  ])
  t.strictSame(plain.notes, [])
})

t.test('definitions of the same input teach lists by key, whatever their order', async (t) => {
  const schema = {
    properties: {
      spec: {
        properties: {
          refs: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name', 'kind'],
            items: {
              properties: {
                kind: { default: 'Service' },
                ports: {
                  type: 'array',
                  'x-kubernetes-list-type': 'map',
                  'x-kubernetes-list-map-keys': ['port'],
                  items: {},
                },
              },
            },
          },
          byName: {
            additionalProperties: {
              properties: {
                refs: {
                  type: 'array',
                  'x-kubernetes-list-type': 'map',
                  'x-kubernetes-list-map-keys': ['id'],
                  items: {},
                },
              },
            },
          },
          plain: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  }
  const definition = object('CustomResourceDefinition.apiextensions.k8s.io', 'routes.x.io', {
    spec: {
      group: 'x.io',
      names: { kind: 'Route' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', schema: { openAPIV3Schema: schema } }],
    },
  })
  const route = object('Route.x.io', 'r', {
    spec: { refs: [{ name: 'a', ports: [{ port: 1 }] }], byName: { one: { refs: [{ id: 'q' }] } }, plain: ['x'] },
  })
  const specIn = (objects: readonly Data[]) =>
    ordinary(valueAt(project(objects).state, ['namespaces', 'default', 'Route.x.io', 'r', 'spec']))
  const expected = {
    refs: { 'a/Service': { name: 'a', ports: { '1': { port: 1 } } } },
    byName: { one: { refs: { q: { id: 'q' } } } },
    plain: ['x'],
  }
  t.strictSame(specIn([definition, route]), expected)
  t.strictSame(
    specIn([{ ...route, apiVersion: 'x.io/v2' }, definition]),
    expected,
    'for a version that the definition does not have, too',
  )
  const back = project([definition, route])
  t.strictSame(
    back.origin(['namespaces', 'default', 'Route.x.io', 'r', 'spec', 'refs', 'a/Service', 'ports', '1', 'port'])
      ?.pointer,
    ['spec', 'refs', '0', 'ports', '0', 'port'],
  )
  for (const spec of [
    null,
    5,
    { group: 'x.io', names: 'Route' },
    { group: 'x.io', names: { kind: 'Route' }, versions: [null, { name: 'v1', schema: 7 }] },
  ]) {
    t.equal(project([{ ...definition, spec }]).unreadable.length, 0, 'a definition that makes no sense teaches nothing')
  }
})

t.test('names and labels are anybody’s words', async (t) => {
  const hostile: DataObject = JSON.parse(
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"__proto__","namespace":"__proto__"},"spec":{"__proto__":{"x":1},"constructor":[],"containers":[{"name":"__proto__","image":"i"}]}}',
  )
  const projected = project([hostile, object('constructor', 'toString'), object('Pod', 'a b/c"\n\u0000')])
  t.strictSame(projected.objectPaths[0], ['cluster', 'constructor', 'toString'])
  const pod = ['namespaces', '__proto__', 'Pod', '__proto__']
  t.equal(valueAt(projected.state, [...pod, 'spec', '__proto__', 'x']), 1)
  t.equal(valueAt(projected.state, [...pod, 'spec', 'containers', '__proto__', 'image']), 'i')
  t.equal(Object.getPrototypeOf({}).x, undefined)
  t.strictSame(projected.origin([...pod, 'spec', 'containers', '__proto__', 'image'])?.pointer, [
    'spec',
    'containers',
    '0',
    'image',
  ])
})

/** All that a projection says, its lists without an order. */
function outcome({ state, masked, objectPaths, kindPatterns, unreadable, notes }: Projected): string {
  const sorted = [...unreadable, ...notes].map((entry) => JSON.stringify(entry)).toSorted()
  return toJson([state, masked, objectPaths, kindPatterns, sorted] as Data, { sorted: true })
}

const label = fc.oneof(
  fc.constantFrom('name', 'containers', 'env', 'ports', 'metadata', 'labels', 'data', '__proto__', 'port'),
  fc.string({ maxLength: 4 }),
)
const value: fc.Arbitrary<Data> = fc.letrec<{ data: Data }>((tie) => ({
  data: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Data>(null, true, '', 'a', 0, 80),
    fc.array(tie('data'), { maxLength: 3 }),
    fc.dictionary(label, tie('data'), { maxKeys: 4 }),
  ),
})).data

t.test(
  'hostile objects: nothing throws, nothing is lost without a word, every value leads back to itself',
  async (t) => {
    const kind = fc.constantFrom(
      'Pod',
      'Deployment',
      'Secret',
      'Service',
      'List',
      'PodList',
      'Thing',
      'CustomResourceDefinition',
    )
    const apiVersion = fc.constantFrom('v1', 'apps/v1', 'x.io/v1', 'apiextensions.k8s.io/v1')
    const manifest = fc.record(
      {
        apiVersion,
        kind,
        metadata: fc.oneof(fc.record({ name: fc.constantFrom('a', 'b') }), value),
        spec: value,
        data: value,
        items: value,
      },
      { requiredKeys: ['kind'] },
    )
    let leaves = 0
    fc.assert(
      fc.property(fc.array(fc.oneof(manifest, value), { maxLength: 4 }), (objects) => {
        const projected = project(objects)
        const masked = new Set(projected.masked.map((path) => JSON.stringify(path)))
        const seen = new Set<string>()
        const visit = (data: Data | undefined, path: readonly string[]): boolean => {
          if (typeof data === 'object' && data !== null)
            return Object.entries(data).every(([label, inner]) => visit(inner, [...path, label]))
          const origin = projected.origin(path)
          leaves++
          if (origin === undefined) return false
          const place = JSON.stringify([origin.document.index, origin.pointer])
          if (seen.has(place)) return false
          seen.add(place)
          const written = valueAt(origin.document.data, origin.pointer)
          return masked.has(JSON.stringify(path))
            ? data === '<masked>' && written !== undefined
            : written === data || path.at(-1) === 'kind' || path.at(-1) === 'apiVersion'
        }
        const shuffled = projectKubernetes(
          objects.map((data, index) => documentOf(data, 'a.yaml', index)).toReversed(),
          { lists: 'keyed' },
        )
        if (outcome(shuffled) !== outcome(projected)) return false
        return projected.objectPaths.every((path) => visit(valueAt(projected.state, path), path))
      }),
      { numRuns: 1500 },
    )
    t.ok(leaves > 2000, `${leaves} values led back`)
  },
)

t.test('hooks of Helm are objects like any other, unless they are to be left out', async (t) => {
  const hook = object('Pod', 'test', {}, { annotations: { 'helm.sh/hook': 'test' } })
  t.strictSame(places(project([hook, object('Pod', 'web')])), [
    'namespaces default Pod test',
    'namespaces default Pod web',
  ])
  const left = project([hook, object('Pod', 'web')], { hooks: 'skip' })
  t.strictSame(places(left), ['namespaces default Pod web'])
  t.strictSame(
    left.notes.map(({ message }) => message),
    ['skipped (a hook of Helm): 1 `Pod`'],
  )
})

t.test('an AdmissionReview stands for the object that it asks about', async (t) => {
  const review = (request: DataObject): DataObject => ({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request,
  })
  const created = project([
    review({ uid: 'x', operation: 'CREATE', namespace: 'shop', name: 'web', object: object('Pod', '', { spec: {} }) }),
  ])
  t.strictSame(places(created), ['namespaces shop Pod web'])
  t.strictSame(created.origin(['namespaces', 'shop', 'Pod', 'web', 'spec'])?.pointer, ['request', 'object', 'spec'])
  t.strictSame(places(project([review({ operation: 'DELETE', oldObject: object('Pod', 'web') }), review({})])), [])
})
