import t from 'tap'
import type { ReviewedEnvironment } from '../../src/model/review.ts'
import { reviewSummary, reviewVerdict } from '../../src/review/review-verdict.ts'
import { finding } from '../support/findings.ts'

const same: ReviewedEnvironment = {
  name: 'prod',
  snapshots: [],
  changes: [],
  conflicts: { new: [], resolved: [] },
  findings: { new: [], resolved: [], changed: [], renamed: [] },
}
const rest = {
  rules: { added: [], removed: [], severity: [] },
  exemptions: { added: [], removed: [], widened: [], narrowed: [] },
}

function verdict(given: Partial<ReviewedEnvironment['findings']>, failOn: 'error' | 'warning' = 'error'): string {
  return reviewVerdict({ environments: [{ ...same, findings: { ...same.findings, ...given } }], ...rest }, failOn)
}

const [error, warning] = [finding(), finding({ severity: 'warning' })]
const undecided = finding({ kind: 'unobserved', outcome: 'undecided' })
const exempted = finding({ exempted: { id: 'E', owner: 'web', expires: '2026-12-31' } })

t.test('the worst of what is new, and nothing that was there before', async (t) => {
  t.equal(verdict({}), 'unchanged')
  t.equal(verdict({ renamed: [{ before: error, after: error }] }), 'unchanged')
  t.equal(verdict({ resolved: [error] }), 'changed')
  t.equal(verdict({ new: [warning] }), 'changed')
  t.equal(verdict({ new: [warning] }, 'warning'), 'violates')
  t.equal(verdict({ new: [exempted] }), 'changed')
  t.equal(verdict({ new: [undecided] }), 'undecided')
  t.equal(verdict({ new: [undecided, error] }), 'violates')
  const conflict = finding({ kind: 'conflict', outcome: 'conflicts' })
  const conflicts = { new: [conflict], resolved: [] }
  t.equal(
    reviewVerdict(
      { environments: [{ ...same, conflicts, findings: { ...same.findings, new: [error] } }], ...rest },
      'error',
    ),
    'conflicts',
  )
  t.equal(reviewVerdict({ environments: [{ ...same, only: 'head' }], ...rest }, 'error'), 'changed')
  t.equal(
    reviewVerdict(
      {
        environments: [],
        ...rest,
        rules: { ...rest.rules, added: [{ id: 'A', team: 'a', environments: [], sites: [] }] },
      },
      'error',
    ),
    'changed',
  )
})

t.test('a finding that counts now and did not is bad news', async (t) => {
  t.equal(verdict({ changed: [{ before: warning, after: error }] }), 'violates')
  t.equal(verdict({ changed: [{ before: exempted, after: error }] }), 'violates')
  t.equal(verdict({ changed: [{ before: error, after: warning }] }), 'changed')
  t.equal(verdict({ changed: [{ before: error, after: { ...error, message: 'other' } }] }), 'changed')
})

t.test('counts by team: the owner, else the first team involved; nobody last', async (t) => {
  const findings = {
    new: [
      finding({ owner: 'web' }),
      undecided,
      warning,
      finding({ teams: [], severity: 'info', outcome: 'none', kind: 'drift' }),
    ],
    resolved: [finding({ owner: 'web' })],
    changed: [{ before: error, after: { ...error, message: 'x' } }],
    renamed: [],
  }
  const conflicts = { new: [finding({ kind: 'conflict', outcome: 'conflicts' })], resolved: [] }
  t.same(reviewSummary([{ ...same, conflicts, findings }], 'error'), {
    conflicts: 1,
    violating: 1,
    undecided: 1,
    minor: 2,
    resolved: 1,
    changed: 1,
    teams: [
      { team: 'sre', conflicts: 1, violating: 0, undecided: 1, minor: 1, resolved: 0, changed: 1 },
      { team: 'web', conflicts: 0, violating: 1, undecided: 0, minor: 0, resolved: 1, changed: 0 },
      { conflicts: 0, violating: 0, undecided: 0, minor: 1, resolved: 0, changed: 0 },
    ],
  })
})
