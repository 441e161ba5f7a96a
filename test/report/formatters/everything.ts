import { summaryOf } from '../../../src/check/summary.ts'
import type { Finding } from '../../../src/model/finding.ts'
import { findingPage } from '../../../src/model/page-address.ts'
import type { Report } from '../../../src/model/report.ts'
import type { FormatOptions } from '../../../src/report/format.ts'

/** A finding as checks make them, with what a test says of it. */
export function finding(given: Partial<Finding> = {}): Finding {
  return {
    fingerprint: 'f'.repeat(32),
    environment: 'prod',
    kind: 'mismatch',
    outcome: 'violates',
    severity: 'error',
    rule: { id: 'HA-1', title: 'two of everything', docs: 'https://docs.example.com/ha-1' },
    path: ['services', 'web', 'replicas'],
    at: 'services.web.replicas',
    message: 'invalid value 1 (out of bound >=2)',
    wanted: '>=2',
    conjuncts: [{ team: 'sre', file: 'sre/ha.cue', line: 3, column: 31, text: '>=2', rule: 'HA-1' }],
    observations: [{ observer: 'cluster', sequence: 7, file: 'observed/a b.yaml', line: 3, column: 15, value: 1 }],
    owner: 'web',
    teams: ['sre'],
    ...given,
  }
}

/** A report of findings, each in an environment that violates. */
export function reportOf(findings: readonly Finding[], given: Partial<Report> = {}): Report {
  const names = [...new Set(findings.map(({ environment }) => environment))]
  return {
    report: 1,
    tool: { name: 'congruent', version: '1.2.3', engine: { name: 'cue-go', cue: 'v0.17.1', lacks: [] } },
    notes: [],
    workspace: 'shop',
    checkedAt: '2026-03-01T12:00:00.000Z',
    verdict: 'violates',
    environments: names.map((name) => ({ name, verdict: 'violates', desired: { digest: 'd' }, snapshots: [] })),
    summary: summaryOf(findings, []),
    findings,
    ...given,
  }
}

const snapshots = [
  { observer: 'cluster', sequence: 7, observedAt: '2026-03-01T11:59:00Z', source: 'observed/a b.yaml', digest: 'e' },
]

function numbered(index: number, given: Partial<Finding>): Finding {
  return finding({ fingerprint: String(index).padStart(32, '0'), ...given })
}

const findings: readonly Finding[] = [
  numbered(1, {
    kind: 'conflict',
    outcome: 'conflicts',
    environment: 'broken',
    message: 'conflicting values 1 and 2',
    conjuncts: [
      { team: 'sre', file: 'sre/ha.cue', line: 3, column: 31, text: '2', rule: 'HA-1' },
      { team: 'web', file: 'web.yaml', line: 9, column: 3, text: '1' },
    ],
    observations: [],
    teams: ['sre', 'web'],
  }),
  numbered(2, {}),
  numbered(3, { environment: 'canary' }),
  numbered(4, {
    kind: 'missing',
    severity: 'warning',
    rule: { id: 'RES-1', title: 'memory within a machine`s means | `max`' },
    at: 'services.web."a|b`c".memory',
    path: ['services', 'web', 'a|b`c', 'memory'],
    message: 'nothing is observed: 100% of <script>alert("x")</script> ::error::x ]]> \u001b[31m\u202eabc\nsecond line',
    observations: [{ observer: 'cluster', sequence: 7, file: 'observed/a b.yaml', line: 2 }],
  }),
  numbered(5, {
    kind: 'unobserved',
    outcome: 'undecided',
    message: 'no observer covers this path',
    observations: [],
    at: 'services.db.backup',
    path: ['services', 'db', 'backup'],
    rule: { id: 'platform:services.[].backup' },
    conjuncts: [{ team: 'platform', file: 'platform/db.cue', line: 12, column: 9 }],
    owner: 'platform',
    teams: ['platform'],
  }),
  numbered(6, {
    kind: 'stale',
    outcome: 'undecided',
    severity: 'info',
    message: 'the only report is two hours old',
    at: 'services.db.size',
    path: ['services', 'db', 'size'],
  }),
  numbered(7, {
    kind: 'unreadable',
    outcome: 'undecided',
    rule: { id: 'congruent:unreadable' },
    path: [],
    at: '',
    message: 'a value is expected at 3:1',
    conjuncts: [],
    observations: [{ observer: '-', sequence: 0, file: '-', line: 3, column: 1 }],
    teams: [],
  }),
  numbered(8, {
    message: 'no alternative fits',
    alternatives: [
      { message: 'invalid value 1 (out of bound >=2)', path: [], conjuncts: [] },
      { message: 'conflicting values 1 and "auto"', path: [], conjuncts: [] },
    ],
    exempted: { id: 'EX-1', owner: 'web', expires: '2026-12-31' },
    at: 'services.cart.replicas',
    path: ['services', 'cart', 'replicas'],
  }),
  numbered(9, {
    kind: 'drift',
    outcome: 'none',
    severity: 'info',
    message: 'observed 3, the default is 2',
    at: 'services.web.ports[0]',
    path: ['services', 'web', 'ports', '0'],
    rule: { id: 'web:services.web.ports' },
  }),
  numbered(10, { at: 'services.old.replicas', path: ['services', 'old', 'replicas'], known: true }),
  numbered(11, {
    kind: 'exemption',
    severity: 'warning',
    rule: { id: 'congruent:exemption' },
    path: [],
    at: '',
    message: 'the exemption `EX-0` ended on 2026-01-31',
    conjuncts: [{ team: 'web', file: 'exemptions.yaml', line: 4, column: 5 }],
    observations: [],
    teams: ['web'],
  }),
]

/** One report with everything that a format must tell: each outcome and standing, hostile text, a fault, what no finding explains, notes. */
export const everything: Report = reportOf(findings, {
  verdict: 'conflicts',
  environments: [
    { name: 'broken', verdict: 'conflicts', desired: { digest: 'd' }, snapshots },
    { name: 'canary', verdict: 'violates', desired: { digest: 'd' }, snapshots },
    { name: 'dev', verdict: 'conforms', desired: { digest: 'd' }, snapshots: [] },
    { name: 'edge', verdict: 'undecided', lacks: ['what `for` makes of a list'], desired: { digest: 'd' }, snapshots },
    { name: 'prod', verdict: 'violates', desired: { digest: 'd' }, snapshots },
  ],
  faults: [{ environment: 'stage', code: 'ENGINE_DEADLINE', message: 'the engine did not answer within 30s' }],
  baseline: { gone: 2 },
  notes: [
    { code: 'EMPTY_FILE', message: '`observed/c.yaml` has no document', file: 'observed/c.yaml', line: 1 },
    { code: 'REPLACED', message: 'snapshot 6 of cluster is replaced by 7' },
  ],
})

const lines: Readonly<Record<string, readonly string[]>> = {
  'sre/ha.cue': ['package sre', '', 'services: [string]: replicas: >=2 @rule(id="HA-1")'],
  'observed/a b.yaml': ['services:', '  web: # <b>名前</b>', '    replicas: 1'],
}

/** Options under which golden files are written: as in a checkout, with the workspace in a folder. */
export const options: FormatOptions = {
  lines: (file) => new Map((lines[file] ?? []).map((line, index) => [index + 1, line])),
  colour: false,
  width: 100,
  groupBy: 'file',
  quiet: false,
  nameOf: (file) => (file === '-' ? file : `policy/shop/${file}`),
  pageOf: (one) => findingPage('https://congruent.example', 'shop', one),
}
