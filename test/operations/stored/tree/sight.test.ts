import fc from 'fast-check'
import t from 'tap'
import type { Coverage } from '../../../../src/engine/protocol.ts'
import { contains } from '../../../../src/model/path-pattern.ts'
import { sightOf, type Sight } from '../../../../src/operations/stored/tree/sight.ts'

const label = fc.constantFrom('a', 'b', 'c')
const entry: fc.Arbitrary<Coverage> = fc.record({
  path: fc.array(fc.option(label, { freq: 3 }), { maxLength: 3 }),
  status: fc.constantFrom('covered', 'stale', 'refused'),
})

t.test('a refusal beats what covers, which beats what is stale; step by step as of the whole path', async (t) => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), fc.array(label, { maxLength: 4 }), (coverage, path) => {
      const sight = path.reduce<Sight>((here, step) => here.below(step), sightOf(coverage))
      const reaching = coverage.filter((one) => contains(one.path, path)).map(({ status }) => status)
      const worst = (['refused', 'covered', 'stale'] as const).find((status) => reaching.includes(status))
      const isOpen = sight.word === 'partly'
      t.ok(isOpen ? worst === undefined || worst === 'stale' : sight.word === (worst ?? 'unobserved'), sight.word)
    }),
  )
})

t.test('whether all below is alike', async (t) => {
  const sight = sightOf([
    { path: ['services'], status: 'covered' },
    { path: ['services', null, 'secret'], status: 'refused' },
  ])
  t.match(sight, { word: 'partly', isEven: false })
  t.match(sight.below('services'), { word: 'covered', isEven: false })
  t.match(sight.below('services').below('web').below('secret'), { word: 'refused', isEven: true })
  t.match(sight.below('edge'), { word: 'unobserved', isEven: true })
})
