import fc from 'fast-check'
import t from 'tap'
import { findingsOf } from '../src/check/findings.ts'
import { fingerprints } from '../src/check/fingerprint.ts'
import { outcomeOf } from '../src/check/outcome.ts'
import { ownersOf } from '../src/check/owner.ts'
import { foldUnobserved } from '../src/check/partial.ts'
import { matchesRule, severityOf, type SeverityContext } from '../src/check/severity.ts'
import { concerns, summaryOf } from '../src/check/summary.ts'
import { verdictOf, worstVerdict } from '../src/check/verdict.ts'
import type { EngineFinding, Part } from '../src/engine/protocol.ts'
import type { DataObject } from '../src/model/data.ts'
import type { Document } from '../src/model/document.ts'
import { kinds, type Finding, type Observation } from '../src/model/finding.ts'
import { comparePath } from '../src/model/order.ts'
import { formatPath } from '../src/model/path.ts'
import type { Cut, CutProblem } from '../src/observation/cut.ts'
import type { FragmentSet } from '../src/workspace/fragments.ts'

const teams = {
  sre: { fragments: [], owns: ['services'] },
  web: { fragments: [], owns: ['services.web', 'services.*.port'] },
}

function found(given: Partial<EngineFinding> = {}): EngineFinding {
  return {
    kind: 'mismatch',
    path: ['services', 'web', 'replicas'],
    at: 'services.web.replicas',
    message: 'invalid value 1 (out of bound >=2)',
    rule: { id: 'HA-1', explicit: true },
    conjuncts: [{ team: 'sre', site: { file: 'sre/ha.cue', line: 3, column: 12 }, text: '>=2', rule: 'HA-1' }],
    reads: [['services', 'web', 'replicas']],
    ...given,
  }
}

function fragmentSet(given: Partial<FragmentSet> = {}): FragmentSet {
  const fragments = { files: [], parts: [], tags: {}, limits: [] }
  return { environment: 'prod', fragments, origins: new Map(), made: new Map(), unreadable: [], notes: [], ...given }
}

function cutOf(given: { state?: DataObject; problems?: readonly CutProblem[]; observe?: Cut['observe'] } = {}): Cut {
  const { state = {}, problems = [], observe = () => [] } = given
  const observed = { state, coverage: [], contested: [], masked: [] }
  return { observed, snapshots: [], holdsUntil: Infinity, problems, notes: [], observe, secrets: [], applied: [] }
}

function findings(
  engine: readonly EngineFinding[],
  given: { fragments?: FragmentSet; cut?: Cut; rules?: SeverityContext['rules']; environment?: string } = {},
): readonly Finding[] {
  const { fragments = fragmentSet(), cut = cutOf(), rules = [], environment = 'prod' } = given
  return findingsOf({ environment, workspace: { teams, rules }, entry: 'ci', found: engine, fragments, cut })
}

function only<T>(list: readonly T[]): T {
  const [first, second] = list
  if (first === undefined || second !== undefined) throw new Error(`expected one, found ${list.length}`)
  return first
}

t.test('a finding has everything that the engine, the workspace and the observations know', async (t) => {
  const seen: Observation = {
    observer: 'cluster',
    sequence: 4,
    file: 'o.yaml',
    line: 9,
    column: 17,
    pointer: '/x',
    value: 1,
  }
  const cut = cutOf({ observe: (path) => (path.join('.') === 'services.web.replicas' ? [seen] : []) })
  const rule = { id: 'HA-1', explicit: true, title: 'two of each', docs: 'https://docs.example.com/ha' }
  const { fingerprint, ...finding } = only(findings([found({ rule })], { cut }))
  t.match(fingerprint, /^[0-9a-f]{32}$/)
  t.strictSame(finding, {
    environment: 'prod',
    kind: 'mismatch',
    outcome: 'violates',
    severity: 'error',
    rule: { id: 'HA-1', title: 'two of each', docs: 'https://docs.example.com/ha' },
    path: ['services', 'web', 'replicas'],
    at: 'services.web.replicas',
    message: 'invalid value 1 (out of bound >=2)',
    wanted: '>=2',
    conjuncts: [{ team: 'sre', file: 'sre/ha.cue', line: 3, column: 12, text: '>=2', rule: 'HA-1' }],
    observations: [seen],
    owner: 'web',
    teams: ['sre'],
  })
})

t.test('a conjunct of plain data stands where its file has it', async (t) => {
  const part: Part = { kind: 'data', team: 'web', file: 'web/services.yaml', json: '{}' }
  const document: Document = {
    file: 'web/services.yaml',
    index: 0,
    data: {},
    locate: (pointer, target) =>
      target === 'key' ? { line: 7, column: 3 } : { line: 7, column: 3 + pointer.join().length },
  }
  const fragments = fragmentSet({
    fragments: { files: [], parts: [part], tags: {}, limits: [] },
    origins: new Map([[0, (path) => ({ document, pointer: ['spec', ...path] })]]),
  })
  const at = (data: NonNullable<EngineFinding['conjuncts'][number]['site']['data']>): readonly unknown[] =>
    only(findings([found({ conjuncts: [{ team: 'web', site: { file: 'web/services.yaml', data } }] })], { fragments }))
      .conjuncts
  t.strictSame(at({ part: 0, path: ['port'] }), [{ team: 'web', file: 'web/services.yaml', line: 7, column: 12 }])
  t.strictSame(at({ part: 0, path: ['port'], label: true }), [
    { team: 'web', file: 'web/services.yaml', line: 7, column: 3 },
  ])
  t.strictSame(at({ part: 5, path: ['port'] }), [], 'a part that there is not has no place')
})

t.test('a conjunct without a place is left out, its team is not', async (t) => {
  const finding = only(findings([found({ conjuncts: [{ team: 'web', site: { file: 'w.cue' } }], teams: ['zoo', ''] })]))
  t.strictSame(finding.conjuncts, [])
  t.strictSame(finding.teams, ['web', 'zoo'])
})

t.test('one finding per kind, path and rule: equal ones are joined, with all that they name, sorted', async (t) => {
  const place = (file: string): EngineFinding['conjuncts'][number] => ({
    team: 'sre',
    site: { file, line: 1, column: 1 },
  })
  const observe: Cut['observe'] = (path) => [{ observer: path.join('.'), sequence: 1 }]
  const both = [
    found({ message: 'b', path: ['m'], conjuncts: [place('z.cue'), place('a.cue')], reads: [['z'], ['a']] }),
    found({
      message: 'a',
      path: ['m'],
      conjuncts: [place('a.cue')],
      reads: [['z']],
      rule: { id: 'HA-1', explicit: true, title: 'T' },
    }),
    found({ kind: 'missing' }),
  ]
  const [first, second, third] = findings(both, { cut: cutOf({ observe }) })
  t.equal(first?.message, 'a; b')
  t.strictSame(
    first?.conjuncts.map(({ file }) => file),
    ['a.cue', 'z.cue'],
  )
  t.strictSame(
    first?.observations.map(({ observer }) => observer),
    ['a', 'm', 'z'],
  )
  t.equal(first?.rule.title, 'T')
  t.equal(second?.kind, 'missing')
  t.equal(third, undefined)
})

t.test('of several severities that conjuncts of one rule name the worst holds', async (t) => {
  const named = (severity?: 'warning' | 'info'): EngineFinding =>
    found({ rule: { id: 'R', explicit: true, ...(severity === undefined ? {} : { severity }) } })
  t.equal(only(findings([named('info'), named('warning')])).severity, 'warning')
  t.equal(only(findings([named('info'), named()])).severity, 'error')
})

t.test('alternatives keep their words and places, and name their teams', async (t) => {
  const conjuncts = [{ team: 'zoo', site: { file: 'z.cue', line: 2, column: 2 } }]
  const alternatives = [
    { message: 'conflicting values 2 and 1', path: ['x'], conjuncts },
    { message: 'conflicting values 2 and 0', path: ['x'], conjuncts: [] },
  ]
  const finding = only(findings([found({ alternatives })]))
  t.strictSame(finding.alternatives, [
    { message: 'conflicting values 2 and 0', path: ['x'], conjuncts: [] },
    {
      message: 'conflicting values 2 and 1',
      path: ['x'],
      conjuncts: [{ team: 'zoo', file: 'z.cue', line: 2, column: 2 }],
    },
  ])
  t.strictSame(finding.teams, ['sre', 'zoo'])
})

t.test('observers are asked at the finding and at what it reads, for conflicts only at what they read', async (t) => {
  const asked = (given: Partial<EngineFinding>): readonly string[] => {
    const paths: string[] = []
    const observe: Cut['observe'] = (path) => (paths.push(path.join('.')), [])
    findings([found({ at: formatPath(given.path ?? []), ...given })], { cut: cutOf({ observe }) })
    return paths
  }
  t.strictSame(asked({ path: ['a', 'b'], reads: [['c']] }), ['a.b', 'c'])
  t.strictSame(asked({ path: ['a', '_sum', 'x'], at: 'a._sum.x', reads: [['c']] }), ['c'])
  t.strictSame(asked({ path: ['a', '_sum', 'x'], at: 'a._sum.x', reads: [] }), ['a'])
  t.strictSame(asked({ path: ['_sum', 'x'], at: '_sum.x', reads: [] }), [], 'not the whole state')
  t.strictSame(asked({ path: ['a', '0', '_id'], at: 'a[0]."_id"', reads: [] }), ['a.0._id'], 'quoted, it is a key')
  t.strictSame(asked({ path: ['"._', '#x'], at: '"\\"._"."#x"', reads: [] }), ['"._.#x'])
  t.strictSame(asked({ kind: 'conflict', path: ['a'], reads: [] }), [])
})

t.test('long words are cut, and said to be', async (t) => {
  const finding = only(findings([found({ message: 'x'.repeat(5000) })]))
  t.match(finding.message, /^x{1024}… \(cut: 3976 more characters\)$/)
})

t.test('what cannot be read is a finding a file: of fragments a conflict, of observations undecided', async (t) => {
  const fragments = fragmentSet({
    unreadable: [
      { file: 'b.yaml', team: 'web', message: 'bad indentation', position: { line: 4, column: 2 } },
      { file: 'a.yaml', team: 'sre', message: 'is a directory' },
    ],
  })
  const problems: readonly CutProblem[] = [
    {
      kind: 'unreadable',
      path: [],
      message: 'no JSON',
      observations: [{ observer: 'o', sequence: 0, file: 'o.json', line: 1, column: 1 }],
    },
    { kind: 'unobserved', path: ['hosts'], message: '`x/*.yaml` matches no file', observations: [] },
  ]
  const all = findings([], {
    fragments,
    cut: cutOf({ problems }),
    rules: [{ rule: '*', severity: 'off', environment: 'dev' }],
  })
  t.strictSame(
    all.map(({ kind, outcome, rule, at, conjuncts, teams }) => [kind, outcome, rule.id, at, conjuncts[0]?.file, teams]),
    [
      ['unreadable', 'conflicts', 'congruent:unreadable', '', 'a.yaml', ['sre']],
      ['unreadable', 'conflicts', 'congruent:unreadable', '', 'b.yaml', ['web']],
      ['unreadable', 'undecided', 'congruent:unreadable', '', undefined, []],
      ['unobserved', 'undecided', 'congruent:unobserved', 'hosts', undefined, []],
    ],
  )
  t.equal(new Set(all.map(({ fingerprint }) => fingerprint)).size, 4)
  t.strictSame(all.find(({ conjuncts }) => conjuncts[0]?.file === 'a.yaml')?.conjuncts, [
    { team: 'sre', file: 'a.yaml', line: 1, column: 1 },
  ])
})

t.test('outcomes are by kind alone', async (t) => {
  t.strictSame(
    kinds.map((kind) => outcomeOf(kind, 'observations')),
    [
      'conflicts',
      'violates',
      'violates',
      'violates',
      ...Array.from({ length: 6 }, () => 'undecided'),
      'violates',
      'none',
      'violates',
      'none',
    ],
  )
  t.equal(outcomeOf('unreadable', 'fragments'), 'conflicts')
})

t.test('severity: the last matching entry, then the rule, then error', async (t) => {
  const context = (rules: SeverityContext['rules']): SeverityContext => ({ rules, environment: 'prod', entry: 'ci' })
  const finding = { kind: 'mismatch', outcome: 'violates', rule: { id: 'HA-1', severity: 'info' } } as const
  t.equal(severityOf({ ...finding, rule: { id: 'HA-1' } }, context([])), 'error')
  t.equal(severityOf(finding, context([])), 'info')
  t.equal(severityOf(finding, context([{ rule: 'HA-*', severity: 'warning' }])), 'warning')
  t.equal(
    severityOf(
      finding,
      context([
        { rule: 'HA-1', severity: 'off' },
        { rule: '*', severity: 'error' },
      ]),
    ),
    'error',
  )
  t.equal(
    severityOf(
      finding,
      context([
        { rule: '*', severity: 'error' },
        { rule: 'HA-1', severity: 'off' },
      ]),
    ),
    'off',
  )
  t.equal(severityOf(finding, context([{ rule: '*', environment: 'dev', severity: 'off' }])), 'info')
  t.equal(severityOf(finding, context([{ rule: '*', environment: 'prod', entry: 'ci', severity: 'off' }])), 'off')
  t.equal(severityOf(finding, context([{ rule: '*', entry: 'admission', severity: 'off' }])), 'info')
  const conflict = { kind: 'conflict', outcome: 'conflicts', rule: { id: 'HA-1', severity: 'info' } } as const
  t.equal(severityOf(conflict, context([{ rule: '*', severity: 'off' }])), 'error', 'conflicts are always errors')
  const drift = { kind: 'drift', outcome: 'none', rule: { id: 'HA-1' } } as const
  t.equal(severityOf(drift, context([{ rule: '*', severity: 'error' }])), 'info', 'drift is information')
  t.equal(severityOf(drift, context([{ rule: '*', severity: 'off' }])), 'off')
})

t.test('`off` drops a finding, but never a conflict', async (t) => {
  const rules = [{ rule: '*', severity: 'off' }] as const
  t.strictSame(findings([found()], { rules }), [])
  t.equal(only(findings([found({ kind: 'conflict' })], { rules })).kind, 'conflict')
})

t.test('in globs over rule ids only `*` is special', async (t) => {
  t.ok(matchesRule('sre:services.[].replicas', 'sre:services.[].replicas'))
  t.notOk(matchesRule('sre:services.[].replicas', 'sre:servicesX[].replicas'))
  t.ok(matchesRule('sre:*', 'sre:services.[].replicas'))
  t.ok(matchesRule('*replicas', 'sre:services.[].replicas'))
  t.ok(matchesRule('a*b*c', 'aXbYbZc'))
  t.notOk(matchesRule('a*a', 'a'))
  t.ok(matchesRule('**', ''))
  t.notOk(matchesRule('', 'x'))
  t.notOk(matchesRule('HA-?', 'HA-1'))
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '['), maxLength: 8 })
  fc.assert(fc.property(text, text, text, (a, b, c) => matchesRule(`${a}*${c}`, a + b + c)))
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 }), text, (glob, id) => {
      const slow = new RegExp(`^${glob.split('*').join('.*')}$`, 's')
      return matchesRule(glob, id) === slow.test(id)
    }),
  )
})

t.test('the owner is the team with the most specific pattern', async (t) => {
  const ownerOf = ownersOf(teams)
  t.equal(ownerOf(['services', 'web', 'image']), 'web')
  t.equal(ownerOf(['services', 'db']), 'sre')
  t.equal(ownerOf(['services', 'db', 'port']), 'web', 'of services.*.port and services the longer one')
  t.equal(ownerOf([]), undefined)
  t.equal(ownerOf(['_ids', 'same']), undefined)
  const tie = ownersOf({
    b: { fragments: [], owns: ['a.*'] },
    a: { fragments: [], owns: ['a.*', '*.b'] },
    c: { fragments: [], owns: ['a.b'] },
  })
  t.equal(tie(['a', 'x']), 'a', 'of equal patterns the first team by name')
  t.equal(tie(['a', 'b']), 'c', 'a label is more specific than a star')
})

t.test('a fingerprint is of environment, kind, path and rule, and of nothing else', async (t) => {
  const base = only(findings([found()])).fingerprint
  const same = found({ message: 'other words', conjuncts: [], reads: [] })
  t.equal(only(findings([same])).fingerprint, base)
  t.not(only(findings([found()], { environment: 'dev' })).fingerprint, base)
  t.not(only(findings([found({ kind: 'missing' })])).fingerprint, base)
  t.not(only(findings([found({ path: ['services', 'db'] })])).fingerprint, base)
  t.not(only(findings([found({ rule: { id: 'HA-2', explicit: true } })])).fingerprint, base)
})

t.test('an unique name, id or key stands for a position in a plain list', async (t) => {
  const of = (state: DataObject, ...path: string[]): string =>
    fingerprints(state)({ environment: 'prod', kind: 'mismatch', path, rule: 'R' })
  const before = { ports: [{ name: 'http', port: 1 }] }
  const after = {
    ports: [
      { name: 'admin', port: 2 },
      { name: 'http', port: 3 },
    ],
  }
  t.equal(of(before, 'ports', '0', 'port'), of(after, 'ports', '1', 'port'))
  const twins = {
    ports: [
      { name: 'http', id: 7 },
      { name: 'http', id: 8 },
    ],
  }
  t.equal(
    of(twins, 'ports', '1'),
    of({ ports: [{ name: 'http', id: 8 }, { name: 'http' }] }, 'ports', '0'),
    'the next member that tells them apart',
  )
  const bare = { ports: [1, 2] }
  t.not(of(bare, 'ports', '0'), of(bare, 'ports', '1'))
  t.equal(
    of({ ports: { 0: { name: 'a' } } }, 'ports', '0'),
    of({ ports: { 0: { name: 'b' } } }, 'ports', '0'),
    'a map has keys of its own',
  )
  t.equal(of({}, 'ports', '0'), of({ ports: [{}] }, 'ports', '0'))
  t.equal(
    of(JSON.parse('{"__proto__": [{"id": 1}]}'), '__proto__', '0'),
    of(JSON.parse('{"__proto__": [{}, {"id": 1}]}'), '__proto__', '1'),
  )
})

t.test('findings are sorted by path, kind and rule, in whatever order they come', async (t) => {
  const path = fc.array(fc.constantFrom('a', 'b', '2', '10'), { maxLength: 2 })
  const kind = fc.constantFrom('conflict' as const, 'missing' as const, 'drift' as const)
  const made = fc
    .record({ path, kind, id: fc.constantFrom('A', 'B') })
    .map(({ path, kind, id }) => found({ path, at: path.join('.'), kind, rule: { id, explicit: true } }))
  fc.assert(
    fc.property(
      fc
        .array(made, { maxLength: 8 })
        .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        const sorted = findings(list)
        t.strictSame(findings(shuffled), sorted)
        return sorted.every((finding, index) => {
          const before = sorted[index - 1]
          return before === undefined || comparePath(before.path, finding.path) <= 0
        })
      },
    ),
  )
})

t.test('the verdict is the worst outcome at or above a severity', async (t) => {
  const rules = [
    { rule: 'W', severity: 'warning' },
    { rule: 'I', severity: 'info' },
  ] as const
  const with_ = (kind: EngineFinding['kind'], id: string): EngineFinding =>
    found({ kind, rule: { id, explicit: true } })
  const verdict = (list: readonly EngineFinding[], failOn: 'error' | 'warning' | 'info' = 'error'): string =>
    verdictOf(findings(list, { rules }), failOn)
  t.equal(verdict([]), 'conforms')
  t.equal(verdict([with_('drift', 'E')]), 'conforms')
  t.equal(verdict([with_('stale', 'E')]), 'undecided')
  t.equal(verdict([with_('stale', 'E'), with_('mismatch', 'E')]), 'violates')
  t.equal(verdict([with_('mismatch', 'E'), with_('conflict', 'E')]), 'conflicts')
  t.equal(verdict([with_('mismatch', 'W'), with_('stale', 'I')]), 'conforms')
  t.equal(verdict([with_('mismatch', 'W'), with_('stale', 'I')], 'warning'), 'violates')
  t.equal(verdict([with_('stale', 'I')], 'info'), 'undecided')
  t.equal(verdict([with_('conflict', 'I')]), 'conflicts')
  const exempted = { ...only(findings([found()])), exempted: { id: 'X', owner: 'web', expires: '2099-01-01' } }
  t.equal(verdictOf([exempted], 'error'), 'conforms')
  t.equal(worstVerdict(['conforms', 'violates', 'undecided']), 'violates')
  t.equal(worstVerdict([]), 'conforms')
})

t.test('the summary counts by severity, kind and team', async (t) => {
  const [one, two] = findings([found(), found({ kind: 'drift', conjuncts: [], path: ['x'] })])
  if (one === undefined || two === undefined) throw new Error('two findings')
  const exempted = { ...one, exempted: { id: 'X', owner: 'web', expires: '2099-01-01' } }
  const summary = summaryOf([one, two, exempted], ['web', 'sre', '__proto__'])
  t.match(summary, { error: 1, warning: 0, info: 1, exempted: 1, byKind: { mismatch: 2, drift: 1, conflict: 0 } })
  t.strictSame(Object.keys(summary.byKind), [...kinds])
  t.strictSame(Object.entries(summary.byTeam), [
    ['__proto__', 0],
    ['sre', 2],
    ['web', 2],
  ])
})

t.test('a team sees what it is involved in, what it owns, and what concerns everyone', async (t) => {
  const mine = only(findings([found()]))
  t.ok(concerns(mine, 'sre'))
  t.ok(concerns(mine, 'web'), 'the owner of the path')
  t.notOk(concerns(mine, 'zoo'))
  const nobodys = only(findings([found({ path: ['x'], conjuncts: [] })]))
  t.ok(concerns(nobodys, 'zoo'))
})

t.test('a partial check folds what nobody observed into one note', async (t) => {
  const list = findings([found({ kind: 'unobserved' }), found({ kind: 'unobserved', path: ['y'] }), found()])
  const folded = foldUnobserved(list, 'prod')
  t.equal(only(folded.findings).kind, 'mismatch')
  t.strictSame(folded.notes, [
    { code: 'partial', message: '2 places are not in the input and not judged (environment `prod`)' },
  ])
  t.strictSame(foldUnobserved(folded.findings, 'prod'), { findings: folded.findings, notes: [] })
})
