import t from 'tap'
import { parameterChanges } from '../../src/review/parameter-changes.ts'
import type { SetParameter } from '../../src/workspace/pack-parameters.ts'

const set = (path: readonly string[], value: SetParameter['value'], line = 4): SetParameter => ({
  team: 'platform',
  definition: '#podSecurity',
  path,
  value,
  position: { line, column: 9 },
})

t.test('each parameter that is set otherwise is one change, at its line in the workspace file', async (t) => {
  const changes = parameterChanges(
    [set(['level'], 'baseline'), set(['exempt', 'namespaces'], ['kube-system']), set(['version'], 'v1.30')],
    [set(['version'], 'v1.30', 9), set(['level'], 'restricted', 5), set(['exempt', 'users'], [1n])],
    'congruent.yaml',
  )
  const said = (line: number) => ({
    conjuncts: [{ team: 'platform', file: 'congruent.yaml', line, column: 9 }],
    teams: ['platform'],
  })
  t.strictSame(changes, [
    {
      at: '#podSecurity.level',
      path: ['#podSecurity', 'level'],
      change: 'changed',
      before: '"baseline"',
      after: '"restricted"',
      side: 'head',
      ...said(5),
    },
    {
      at: '#podSecurity.exempt.namespaces',
      path: ['#podSecurity', 'exempt', 'namespaces'],
      change: 'removed',
      before: '["kube-system"]',
      side: 'base',
      ...said(4),
    },
    {
      at: '#podSecurity.exempt.users',
      path: ['#podSecurity', 'exempt', 'users'],
      change: 'added',
      after: '[1]',
      side: 'head',
      ...said(4),
    },
  ])
})
