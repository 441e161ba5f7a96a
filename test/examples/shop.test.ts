import t from 'tap'
import { createCongruent, createCueGo, folderSource } from '../../src/index.ts'

const expected: Readonly<Record<string, { readonly verdict: string; readonly findings: readonly string[] }>> = {
  prod: {
    verdict: 'violates',
    findings: [
      'refused databases.ledger platform:databases.[]',
      'mismatch services.cart.image SEC-1',
      'mismatch services.cart.image SEC-2',
      'mismatch services.cart.memory RES-1',
      'mismatch services.catalog.replicas HA-1',
      'unexpected services.checkout.debug platform:#Service',
      'contested services.checkout.replicas payments:services.checkout.replicas',
      'mismatch services.ledger.image payments:services.ledger.image',
      'missing services.ledger.tls SEC-3',
    ],
  },
  dev: { verdict: 'conforms', findings: ['drift services.ledger.replicas platform:#Service.replicas'] },
}

t.test('the shop says what its files promise', async (t) => {
  const congruent = createCongruent({ engine: createCueGo() })
  t.teardown(() => congruent.close())
  const source = folderSource('examples/shop')
  for (const [environment, { verdict, findings }] of Object.entries(expected)) {
    const { report } = await congruent.check({ source, environments: [environment] })
    t.equal(report.verdict, verdict, environment)
    t.same(
      report.findings.map(({ kind, at, rule }) => `${kind} ${at} ${rule.id}`),
      findings,
      environment,
    )
  }
})

t.test('one fragment too many is a conflict with the lines of both sides', async (t) => {
  const congruent = createCongruent({ engine: createCueGo() })
  t.teardown(() => congruent.close())
  const { report } = await congruent.check({ source: folderSource('examples/shop'), environments: ['broken'] })
  t.equal(report.verdict, 'conflicts')
  const conflict = report.findings.find(({ kind, at }) => kind === 'conflict' && at === 'services.checkout.replicas')
  t.same(
    conflict?.conjuncts.map(({ team, file, line }) => `${team} ${file}:${line}`),
    [
      'payments teams/payments/checkout.cue:5',
      'platform platform/broken/freeze.cue:4',
      'platform platform/prod/availability.cue:4',
    ].toSorted((a, b) => Number(a.split(' ')[1]?.localeCompare(b.split(' ')[1] ?? ''))),
  )
})

t.test('every test of its policies passes', async (t) => {
  const congruent = createCongruent({ engine: createCueGo() })
  t.teardown(() => congruent.close())
  const { report } = await congruent.test({ source: folderSource('examples/shop') })
  t.ok(report.results.length > 10, 'tests were found')
  t.same(
    report.results.filter(({ outcome }) => outcome !== 'pass'),
    [],
  )
})
