import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { DataObject } from '../../src/model/data.ts'
import { contains } from '../../src/model/path-pattern.ts'
import { newest } from '../../src/observation/newest.ts'
import { patternIndex } from '../../src/observation/pattern-set.ts'
import { reachOf } from '../../src/observation/reach.ts'
import type { Snapshot } from '../../src/observation/snapshot.ts'

const label = fc.constantFrom('a', 'b', 'c')
const pattern = fc.array(fc.oneof({ weight: 4, arbitrary: label }, { weight: 1, arbitrary: fc.constant(null) }), {
  maxLength: 3,
})

t.test('an index of patterns finds what all that contain a pattern keep', async () => {
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 12 }), pattern, (patterns, asked) => {
      const found = patternIndex(patterns.map((one, index) => [one, index] as const))(asked)
      const expected = [...patterns.keys()].filter((index) => contains(patterns[index] ?? [], asked))
      assert.deepEqual(
        [...found].sort((a, b) => a - b),
        expected,
      )
    }),
    { numRuns: 1000 },
  )
})

const state = fc.letrec<{ map: DataObject }>((tie) => ({
  map: fc.dictionary(label, fc.oneof({ depthSize: 'small' }, fc.constant(1), tie('map')), { maxKeys: 2 }),
})).map

const said = fc.record({
  covers: fc.array(pattern, { maxLength: 2 }),
  refused: fc.array(pattern, { maxLength: 1 }),
  states: fc.array(state, { maxLength: 2 }),
})

t.test('of many snapshots of one observer, those are left that no later one replaces', async (t) => {
  let replaced = 0
  fc.assert(
    fc.property(fc.array(said, { minLength: 9, maxLength: 14 }), (all) => {
      const snapshots = all.map(({ covers, refused, states }, sequence): Snapshot => {
        const refusals = refused.map((path) => ({ path, reason: 'no' }))
        const parts = states.map((state) => ({
          state,
          masked: [],
          applied: [],
          secrets: [],
          files: [],
          origin: () => undefined,
        }))
        const reach = reachOf(covers, refusals)
        return { observer: 'o', sequence, seen: new Map(), covers, refused: refusals, reach, parts, digest: '' }
      })
      const expected = snapshots.filter((one) =>
        snapshots.every((later) => later.sequence <= one.sequence || newest([one, later]).includes(one)),
      )
      assert.deepEqual(newest(snapshots), expected)
      replaced += snapshots.length - expected.length
    }),
    { numRuns: 500 },
  )
  t.ok(replaced > 500, `${replaced} replaced`)
})
