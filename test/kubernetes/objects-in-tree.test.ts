import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import t from 'tap'
import { readDocuments } from '../../src/document/read.ts'
import { toJson } from '../../src/document/to-json.ts'
import { objectsInTree, type ObjectsInTree } from '../../src/kubernetes/objects-in-tree.ts'
import { projectKubernetes, type Projected } from '../../src/kubernetes/project.ts'
import { isDataObject, type Data, type DataObject } from '../../src/model/data.ts'
import type { Document } from '../../src/model/document.ts'
import { documentOf, ordinary, valueAt } from '../support/document.ts'

const runs = Number(process.env['CONGRUENT_FUZZ_RUNS'] ?? 300)

function project(objects: readonly Data[], lists: 'keyed' | 'plain' = 'keyed'): Projected {
  return projectKubernetes(
    objects.map((data, index) => documentOf(data, 'a.yaml', index)),
    { lists },
  )
}

/** An object of the namespace `n` as the tree has it. */
function inTree(kind: string, name: string, data: Data): DataObject {
  return { namespaces: { n: { [kind]: { [name]: data } } }, cluster: {} }
}

function only({ objects, problems }: ObjectsInTree): unknown {
  t.strictSame(problems, [])
  t.equal(objects.length, 1)
  return ordinary(objects[0]?.object)
}

const problemsOf = (state: Data): readonly string[] =>
  objectsInTree(state).problems.map(({ path, problem, remedy }) => `${path.join(' ')}: ${problem}: ${remedy}`)

t.test('what an object leaves out is taken from its place', async (t) => {
  const identity = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'n' } }
  t.strictSame(only(objectsInTree(inTree('Deployment.apps', 'web', {}))), identity)
  const said = { metadata: { labels: { app: 'web' }, name: 'web' }, spec: { replicas: 2 }, kind: 'Deployment' }
  t.equal(
    JSON.stringify(only(objectsInTree(inTree('Deployment.apps', 'web', said)))),
    JSON.stringify({
      ...identity,
      metadata: { name: 'web', namespace: 'n', labels: { app: 'web' } },
      spec: { replicas: 2 },
    }),
    'who it is stands first',
  )
  t.strictSame(only(objectsInTree({ cluster: { Namespace: { shop: {} } } })), {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop' },
  })
  const old = only(
    objectsInTree(inTree('HorizontalPodAutoscaler.autoscaling', 'web', { apiVersion: 'autoscaling/v1' })),
  )
  t.match(old, { apiVersion: 'autoscaling/v1' }, 'a stated version stays')
  t.match(only(objectsInTree(inTree('HorizontalPodAutoscaler.autoscaling', 'web', {}))), {
    apiVersion: 'autoscaling/v2',
  })
  const generated = inTree('Job.batch', 'run-*#2', { metadata: { generateName: 'run-' } })
  t.match(only(objectsInTree(generated)), { metadata: { name: undefined, generateName: 'run-' } })
})

t.test('a kind of the tree itself has the versions of its definition', async (t) => {
  const version = (name: string, served = true): Data => ({ name, served })
  const definition = {
    spec: {
      group: 'x.io',
      names: { kind: 'Thing' },
      scope: 'Namespaced',
      versions: [version('v1'), version('v3beta1'), version('v2'), version('v10', false)],
    },
  }
  const tree = {
    cluster: { 'CustomResourceDefinition.apiextensions.k8s.io': { 'things.x.io': definition } },
    namespaces: { n: { 'Thing.x.io': { a: {} } } },
  }
  t.match(objectsInTree(tree).objects[1]?.object, { apiVersion: 'x.io/v2', kind: 'Thing' })
  t.match(objectsInTree(inTree('Thing.x.io', 'a', {}), [definition]).objects[0]?.object, { apiVersion: 'x.io/v2' })
})

t.test('an object that is not the one of its place is refused', async (t) => {
  t.strictSame(problemsOf(inTree('Thing.x.io', 'a', {})), [
    'namespaces n Thing.x.io a apiVersion: nothing says in which version `Thing.x.io` is written: state `apiVersion`',
  ])
  const wrong: readonly (readonly [kind: string, data: Data, path: string])[] = [
    ['Pod', null, ''],
    ['Pod', { apiVersion: 2 }, ' apiVersion'],
    ['Pod', { apiVersion: 'apps/v1' }, ' apiVersion'],
    ['Deployment.apps', { apiVersion: 'v1' }, ' apiVersion'],
    ['Pod', { kind: 'Job' }, ' kind'],
    ['Pod', { metadata: [] }, ' metadata'],
    ['Pod', { metadata: { name: 'b' } }, ' metadata name'],
    ['Pod', { metadata: { namespace: 'm' } }, ' metadata namespace'],
    ['Node', {}, ''],
  ]
  for (const [kind, data, path] of wrong)
    t.match(problemsOf(inTree(kind, 'a', data))[0], new RegExp(`^namespaces n ${kind} a${path}: `), `${kind} ${path}`)
  t.match(problemsOf({ cluster: { Pod: { a: {} } } }), [
    'cluster Pod a: `Pod` belongs to a namespace: put it below `namespaces`',
  ])
  t.match(problemsOf({ namespaces: { n: { Pod: 1 } }, cluster: [] }).length, 2)
  t.equal(problemsOf([]).length, 1)
  t.strictSame(problemsOf(inTree('Pod', 'constructor', { ['__proto__']: 1 })), [])
})

t.test('members of a key that an element leaves out are read from its label', async (t) => {
  const pod = (spec: Data): unknown => valueAt(only(objectsInTree(inTree('Pod', 'a', { spec }))) as Data, ['spec'])
  t.strictSame(
    pod({
      containers: {
        web: {
          image: 'i',
          ports: { '53/UDP': {}, '80/TCP': { name: 'http' }, '81/TCP': { containerPort: 81, protocol: 'TCP' } },
          env: { A: { value: '1' }, 'A#2': { value: '2' }, 'B#2': {}, '8': {} },
          volumeMounts: { '/data': { name: 'd' } },
        },
      },
      topologySpreadConstraints: {
        'topology.kubernetes.io/zone/DoNotSchedule': { maxSkew: 1 },
        'a/b/ScheduleAnyway': { whenUnsatisfiable: 'ScheduleAnyway' },
      },
    }),
    {
      containers: [
        {
          name: 'web',
          image: 'i',
          ports: [
            { containerPort: 53, protocol: 'UDP' },
            { containerPort: 80, name: 'http' },
            { containerPort: 81, protocol: 'TCP' },
          ],
          env: [{ name: '8' }, { name: 'A', value: '1' }, { name: 'A', value: '2' }, { name: 'B#2' }],
          volumeMounts: [{ mountPath: '/data', name: 'd' }],
        },
      ],
      topologySpreadConstraints: [
        { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 1 },
        { topologyKey: 'a/b', whenUnsatisfiable: 'ScheduleAnyway' },
      ],
    },
  )
  const spec = { containers: { web: { name: 'api', ports: { '53': {}, '1/TCP': { containerPort: 2 } } }, '#7': {} } }
  const found = problemsOf(inTree('Pod', 'a', { spec }))
  t.equal(
    found[0],
    'namespaces n Pod a spec containers web ports 53: no element of this list has such a key: its own members say `/53`: let the label be `containerPort`, `/`, `protocol` of the element',
  )
  t.strictSame(
    found.map((line) => line.slice(0, line.indexOf(':')).split(' ').slice(5).join(' ')),
    ['containers web ports 53', 'containers web ports 1/TCP', 'containers web', 'containers #7'],
  )
})

/** An object that names its namespace, as rendered objects do. */
function inNamespace(object: Data | undefined, path: readonly string[]): Data | undefined {
  const metadata = valueAt(object, ['metadata'])
  if (object === undefined || path[0] !== 'namespaces' || !isDataObject(object)) return object
  return { ...object, metadata: { namespace: path[1] ?? '', ...(metadata as DataObject) } }
}

t.test('every object of the corpora is the same again', async (t) => {
  const root = '../shared/corpora'
  if (!existsSync(root)) {
    t.pass('NOT tried: the corpora are not here')
    return
  }
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' })
  const documents = names
    .filter((name) => /\.(?:ya?ml|json)$/.test(name) && !name.includes('index.json'))
    .flatMap((name): readonly Document[] => {
      const settings = { yaml: '1.1', duplicateKeys: 'last' } as const
      return readDocuments(name, readFileSync(join(root, name)), settings).documents
    })
  let objects = 0
  for (const document of documents) {
    const keyed = projectKubernetes([document], { lists: 'keyed' })
    const plain = projectKubernetes([document], { lists: 'plain' })
    const { objects: again, problems } = objectsInTree(keyed.state)
    t.strictSame(problems, [], document.file)
    for (const { path, object } of again) {
      const said = inNamespace(valueAt(plain.state, path), path)
      if (toJson(object, { sorted: true }) !== toJson(said ?? null, { sorted: true }))
        t.same(object, said, document.file)
      objects++
    }
  }
  t.ok(objects > 300, `${objects} objects`)
})

const name = fc.constantFrom('web', 'api', 'a/b', 'x#2', 'x', '#3', '#1', 'UDP', 'topology.kubernetes.io/zone', '')
const maybe = <T extends Data>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 4 })
const some = (members: Record<string, fc.Arbitrary<Data | undefined>>): fc.Arbitrary<DataObject> =>
  fc
    .record(members)
    .map((all) =>
      Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
    )
const several = (element: fc.Arbitrary<Data>): fc.Arbitrary<readonly Data[]> =>
  fc.array(element, { minLength: 1, maxLength: 4 })

const protocol = fc.constantFrom('TCP', 'UDP')
const port = some({
  containerPort: maybe(fc.integer({ min: 1, max: 3 })),
  protocol: maybe(protocol),
  name: maybe(name),
})
const container = some({
  name: maybe(name),
  ports: maybe(several(port)),
  env: maybe(several(some({ name: maybe(name), value: maybe(fc.constantFrom('1', 'yes', '')) }))),
  command: maybe(several(name)),
  resources: maybe(some({ limits: maybe(some({ cpu: maybe(fc.constantFrom('500m', '2')) })) })),
})
const spec = some({
  containers: maybe(several(fc.oneof({ weight: 9, arbitrary: container }, { weight: 1, arbitrary: name }))),
  topologySpreadConstraints: maybe(several(some({ topologyKey: maybe(name), whenUnsatisfiable: maybe(name) }))),
  volumes: maybe(several(some({ name: maybe(name), emptyDir: maybe(fc.constant({})) }))),
})
const thing = some({ parts: maybe(several(some({ host: maybe(name), port: maybe(fc.nat(2)), on: maybe(name) }))) })
const definition: DataObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'things.x.io' },
  spec: {
    group: 'x.io',
    names: { kind: 'Thing' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        schema: {
          openAPIV3Schema: {
            properties: {
              spec: {
                properties: {
                  parts: {
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['host', 'port', 'on'],
                    items: { properties: { host: {}, port: { type: 'integer', default: 1 }, on: { default: 'web' } } },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
}

t.test('random objects are the same again, and so is their tree', async (t) => {
  const identity = (apiVersion: string, kind: string): DataObject => ({
    apiVersion,
    kind,
    metadata: { name: 'a', namespace: 'n' },
  })
  const pod = spec.map((made) => ({ ...identity('v1', 'Pod'), spec: made }))
  const custom = thing.map((made) => ({ ...identity('x.io/v1', 'Thing'), spec: made }))
  fc.assert(
    fc.property(pod, custom, (...objects) => {
      const keyed = project([definition, ...objects])
      const { objects: again, problems } = objectsInTree(keyed.state)
      const plain = project([definition, ...objects], 'plain')
      t.strictSame(problems, [])
      for (const { path, object } of again) t.strictSame(ordinary(object), ordinary(valueAt(plain.state, path)))
      t.strictSame(ordinary(project(again.map(({ object }) => object)).state), ordinary(keyed.state))
    }),
    { numRuns: runs },
  )
})
