import t from 'tap'
import type { Comparison } from '../../src/model/proposal.ts'
import type { Change } from '../../src/model/review.ts'
import { effectOf } from '../../src/review/effect.ts'
import { finding } from '../support/findings.ts'

function change(kind: Change['change'], at: string): Change {
  return { at, path: [at], change: kind, side: 'head', conjuncts: [], teams: [] }
}

t.test('what a comparison comes to, the same change in two environments once', async (t) => {
  const of = (name: string, changes: readonly Change[]): Comparison['environments'][number] => ({
    name,
    snapshots: [],
    changes,
    conflicts: { new: [], resolved: [] },
    findings: { new: [], resolved: [], changed: [], renamed: [] },
  })
  const both = [change('tighter', 'a'), change('added', 'b'), change('removed', 'c')]
  const environments = [of('dev', both), of('prod', [...both, change('default', 'd'), change('unordered', 'e')])]
  t.same(effectOf({ verdict: 'changed', environments }), {
    verdict: 'changed',
    tighter: 2,
    looser: 1,
    otherwise: 1,
    defaults: 1,
    conflicts: 0,
    violating: 0,
    undecided: 0,
    resolved: 0,
  })
})

t.test('a path counts once, whatever many rules say of it in however many environments', async (t) => {
  const [one, other] = [finding({ rule: { id: 'HA-1' } }), finding({ rule: { id: 'HA-2' } })]
  const of = (name: string): Comparison['environments'][number] => ({
    name,
    snapshots: [],
    changes: [],
    conflicts: { new: [], resolved: [] },
    findings: {
      new: [one, other, finding({ kind: 'unobserved', outcome: 'undecided' })],
      resolved: [],
      changed: [],
      renamed: [],
    },
  })
  t.match(effectOf({ verdict: 'violates', environments: [of('dev'), of('prod')] }), { violating: 1, undecided: 1 })
})
