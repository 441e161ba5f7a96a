import fc from 'fast-check'
import t from 'tap'
import { excuse } from '../../src/check/exemptions/excuse.ts'
import { exemptionFindings } from '../../src/check/exemptions/exemption-findings.ts'
import { exemptionsHoldUntil, heldExemptions, type HeldExemption } from '../../src/check/exemptions/held.ts'
import { useFlaws } from '../../src/check/exemptions/use.ts'
import { verdictOf } from '../../src/check/verdict.ts'
import type { Finding } from '../../src/model/finding.ts'
import { formatPath } from '../../src/model/path.ts'
import type { PlacedExemption } from '../../src/workspace/read-exemptions.ts'

const now = new Date('2026-05-04T12:00:00Z')
const ground = { teams: ['web', 'sre'], environments: ['dev', 'prod'], now }

function exemption(given: Partial<PlacedExemption> = {}): PlacedExemption {
  return {
    id: 'E-1',
    rule: 'HA-1',
    path: 'services.web',
    owner: 'web',
    reason: 'moves',
    expires: '2026-05-04',
    file: 'exemptions/all.yaml',
    line: 2,
    ...given,
  }
}

function finding(path: readonly string[] = ['services', 'web', 'replicas'], given: Partial<Finding> = {}): Finding {
  return {
    fingerprint: 'f'.repeat(32),
    environment: 'prod',
    kind: 'mismatch',
    outcome: 'violates',
    severity: 'error',
    rule: { id: 'HA-1' },
    path,
    at: formatPath(path),
    message: 'wrong',
    conjuncts: [],
    observations: [],
    teams: [],
    ...given,
  }
}

const held = (...several: readonly Partial<PlacedExemption>[]): readonly HeldExemption[] =>
  heldExemptions(several.map(exemption), ground)

const excusedBy = (found: Finding, ...several: readonly Partial<PlacedExemption>[]): string | undefined =>
  excuse('prod', [found], held(...several)).findings[0]?.exempted?.id

t.test(
  'an exemption holds for its rule, at its path and below, in its environments, through its last day',
  async (t) => {
    t.strictSame(excuse('prod', [finding()], held({})).findings[0]?.exempted, {
      id: 'E-1',
      owner: 'web',
      expires: '2026-05-04',
    })
    t.equal(excusedBy(finding(), { rule: 'HA-2' }), undefined)
    t.equal(excusedBy(finding(), { rule: 'H*1' }), 'E-1')
    t.equal(excusedBy(finding(), { rule: 'HA-.' }), undefined, 'only `*` is special')
    t.equal(excusedBy(finding(['services', 'web']), {}), 'E-1')
    t.equal(excusedBy(finding(['services']), {}), undefined)
    t.equal(excusedBy(finding(['services', 'api', 'replicas']), { path: 'services.*.replicas' }), 'E-1')
    t.equal(excusedBy(finding(['services', 'api', 'image']), { path: 'services.*.replicas' }), undefined)
    t.equal(excusedBy(finding([]), { path: '' }), 'E-1')
    t.equal(excusedBy(finding(), { environments: ['dev'] }), undefined)
    t.equal(excusedBy(finding(), { environments: ['dev', 'prod'] }), 'E-1')
    t.equal(excusedBy(finding(), { expires: '2026-05-03' }), undefined)
    t.equal(excusedBy(finding(), {}, { id: 'E-2', expires: '2027-01-01' }), 'E-2', 'the one that holds longest')
    t.equal(excusedBy(finding(), { id: 'E-2' }, {}), 'E-1', 'then the first by id')
  },
)

t.test('without an owner, a day or a path it excuses nothing, and says why', async (t) => {
  for (const [given, words] of [
    [{ owner: 'webb' }, 'its owner `webb` is no team here: expected one of `sre`, `web`'],
    [{ expires: '2026-02-30' }, 'no calendar has its last day, 2026-02-30'],
    [{ expires: '2026-05-03' }, 'it ended with 2026-05-03: remove it, or agree on a later day'],
    [{ path: 'a..b' }, /^its path does not hold: `a\.\.b` is not a path/],
  ] as const) {
    t.equal(excusedBy(finding(), given), undefined)
    const [one] = held(given)
    t.match(one?.flaws, [words])
  }
  const [first, second] = held({}, { line: 9, path: 'services' })
  t.match(
    [first, second],
    [
      { holds: true, flaws: [] },
      { holds: false, copy: 1 },
    ],
  )
  t.match(second?.flaws, ['`exemptions/all.yaml:2` has the same id: give each its own'])
  const [partly] = held({ environments: ['prod', 'prdo'] })
  t.match(partly, {
    holds: true,
    about: ['prod'],
    flaws: ['there is no environment `prdo`: expected one of `dev`, `prod`'],
  })
})

t.test('the last moment at which the same is excused', async (t) => {
  const until = (...days: readonly string[]): number =>
    exemptionsHoldUntil(
      days.map((expires) => ({ expires })),
      now,
    )
  t.equal(until('2026-05-05', '2026-05-04', '2026-05-03', '2026-02-30'), Date.parse('2026-05-04T23:59:59.999Z'))
  t.equal(until('2026-05-03'), Infinity)
})

t.test('conflicts are never excused, and nothing that is excused counts', async (t) => {
  const labels = fc.constantFrom('services', 'web', 'api', 'replicas', '0', '*')
  const anyFinding = fc
    .record({
      path: fc.array(labels, { maxLength: 3 }),
      rule: fc.constantFrom('HA-1', 'HA-2', 'NET-1'),
      outcome: fc.constantFrom('conflicts', 'violates', 'undecided', 'none'),
    })
    .map(({ path, rule, outcome }) => finding(path, { rule: { id: rule }, outcome }))
  const anyExemption = fc.record({
    id: fc.constantFrom('A', 'B', 'C'),
    rule: fc.constantFrom('*', 'HA-*', 'HA-1', 'NET-1'),
    path: fc.constantFrom('', '*', 'services', 'services.*', '*.web', 'services.web.replicas', 'a..b'),
    expires: fc.constantFrom('2026-05-03', '2026-05-04', '2030-01-01'),
    owner: fc.constantFrom('web', 'nobody'),
  })
  fc.assert(
    fc.property(fc.array(anyFinding), fc.array(anyExemption), (findings, exemptions) => {
      const all = held(...exemptions)
      const { findings: marked, excuses, conflicts } = excuse('prod', findings, all)
      t.strictSame(
        marked.map(({ exempted: _, ...rest }) => rest),
        findings,
        'nothing but the mark changes',
      )
      const standing = marked.filter(({ exempted }) => exempted === undefined)
      if (verdictOf(marked, 'error') !== verdictOf(standing, 'error')) return false
      if (marked.some(({ outcome, exempted }) => outcome === 'conflicts' && exempted !== undefined)) return false
      if ([...excuses.keys(), ...conflicts.keys()].some(({ holds }) => !holds)) return false
      const counted = new Set([...excuses.values()].flat())
      return counted.size === marked.length - standing.length
    }),
  )
})

t.test('an exemption that excuses nothing, or less than it says', async (t) => {
  const other = finding(['services', 'web', 'image'], { rule: { id: 'HA-2' } })
  const flaws = (
    found: { readonly prod?: readonly Finding[]; readonly dev?: readonly Finding[] },
    given: Partial<PlacedExemption>,
  ): readonly string[] => {
    const all = held(given)
    const judged = Object.entries(found).map(([name, findings]) => excuse(name, findings, all))
    return all.flatMap((one) => useFlaws(one, judged))
  }
  const prod = { environments: ['prod'] }
  t.strictSame(flaws({ prod: [other] }, prod), ['it excuses nothing: remove it'])
  t.strictSame(flaws({ prod: [finding()] }, prod), [])
  t.strictSame(flaws({ prod: [] }, {}), [], 'dev was not checked')
  t.strictSame(flaws({ prod: [], dev: [finding()] }, {}), [])
  t.strictSame(flaws({ prod: [] }, { ...prod, expires: '2020-01-01' }), [], 'what has ended says so itself')
  const open = finding(['services'], { kind: 'unobserved', outcome: 'undecided', rule: { id: 'x' } })
  t.strictSame(flaws({ prod: [open] }, prod), [], 'nobody looked')
  t.strictSame(flaws({ prod: [finding()] }, { ...prod, rule: 'HA-*' }), [
    'it is wider than needed: of `HA-*` it excuses `HA-1` alone, so name that',
  ])
  t.strictSame(flaws({ prod: [finding(), other] }, { ...prod, rule: 'HA-*' }), [])
  t.strictSame(flaws({ prod: [finding()] }, { ...prod, path: 'services.*.replicas' }), [
    'it is wider than needed: of `services.*.replicas` it excuses `services.web.replicas` alone, so name that',
  ])
  t.strictSame(
    flaws({ prod: [finding(), finding(['services', 'a', 'replicas'])] }, { ...prod, path: 'services.*' }),
    [],
  )
  t.strictSame(flaws({ prod: [finding()] }, { ...prod, path: '' }), [
    'it is wider than needed: of the whole state it excuses `services` alone, so name that',
  ])
})

t.test(
  'one finding an exemption and one a file, at its place, with a fingerprint that outlives its line',
  async (t) => {
    const conflict = finding(['services', 'web', 'image'], { outcome: 'conflicts', kind: 'conflict' })
    const found = (line: number, rules: { rule: string; severity: 'error' | 'off' }[] = []): readonly Finding[] => {
      const all = held({ line, environments: ['prod', 'x'] }, { id: 'E-2', environments: ['dev'], owner: 'x' })
      return exemptionFindings({
        excused: excuse('prod', [conflict], all),
        held: all,
        problems: [
          { file: 'b.yaml', line: 3, message: 'one' },
          { file: 'b.yaml', message: 'two' },
        ],
        useFlaws: () => ['it excuses nothing: remove it'],
        workspace: { rules },
        entry: 'ci',
      })
    }
    const [first, second, ...others] = found(2)
    t.match(first, {
      kind: 'exemption',
      outcome: 'violates',
      severity: 'warning',
      rule: { id: 'congruent:exemption' },
      path: [],
      message:
        'exemption `E-1`: there is no environment `x`: expected one of `dev`, `prod`; the conflict at `services.web.image` cannot be excused: without a desired state nothing can conform; it excuses nothing: remove it',
      conjuncts: [{ team: 'web', file: 'exemptions/all.yaml', line: 2, column: 1 }],
      owner: 'web',
      teams: ['web'],
    })
    t.match(second, {
      message: '`b.yaml` excuses nothing where it cannot be read: one; two',
      conjuncts: [{ team: '', file: 'b.yaml', line: 3 }],
      teams: [],
    })
    t.strictSame(others, [])
    t.not(first?.fingerprint, second?.fingerprint)
    t.equal(found(7)[0]?.fingerprint, first?.fingerprint)
    t.equal(found(2, [{ rule: 'congruent:*', severity: 'error' }])[0]?.severity, 'error')
    t.strictSame(found(2, [{ rule: 'congruent:exemption', severity: 'off' }]), [])
  },
)
