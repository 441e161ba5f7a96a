import t from 'tap'
import type { Finding } from '../../src/model/finding.ts'
import { differencesOf } from '../../src/testing/judge.ts'

const place = { line: 3, column: 5 }

function finding(said: Partial<Finding>): Finding {
  return {
    fingerprint: '',
    environment: 'prod',
    kind: 'mismatch',
    outcome: 'violates',
    severity: 'error',
    rule: { id: 'HA-1' },
    path: ['services', 'web', 'replicas'],
    at: 'services.web.replicas',
    message: 'invalid value 1 (out of bound >=2)',
    conjuncts: [],
    observations: [],
    teams: [],
    ...said,
  }
}

const kindsOf = (...given: Parameters<typeof differencesOf>): readonly string[] =>
  differencesOf(...given).map(({ kind }) => kind)

t.test('every word of an expectation must hold, and a pattern stands for one label', async (t) => {
  const findings = [finding({})]
  for (const [expected, fits] of [
    [{}, true],
    [{ rule: 'HA-*', path: 'services.*.replicas', kind: 'mismatch', severity: 'error', message: '>=2' }, true],
    [{ rule: 'HA' }, false],
    [{ path: 'services.*' }, false],
    [{ path: '*.*.*' }, true],
    [{ kind: 'missing' }, false],
    [{ severity: 'warning' }, false],
    [{ message: '>=3' }, false],
  ] as const) {
    const found = kindsOf({ findings: [{ ...expected, ...place }], ...place }, { findings })
    t.same(found, fits ? [] : ['absent', 'unexpected'], JSON.stringify(expected))
  }
})

t.test('nothing else may be found, unless the case says so or says only a verdict', async (t) => {
  const findings = [finding({}), finding({ rule: { id: 'NET-1' } })]
  const expected = [{ rule: 'HA-1', ...place }]
  t.same(kindsOf({ findings: expected, ...place }, { findings }), ['unexpected'])
  t.same(kindsOf({ findings: expected, also: 'any', ...place }, { findings }), [])
  t.same(kindsOf({ verdict: 'violates', ...place }, { findings }), [])
  t.same(kindsOf({ verdict: 'conforms', findings: [], ...place }, { findings }), [
    'verdict',
    'unexpected',
    'unexpected',
  ])
})

t.test('what nobody observed, and drift, count only where they are expected', async (t) => {
  const unobserved = finding({ kind: 'unobserved', outcome: 'undecided' })
  const drift = finding({ kind: 'drift', outcome: 'none', severity: 'info' })
  const findings = [unobserved, drift]
  t.same(kindsOf({ verdict: 'conforms', findings: [], ...place }, { findings }), [])
  t.same(kindsOf({ verdict: 'undecided', ...place }, { findings }), [])
  t.same(kindsOf({ findings: [{ kind: 'drift', ...place }], ...place }, { findings }), [])
  t.same(kindsOf({ findings: [{ kind: 'drift', ...place }], ...place }, { findings: [unobserved] }), ['absent'])
})

t.test('the wrong word of an expectation is told', async (t) => {
  const hint = (expected: object): string | undefined =>
    differencesOf({ findings: [{ ...expected, ...place }], also: 'any', ...place }, { findings: [finding({})] })[0]
      ?.hint
  t.equal(hint({ rule: 'HA-1', severity: 'warning' }), 'found with severity `error`')
  t.equal(hint({ rule: 'HA-1', path: 'services.db.replicas' }), 'found with path `services.web.replicas`')
  t.equal(hint({ rule: 'HA-2', path: 'services.web.replicas' }), 'found with rule `HA-1`')
  t.equal(hint({ rule: 'HA-2' }), undefined)
})
