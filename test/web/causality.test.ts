import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { transformWithOxc } from 'vite'
import type * as Layout from '../../web/src/pages/observers/causality.ts'
import type * as Names from '../../web/src/pages/observers/lane-names.ts'
import type { Reported } from '../../web/src/pages/observers/causality.ts'

// The pages are no part of what is compiled for Node.
async function compiled(file: string): Promise<string> {
  const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file, { sourcemap: false })
  return `data:text/javascript,${encodeURIComponent(code)}`
}
const { causality, keyOf }: typeof Layout = await import(await compiled('web/src/pages/observers/causality.ts'))
const { laneNames }: typeof Names = await import(await compiled('web/src/pages/observers/lane-names.ts'))

t.test('long names of observers are short, and never read the same', async (t) => {
  const long = ['a', 'b', 'b2'].map((zone) => `observer-in-frankfurt-zone-${zone}`)
  t.same(laneNames(['node-1', ...long]), ['node-1', '…a', '…b', '…b2'])
  t.same(laneNames(['a-very-long-name-of-its-own']), ['a-very-long-na…'])
})

const of = (observer: string, sequence: number, seen: Record<string, number> = {}): Reported => ({
  observer,
  sequence,
  seen,
})

t.test('columns, past, future and vectors of a small history', async (t) => {
  const order = causality([
    of('us', 2, { eu: 1 }),
    of('eu', 3),
    of('eu', 1, { edge: 9 }),
    of('edge', 9),
    of('us', 1),
    of('eu', 4, { us: 2, eu: 77 }),
    of('probe', 5, { us: 1, gone: 6 }),
  ])
  t.same(order.lanes, ['edge', 'eu', 'probe', 'us'])
  t.same(
    order.places.map(({ key, lane, column }) => [key, lane, column]),
    [
      ['edge#9', 0, 0],
      ['eu#1', 1, 1],
      ['eu#3', 1, 2],
      ['eu#4', 1, 3],
      ['probe#5', 2, 1],
      ['us#1', 3, 0],
      ['us#2', 3, 2],
    ],
  )
  t.equal(order.columns, 4)
  t.same(Object.fromEntries(order.relations('eu#3')), {
    'edge#9': 'past',
    'eu#1': 'past',
    'eu#3': 'chosen',
    'eu#4': 'future',
    'probe#5': 'concurrent',
    'us#1': 'concurrent',
    'us#2': 'concurrent',
  })
  t.same(Object.fromEntries(order.vector('us#2')), { edge: 9, eu: 1, us: 2 }, 'through others, too')
  t.same(Object.fromEntries(order.vector('probe#5')), { gone: 6, probe: 5, us: 1 }, 'also of whom nothing is there')
  t.same(
    order.lines.map(({ from, to }) => `${from} ${to}`),
    ['edge#9 eu#1', 'us#2 eu#4', 'us#1 probe#5', 'eu#1 us#2'],
  )
  t.same([order.find('eu#4')?.sequence, order.find('eu#5'), causality([]).columns], [4, undefined, 1])
})

const names = fc.constantFrom('a', 'b', '__proto__')
const reported = fc.array(
  fc.record({
    observer: names,
    sequence: fc.nat(6),
    seen: fc.dictionary(names, fc.nat(8), { maxKeys: 3 }),
  }),
  { maxLength: 14 },
)

t.test(
  'whatever is said, also what cannot be: past and future are apart, and concurrency goes both ways',
  async (t) => {
    fc.assert(
      fc.property(reported, (snapshots) => {
        const order = causality(snapshots)
        for (const one of order.places) {
          const relations = order.relations(one.key)
          for (const other of order.places) {
            const there = relations.get(other.key)
            const back = order.relations(other.key).get(one.key)
            if (there !== (one === other ? 'chosen' : expected(back))) return false
          }
        }
        return order.places.length === new Set(snapshots.map(keyOf)).size
      }),
    )
  },
)

t.test('where it can be, what was seen lies to the left', async (t) => {
  fc.assert(
    fc.property(reported, (snapshots) => {
      // Nobody has seen what comes later in the list.
      const known = new Map<string, number>()
      const possible = snapshots.map((snapshot, index) => {
        const seen = Object.fromEntries([...known].filter(([name]) => Object.hasOwn(snapshot.seen, name)))
        known.set(snapshot.observer, index)
        return { ...snapshot, sequence: index, seen }
      })
      const order = causality(possible)
      const columns = new Map(order.places.map(({ key, column }) => [key, column]))
      return order.places.every(({ key, column }) =>
        [...order.relations(key)].every(
          ([other, relation]) => relation !== 'past' || (columns.get(other) ?? 0) < column,
        ),
      )
    }),
  )
})

function expected(back: string | undefined): string | undefined {
  if (back === 'past') return 'future'
  return back === 'future' ? 'past' : back
}
