import t from 'tap'
import { outsideOf } from '../../../src/evaluation/results/outside.ts'
import type { ObservedState } from '../../../src/observation/cut.ts'

const state = {
  zones: { north: { up: true, name: 'n' }, south: { up: true, name: 's' }, east: { up: false }, west: null },
  limits: { most: 3 },
}
const observed: ObservedState = { state, coverage: [{ path: [], status: 'covered' }], contested: [], masked: [] }
const inZone = (zone: string): readonly string[] => ['spaces', zone, 'apps', 'web']

t.test('nothing is read: nothing is told apart', async (t) => {
  t.equal(outsideOf(observed, [])(inZone('north')), '')
})

t.test('what is found under labels of their own is compared without them', async (t) => {
  const of = outsideOf(observed, [['zones', 1, 'up']])
  t.equal(of(inZone('north')), of(inZone('south')))
  t.not(of(inZone('north')), of(inZone('east')), 'another value')
  t.not(of(inZone('east')), of(inZone('west')), 'a place that is no map')
  t.not(of(inZone('east')), of(inZone('nowhere')), 'a place that is not there')
  const whole = outsideOf(observed, [['zones', 1]])
  t.not(whole(inZone('north')), whole(inZone('south')), 'all of a place')
})

t.test('what all read alike tells nobody apart, but states', async (t) => {
  const reads = [['limits'], ['zones', 1, 'up']]
  const changed = { ...observed, state: { ...state, limits: { most: 4 } } }
  t.equal(outsideOf(observed, reads)(inZone('north')), outsideOf(observed, reads)(inZone('south')))
  t.not(outsideOf(observed, reads)(inZone('north')), outsideOf(changed, reads)(inZone('north')))
})

t.test('who looked where is part of what is read', async (t) => {
  const reads = [['zones', 1, 'up']]
  const remarks: readonly Partial<ObservedState>[] = [
    { coverage: [...observed.coverage, { path: ['zones', 'south'], status: 'refused', reason: 'no' }] },
    { contested: [{ path: ['zones', 'south', 'up'], values: ['false', 'true'] }] },
    { masked: [['zones', 'south', 'up']] },
  ]
  for (const remark of remarks) {
    const of = outsideOf({ ...observed, ...remark }, reads)
    t.not(of(inZone('north')), of(inZone('south')), JSON.stringify(remark))
    t.equal(of(inZone('north')), outsideOf(observed, reads)(inZone('north')), 'of others nothing changes')
  }
})
