import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import t from 'tap'
import { projectKubernetes } from '../../src/kubernetes/project.ts'
import { isDataObject, type Data, type DataObject } from '../../src/model/data.ts'
import { dataMap } from '../../src/model/data-map.ts'
import { maskedValue } from '../../src/model/masked.ts'
import { editsBetween, withoutValue, withValue } from '../../src/patch/edits.ts'
import { thingsBetween } from '../../src/patch/things.ts'
import { documentOf, ordinary } from '../support/document.ts'
import { applyPatch } from '../support/json-patch.ts'

function tree(...objects: readonly Data[]): DataObject {
  return projectKubernetes(
    objects.map((data, index) => documentOf(data, 'a.yaml', index)),
    { lists: 'keyed' },
  ).state
}

function deployment(containers: readonly Data[], metadata: DataObject = {}, more: DataObject = {}): DataObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', ...metadata },
    spec: { ...more, template: { spec: { containers } } },
  }
}

/** The only object of a tree, patched as it is written. */
function patched(before: DataObject, after: DataObject): unknown {
  const { patches, create } = thingsBetween(tree(before), tree(after))
  if (create.length > 0 || patches.some(({ object }) => object?.name !== 'web'))
    throw new Error('one object was expected')
  return applyPatch(
    ordinary(before),
    patches.flatMap(({ operations }) => operations),
  )
}

const asTree = (data: unknown): unknown => ordinary(tree(data as Data))

t.test('a patch of plain data is one of the whole state', async (t) => {
  const value = fc.letrec<{ value: Data }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Data>(1, 'x', true, null),
      fc.array(tie('value'), { maxLength: 3 }) as fc.Arbitrary<Data>,
      fc.dictionary(fc.constantFrom('a', 'b/c', 'd~e', '__proto__', '0'), tie('value'), {
        maxKeys: 4,
      }) as fc.Arbitrary<Data>,
    ),
  })).value
  const map = value.filter(isDataObject)
  fc.assert(
    fc.property(map, map, (before, after) => {
      const { patches } = thingsBetween(before, after)
      const operations = patches.flatMap((one) => one.operations)
      const sort = (data: unknown): unknown => JSON.parse(JSON.stringify(data))
      const isOne = patches.every(({ at, object }) => at === '' && object === undefined)
      return isOne && isDeepStrictEqual(sort(applyPatch(ordinary(before), operations)), sort(ordinary(after)))
    }),
  )
})

t.test('elements of lists by key stand where the object has them, and are tested by their key', async (t) => {
  const before = deployment([
    { name: 'a', image: 'a:1', ports: [{ containerPort: 1 }, { containerPort: 2 }, { containerPort: 3 }] },
    { name: 'b', image: 'b:1', env: [{ name: 'X', value: '1' }] },
    { name: 'c', args: ['1', '2'] },
  ])
  const after = deployment([
    {
      name: 'b',
      image: 'b:2',
      env: [
        { name: 'X', value: '1' },
        { name: 'Y', value: '2' },
      ],
    },
    { name: 'c', args: ['1', '3'] },
    { name: 'd', ports: [{ containerPort: 53, protocol: 'UDP' }] },
  ])
  const { patches } = thingsBetween(tree(before), tree(after))
  t.same(
    patches,
    [
      {
        at: 'namespaces.shop."Deployment.apps".web',
        object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
        operations: [
          { op: 'test', path: '/spec/template/spec/containers/0/name', value: 'a' },
          { op: 'test', path: '/spec/template/spec/containers/1/name', value: 'b' },
          { op: 'test', path: '/spec/template/spec/containers/2/name', value: 'c' },
          { op: 'test', path: '/spec/template/spec/containers/2/args/1', value: '2' },
          { op: 'replace', path: '/spec/template/spec/containers/1/image', value: 'b:2' },
          { op: 'replace', path: '/spec/template/spec/containers/2/args/1', value: '3' },
          { op: 'add', path: '/spec/template/spec/containers/1/env/-', value: { name: 'Y', value: '2' } },
          {
            op: 'add',
            path: '/spec/template/spec/containers/-',
            value: { name: 'd', ports: [{ containerPort: 53, protocol: 'UDP' }] },
          },
          { op: 'remove', path: '/spec/template/spec/containers/0' },
        ],
      },
    ].map((one) => ({ ...one })),
  )
  t.same(asTree(patched(before, after)), asTree(after))
})

t.test('whatever changes in an object, the patched object is the wanted one', async (t) => {
  const port = fc.record(
    {
      containerPort: fc.integer({ min: 1, max: 4 }),
      protocol: fc.constantFrom('TCP', 'UDP'),
      name: fc.constantFrom('x', 'y'),
    },
    { requiredKeys: ['containerPort'] },
  )
  const container = fc.record(
    {
      name: fc.constantFrom('a', 'b', 'c', 'd/~'),
      image: fc.constantFrom('1', '2'),
      args: fc.array(fc.constantFrom('p', 'q'), { minLength: 1, maxLength: 3 }),
      ports: fc.array(port, { minLength: 1, maxLength: 4 }),
      env: fc.array(fc.record({ name: fc.constantFrom('X', 'Y', 'Z'), value: fc.constantFrom('1', '2') }), {
        minLength: 1,
        maxLength: 3,
      }),
    },
    { requiredKeys: ['name'] },
  )
  const object = fc
    .tuple(
      fc.array(container, { minLength: 1, maxLength: 4 }),
      fc.dictionary(fc.constantFrom('app', 'x/y'), fc.constantFrom('1', '2'), { minKeys: 1 }),
      fc.integer({ min: 1, max: 2 }),
    )
    .map(([containers, labels, replicas]) =>
      deployment(JSON.parse(JSON.stringify(containers)), { labels: dataMap(Object.entries(labels)) }, { replicas }),
    )
  fc.assert(
    fc.property(object, object, (before, after) => {
      const sort = (data: unknown): string =>
        JSON.stringify(data, (_, value: unknown) =>
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
            : value,
        )
      return sort(asTree(patched(before, after))) === sort(asTree(after))
    }),
  )
})

t.test('what is hidden is neither tested nor written', async (t) => {
  const before = dataMap([
    [
      'list',
      [
        dataMap([
          ['secret', maskedValue],
          ['x', 1],
        ]),
      ],
    ],
  ])
  const after = withValue(before, ['list', '0', 'x'], 2)
  t.ok(isDataObject(after))
  if (isDataObject(after))
    t.same(thingsBetween(before, after).patches, [
      { at: '', operations: [{ op: 'replace', path: '/list/0/x', value: 2 }] },
    ])
})

t.test('new objects are manifests, and manifests say what is put, not what is removed', async (t) => {
  const web = deployment([{ name: 'a', image: '1', args: ['x', 'y'] }], { labels: { old: '1' } })
  const wanted = deployment([{ name: 'a', image: '1', args: ['x', 'z'] }], { labels: { new: '1' } })
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'new' },
    spec: { ports: [{ port: 53, protocol: 'UDP' }] },
  }
  const { create, manifests, unsaid } = thingsBetween(tree(web), tree(wanted, service))
  t.same(create, [{ at: 'namespaces.new.Service.web', manifest: service }])
  t.same(manifests, [service, deployment([{ name: 'a', args: ['x', 'z'] }], { labels: { new: '1' } })])
  t.strictSame(unsaid, [['namespaces', 'shop', 'Deployment.apps', 'web', 'metadata', 'labels', 'old']])
})

t.test('a tree without a value, or with another one, is a copy', async (t) => {
  const before = dataMap([['a', [1, 2, 3]]])
  t.same(withoutValue(before, ['a', '1']), { a: [1, 3] })
  t.same(withValue(before, ['b', 'c'], 1), { a: [1, 2, 3], b: { c: 1 } })
  t.same(before, { a: [1, 2, 3] })
  t.strictSame(editsBetween(before, before), [])
})
