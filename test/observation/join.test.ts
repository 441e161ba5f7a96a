import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { Data } from '../../src/model/data.ts'
import type { Path } from '../../src/model/path.ts'
import { parsePattern } from '../../src/model/path.ts'
import { overlaps, reaches } from '../../src/model/path-pattern.ts'
import { joinSnapshots } from '../../src/observation/join.ts'
import { newest } from '../../src/observation/newest.ts'
import { cyclesOf } from '../../src/observation/order.ts'
import { reachOf } from '../../src/observation/reach.ts'
import type { Snapshot } from '../../src/observation/snapshot.ts'
import { toJson } from '../../src/document/to-json.ts'
import { valueAt } from '../support/document.ts'

// Leaves stand at these paths only, so that what each snapshot says of a leaf can be told without looking at the rest.
const leaves = ['c', 'a.x', 'a.y', 'b.x', 'b.y.p', 'b.y.q'].map((text) => text.split('.'))
const patterns = ['', 'a', 'b', 'c', '*', 'a.x', 'a.*', 'b.y', '*.x', 'b.*.p', 'b.y.q']

const leafValues = fc.uniqueArray(fc.tuple(fc.nat(leaves.length - 1), fc.nat(1)), {
  selector: ([leaf]) => leaf,
  maxLength: 4,
})
const observers = ['u', 'v', 'w']

const snapshotOf = fc
  .record({
    observer: fc.constantFrom(...observers),
    sequence: fc.integer({ min: 1, max: 3 }),
    parts: fc.array(leafValues, { minLength: 1, maxLength: 2 }),
    covers: fc.uniqueArray(fc.constantFrom(...patterns), { maxLength: 3 }),
    refused: fc.oneof(
      { weight: 3, arbitrary: fc.constant<string[]>([]) },
      fc.uniqueArray(fc.constantFrom(...patterns.slice(1)), { maxLength: 2 }),
    ),
    seen: fc.dictionary(fc.constantFrom(...observers), fc.integer({ min: 1, max: 3 }), { maxKeys: 1 }),
  })
  .map(({ parts, seen, ...said }): Snapshot => {
    const covers = said.covers.map(parsePattern)
    const refused = said.refused.map((text) => ({ path: parsePattern(text), reason: 'no' }))
    return {
      ...said,
      seen: new Map(Object.entries(seen)),
      covers,
      refused,
      reach: reachOf(covers, refused),
      parts: parts.map((values) => ({
        state: treeOf(values),
        masked: [],
        applied: [],
        secrets: [],
        files: [],
        origin: () => undefined,
      })),
      digest: '',
    }
  })

const snapshots = fc
  .uniqueArray(snapshotOf, { selector: ({ observer, sequence }) => `${observer}${sequence}`, maxLength: 5 })
  .filter((all) => cyclesOf(all).length === 0)

function treeOf(values: readonly (readonly [number, number])[]): Snapshot['parts'][number]['state'] {
  const root: Record<string, Data> = {}
  for (const [leaf, value] of values) {
    const path = leaves[leaf] ?? []
    let map = root
    for (const label of path.slice(0, -1)) {
      const inner = (map[label] ??= {}) as Record<string, Data>
      map = inner
    }
    map[path.at(-1) ?? ''] = value
  }
  return root
}

/** What may be at a leaf: every value that somebody reports, and `absent`; by the words of the specification, one snapshot against each other. */
function alternatives(all: readonly Snapshot[], leaf: Path): ReadonlySet<string> {
  const words = all.map((snapshot) => {
    const values = snapshot.parts.flatMap(({ state }) => valueAt(state, leaf) ?? [])
    const looked =
      snapshot.covers.some((cover) => reaches(cover, leaf)) &&
      !snapshot.refused.some(({ path }) => overlaps(path, leaf))
    return { snapshot, values, speaks: values.length > 0 || looked }
  })
  const speaking = words.filter(({ speaks }) => speaks)
  const latest = speaking.filter(
    (word) =>
      !speaking.some(
        ({ snapshot }) => snapshot.observer === word.snapshot.observer && snapshot.sequence > word.snapshot.sequence,
      ),
  )
  const standing = latest.filter(
    (word) =>
      !latest.some(
        ({ snapshot }) =>
          snapshot.observer !== word.snapshot.observer &&
          (snapshot.seen.get(word.snapshot.observer) ?? 0) >= word.snapshot.sequence,
      ),
  )
  return new Set(
    standing.flatMap(({ values }) => (values.length > 0 ? values.map((value) => toJson(value)) : ['absent'])),
  )
}

/** The same, as the join says it. */
function joinedAlternatives(all: readonly Snapshot[], leaf: Path): ReadonlySet<string> {
  const { state, contested } = joinSnapshots(all)
  const dispute = contested.find(
    ({ path }) => path.length <= leaf.length && path.every((label, index) => label === leaf[index]),
  )
  if (!dispute) {
    const value = valueAt(state, leaf)
    return new Set(value === undefined ? [] : [toJson(value)])
  }
  const below = leaf.slice(dispute.path.length)
  const told = dispute.values
    .map((text) => valueAt(JSON.parse(text), below))
    .map((value) => (value === undefined ? 'absent' : toJson(value)))
  return new Set([...told, ...(dispute.absent ? ['absent'] : [])])
}

const isSilent = (said: ReadonlySet<string>) => said.size === 0 || (said.size === 1 && said.has('absent'))

t.test('every leaf comes out as if snapshots were compared there one by one', async (t) => {
  let disputes = 0
  fc.assert(
    fc.property(snapshots, (all) => {
      for (const leaf of leaves) {
        const [expected, found] = [alternatives(all, leaf), joinedAlternatives(all, leaf)]
        if (expected.size > 1) disputes++
        if (!isSilent(expected) || !isSilent(found))
          assert.deepEqual([...found].sort(), [...expected].sort(), leaf.join('.'))
      }
    }),
    { numRuns: 1500 },
  )
  t.ok(disputes > 100, `${disputes} disputes`)
})

t.test('leaving out replaced snapshots and changing the order change nothing', async (t) => {
  let left = 0
  fc.assert(
    fc.property(
      snapshots.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const text = (some: readonly Snapshot[]) => {
          const { state, contested } = joinSnapshots(some)
          return [toJson(state, { sorted: true }), contested.map((one) => JSON.stringify(one)).sort()]
        }
        assert.deepEqual(text(shuffled), text(all))
        const kept = newest(all)
        left += all.length - kept.length
        for (const leaf of leaves) {
          const [expected, found] = [alternatives(all, leaf), joinedAlternatives(kept, leaf)]
          if (!isSilent(expected) || !isSilent(found))
            assert.deepEqual([...found].sort(), [...expected].sort(), leaf.join('.'))
        }
      },
    ),
    { numRuns: 500 },
  )
  t.ok(left > 50, `${left} snapshots were left out`)
})
