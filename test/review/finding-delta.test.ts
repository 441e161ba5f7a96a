import fc from 'fast-check'
import t from 'tap'
import type { Finding } from '../../src/model/finding.ts'
import { findingDelta } from '../../src/review/finding-delta.ts'
import { finding } from '../support/findings.ts'

t.test('what comes, what goes, what is said otherwise', async (t) => {
  const [stays, goes, comes] = ['a', 'b', 'c'].map((label) => finding({ path: [label] }))
  if (stays === undefined || goes === undefined || comes === undefined) throw new Error('three findings')
  t.same(findingDelta([stays, goes], [stays, { ...comes, message: 'other' }]), {
    new: [{ ...comes, message: 'other' }],
    resolved: [goes],
    changed: [],
    renamed: [],
  })
  for (const change of [
    { message: 'invalid value 1 (out of bound >=3)' },
    { severity: 'warning' },
    { exempted: { id: 'EX-1', owner: 'web', expires: '2026-12-31' } },
  ] as const) {
    const after = { ...stays, ...change }
    t.same(findingDelta([stays], [after]).changed, [{ before: stays, after }])
  }
  const moved = { ...stays, conjuncts: [{ team: 'sre', file: 'other.cue', line: 9, column: 1 }] }
  t.same(findingDelta([stays], [moved]), { new: [], resolved: [], changed: [], renamed: [] }, 'lines are no change')
})

t.test('the same finding under another rule id has only another name', async (t) => {
  const before = finding({ rule: { id: 'sre:#Service.replicas' } })
  const after = finding({ rule: { id: 'sre:#Workload.replicas' } })
  t.same(findingDelta([before], [after]), { new: [], resolved: [], changed: [], renamed: [{ before, after }] })
  const twice = [after, finding({ rule: { id: 'sre:#Other.replicas' } })]
  t.match(findingDelta([before], twice), { new: [twice[1]], renamed: [{ before, after }] }, 'each has one partner')
  t.match(findingDelta([before], [{ ...after, message: 'other' }]), { renamed: [], new: [{}], resolved: [{}] })
})

const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    path: fc.tuple(fc.constantFrom('a', 'b', 'c')),
    rule: fc.constantFrom({ id: 'R1' }, { id: 'R2' }),
    message: fc.constantFrom('one', 'two'),
    severity: fc.constantFrom('error' as const, 'warning' as const),
  })
  .map(finding)
const anyFindings = fc.uniqueArray(anyFinding, { selector: ({ fingerprint }) => fingerprint })

t.test('before, without what goes, and with what comes, is after', async () => {
  const prints = (findings: readonly Finding[]): string[] => findings.map(({ fingerprint }) => fingerprint).toSorted()
  fc.assert(
    fc.property(anyFindings, anyFindings, (before, after) => {
      const delta = findingDelta(before, after)
      const [old, now] = [new Set(prints(before)), new Set(prints(after))]
      const fresh = prints([...delta.new, ...delta.renamed.map((pair) => pair.after)])
      const gone = prints([...delta.resolved, ...delta.renamed.map((pair) => pair.before)])
      const said = delta.changed.every(
        (pair) =>
          pair.before.fingerprint === pair.after.fingerprint &&
          pair.before.message + pair.before.severity !== pair.after.message + pair.after.severity,
      )
      const isNew = prints(after.filter(({ fingerprint }) => !old.has(fingerprint)))
      const isGone = prints(before.filter(({ fingerprint }) => !now.has(fingerprint)))
      return said && String(fresh) === String(isNew) && String(gone) === String(isGone)
    }),
  )
})
