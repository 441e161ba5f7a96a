import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { cyclesOf, hadSeen, isLater } from '../../src/observation/order.ts'
import { reachOf } from '../../src/observation/reach.ts'
import type { Snapshot } from '../../src/observation/snapshot.ts'

const observer = fc.constantFrom('u', 'v', 'w', 'x')
const snapshots = fc
  .uniqueArray(fc.record({ observer, sequence: fc.nat(3), seen: fc.dictionary(observer, fc.nat(4), { maxKeys: 3 }) }), {
    selector: (one) => `${one.observer}${one.sequence}`,
    maxLength: 8,
  })
  .map((all) =>
    all.map(({ seen, ...said }): Snapshot => ({
      ...said,
      seen: new Map(Object.entries(seen)),
      covers: [],
      refused: [],
      reach: reachOf([], []),
      parts: [],
      digest: '',
    })),
  )

const isNewer = (a: Snapshot, b: Snapshot) => isLater(a, b) || hadSeen(a, b)

t.test('a snapshot is in a circle if it is newer than itself through others', async (t) => {
  let circles = 0
  fc.assert(
    fc.property(snapshots, (all) => {
      const newer = all.map((a) => all.map((b) => isNewer(a, b)))
      for (const [k] of all.entries())
        for (const row of newer) if (row[k]) for (const [j] of all.entries()) row[j] ||= newer[k]?.[j] ?? false
      const inCircles = all.filter((_, index) => newer[index]?.[index])
      const groups = cyclesOf(all)
      circles += groups.length
      assert.deepEqual(new Set(groups.flat()), new Set(inCircles))
      for (const group of groups)
        for (const a of group)
          for (const b of all)
            assert.equal(
              group.includes(b),
              newer[all.indexOf(a)]?.[all.indexOf(b)] && newer[all.indexOf(b)]?.[all.indexOf(a)],
            )
    }),
    { numRuns: 500 },
  )
  t.ok(circles > 20, `${circles} circles`)
})
