import * as fc from 'fast-check'
import t from 'tap'
import { toJson } from '../../src/document/to-json.ts'
import { shapeIn } from '../../src/kubernetes/known-kinds.ts'
import { objectsInTree } from '../../src/kubernetes/objects-in-tree.ts'
import { projectKubernetes } from '../../src/kubernetes/project.ts'
import type { Field, Shape } from '../../src/kubernetes/shape.ts'
import { apiKinds, apiTypes } from '../../src/kubernetes/tables/api-types.ts'
import { clusterScopedKinds } from '../../src/kubernetes/tables/cluster-scoped.ts'
import type { Data, DataObject } from '../../src/model/data.ts'
import { documentOf } from '../support/document.ts'

const runs = Number(process.env['CONGRUENT_FUZZ_RUNS'] ?? 20)

// Objects as an API server answers with: nothing null or empty, quantities in its own notation. Then nothing is left out on
// the way into the tree, and what comes back must be the same text. No label is a whole number: JavaScript puts those first.

const text = fc.constantFrom('web', 'a/b', 'x#2', '#1', '#3', '80/TCP', 'a.b', '', '/', 'constructor', '__proto__', 'ü')
const scalar: fc.Arbitrary<Data> = fc.oneof(text, fc.integer({ min: -2, max: 70_000 }), fc.boolean())
const quantity = fc.constantFrom('1Gi', '500m', '2')

/** Of a keyed list's element: the members of its key, each often there and often the same. */
function keyOf({ keys = [] }: Field): fc.Arbitrary<readonly (readonly [string, Data])[]> {
  const part: fc.Arbitrary<Data> =
    keys.length === 1 ? text : fc.oneof(fc.constantFrom<Data>('web', 'TCP', 80, 'a/b'), scalar)
  return fc
    .tuple(
      ...keys.map((key) =>
        fc.option(
          part.map((value) => [key, value] as const),
          { nil: undefined, freq: 6 },
        ),
      ),
    )
    .map((members) => members.flatMap((member) => (member === undefined ? [] : [member])))
}

function objectOf(shape: Shape | undefined, depth: number): fc.Arbitrary<DataObject> {
  const known = Object.entries(shape ?? {}).filter(([label]) => !['metadata', 'resourceVersion'].includes(label))
  if (depth === 0 || known.length === 0) return fc.dictionary(text, scalar, { maxKeys: 2 })
  return fc
    .tuple(fc.subarray(known, { maxLength: Math.min(4, known.length) }), fc.dictionary(text, scalar, { maxKeys: 2 }))
    .chain(([fields, others]) =>
      fc
        .tuple(...fields.map(([label, field]) => valueOf(field, depth - 1).map((value) => [label, value] as const)))
        .map((members) => madeOf([...members, ...Object.entries(others)])),
    )
}

function valueOf(field: Field, depth: number): fc.Arbitrary<Data> {
  const element = field.type === 'Quantity' ? quantity : objectOf(shapeIn(field), depth)
  if (field.in === 'map')
    return fc.dictionary(text, field.type === undefined ? scalar : element, { minKeys: 1, maxKeys: 3 })
  if (field.in !== 'list') return element
  const keyed = fc.tuple(keyOf(field), element).map(([key, other]) => {
    return typeof other === 'object' ? madeOf([...key, ...Object.entries(other)]) : other
  })
  const odd = fc.oneof({ weight: 12, arbitrary: keyed }, { weight: 1, arbitrary: scalar })
  return fc.array(field.keys === undefined ? element : odd, { minLength: 1, maxLength: 4 })
}

/** A map whose first member of a name counts, whatever the name. */
function madeOf(members: readonly (readonly [string, Data])[]): DataObject {
  const map = new Map(members.toReversed())
  const order = [...new Set(members.map(([label]) => label))]
  return Object.fromEntries(order.map((label) => [label, map.get(label) ?? '']))
}

const roots = Object.entries(apiKinds).flatMap(([kind, versions]) =>
  Object.entries(versions).map(([version, type]) => ({ kind, version, type })),
)

t.test('an object of any kind, to lists by key and back, is the same text', { timeout: 300_000 }, async (t) => {
  t.equal(roots.length, 171)
  let lists = 0
  for (const { kind, version, type } of roots) {
    if (kind === 'Secret') continue
    const [name = '', ...group] = kind.split('.')
    const identity = {
      apiVersion: [...(group.length === 0 ? [] : [group.join('.')]), version].join('/'),
      kind: name,
      metadata: { name: 'a', ...(clusterScopedKinds.includes(kind) ? {} : { namespace: 'n' }) },
    }
    const shape = apiTypes[type]
    fc.assert(
      fc.property(objectOf(shape, 6), (members) => {
        const object = {
          ...identity,
          ...Object.fromEntries(Object.entries(members).filter(([label]) => !(label in identity))),
        }
        const keyed = projectKubernetes([documentOf(object)], { lists: 'keyed' })
        const { objects, problems } = objectsInTree(keyed.state)
        const again = objects.map((back) => toJson(back.object))
        if (problems.length > 0 || again[0] !== toJson(object)) {
          throw new Error(
            `${toJson(object)} became ${again.join('')} by ${toJson(keyed.state)} ${JSON.stringify(problems)}`,
          )
        }
        lists += keyed.notes.length
      }),
      { numRuns: runs, seed: 1 },
    )
  }
  t.ok(lists > 100, `${lists} notes of elements without a key and of keys that repeat`)
})
