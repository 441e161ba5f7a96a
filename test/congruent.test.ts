import t from 'tap'
import { createCongruent } from '../src/congruent.ts'
import type { Congruent } from '../src/congruent.ts'
import { Fault } from '../src/errors.ts'
import type { NamedFile } from '../src/observation/cut-request.ts'
import type { Source } from '../src/workspace/source.ts'
import { engineFinding, fakeEngine, type FakeAnswers, type FakeEngine } from './support/fake-engine.ts'
import { memorySource } from './support/memory-source.ts'

const files = {
  'congruent.yaml': `workspace: plant
teams:
  sre: { fragments: [./sre] }
  web: { fragments: [], owns: [services.web] }
environments: { dev: {}, prod: {} }
observations:
  - { files: [observed.yaml] }
`,
  'sre/a.cue': 'package sre\n\nservices: [string]: replicas: >=2\n',
  'observed.yaml': 'services:\n  web: { replicas: 1 }\n',
}

const noon = new Date('2026-03-01T12:00:00Z')

function setUp(
  answers: FakeAnswers = {},
  changed: Readonly<Record<string, string>> = {},
): { readonly congruent: Congruent; readonly engine: FakeEngine; readonly source: Source } {
  const engine = fakeEngine(answers)
  return {
    engine,
    congruent: createCongruent({ engine, clock: () => noon }),
    source: memorySource({ ...files, ...changed }),
  }
}

function named(name: string, text: string): NamedFile {
  return { name, read: async () => ({ ok: true, bytes: Buffer.from(text) }) }
}

t.test('a check asks about each environment and reports all of them', async (t) => {
  const { congruent, engine, source } = setUp({ check: () => ({ findings: [engineFinding()] }) })
  const { report, quoted } = await congruent.check({ source })
  t.match(report, {
    report: 1,
    tool: { name: 'congruent', engine: { name: 'cue-go', cue: 'v0.17.1', lacks: [] } },
    workspace: 'plant',
    checkedAt: '2026-03-01T12:00:00.000Z',
    verdict: 'violates',
    summary: { error: 2, byTeam: { sre: 2, web: 2 } },
  })
  t.strictSame(
    report.environments.map(({ name, verdict, snapshots }) => [name, verdict, snapshots.length]),
    [
      ['dev', 'violates', 1],
      ['prod', 'violates', 1],
    ],
  )
  t.strictSame(
    report.findings.map(({ environment, owner, observations }) => [environment, owner, observations[0]?.line]),
    [
      ['dev', 'web', 2],
      ['prod', 'web', 2],
    ],
  )
  t.notOk('faults' in report)
  t.strictSame(engine.asked, ['check', 'check'])
  t.match(engine.options[0], { deadlineMs: 30_000, subject: 'environment `dev` (`sre` against `observed.yaml`)' })
  const lines = await quoted()
  t.equal(lines.get('sre/a.cue')?.get(3), 'services: [string]: replicas: >=2')
  t.equal(lines.get('observed.yaml')?.get(2), '  web: { replicas: 1 }')
})

t.test('only the environments that are named are checked, in the order of the workspace', async (t) => {
  const { congruent, source } = setUp()
  const names = async (environments: readonly string[]): Promise<readonly string[]> =>
    (await congruent.check({ source, environments })).report.environments.map(({ name }) => name)
  t.strictSame(await names(['prod']), ['prod'])
  t.strictSame(await names(['prod', 'dev', 'prod']), ['dev', 'prod'])
  t.strictSame(await names([]), ['dev', 'prod'])
  await t.rejects(names(['pord']), {
    code: 'USAGE',
    message: 'there is no environment `pord`: expected one of `dev`, `prod`; did you mean `prod`',
  })
})

t.test('a fault ends its environment only', async (t) => {
  const fail = (fault: unknown): FakeAnswers => ({
    check: (_, { subject }) => {
      if (subject.includes('`dev`')) throw fault
      return { findings: [] }
    },
  })
  const { congruent, source } = setUp(fail(new Fault('ENGINE_MEMORY', 'too much')))
  const { report } = await congruent.check({ source })
  t.equal(report.verdict, 'undecided')
  t.strictSame(
    report.environments.map(({ name, verdict }) => [name, verdict]),
    [['prod', 'conforms']],
  )
  t.strictSame(report.faults, [{ environment: 'dev', code: 'ENGINE_MEMORY', message: 'too much' }])

  const defect = setUp(fail(new TypeError('x is not a function')))
  t.match((await defect.congruent.check({ source: defect.source })).report.faults?.[0], {
    code: 'INTERNAL',
    message: 'environment `dev`: x is not a function; this is a defect of Congruent',
  })
  const wrong = setUp(fail(new Fault('INPUT_NOT_FOUND', 'no such file')))
  await t.rejects(
    wrong.congruent.check({ source: wrong.source }),
    { code: 'INPUT_NOT_FOUND' },
    'a mistake of the asker ends everything',
  )
  const cancelled = setUp(fail(new Fault('ENGINE_CLOSED', 'cancelled')))
  await t.rejects(cancelled.congruent.check({ source: cancelled.source, signal: AbortSignal.abort() }), {
    code: 'ENGINE_CLOSED',
  })
})

t.test('where the engine lacks something, no environment conforms', async (t) => {
  const always = setUp({ lacks: ['positions'], check: () => ({ lacks: ['positions'] }) })
  const { report } = await always.congruent.check({ source: always.source })
  t.equal(report.verdict, 'conforms', 'what an engine never tells is no matter of this check')
  t.strictSame(report.tool.engine.lacks, ['positions'])
  const here = setUp({ lacks: ['positions'], check: () => ({ lacks: ['`x!` of fragment `a`'] }) })
  const second = (await here.congruent.check({ source: here.source })).report
  t.equal(second.verdict, 'undecided')
  t.strictSame(second.tool.engine.lacks, ['`x!` of fragment `a`', 'positions'])
})

t.test('team, severity and the time are as asked', async (t) => {
  const nobodys = engineFinding({
    path: ['x'],
    conjuncts: [{ team: 'zoo', site: { file: 'z.cue', line: 1, column: 1 } }],
  })
  const { congruent, source } = setUp({
    check: () => ({ findings: [engineFinding({ rule: { id: 'R', explicit: true, severity: 'warning' } }), nobodys] }),
  })
  const input = { source, environments: ['prod'] }
  const ofTeam = (await congruent.check({ ...input, team: 'web', now: new Date(0) })).report
  t.strictSame([ofTeam.findings.length, ofTeam.verdict, ofTeam.checkedAt], [1, 'conforms', '1970-01-01T00:00:00.000Z'])
  t.equal((await congruent.check({ ...input, team: 'web', failOn: 'warning' })).report.verdict, 'violates')
  await t.rejects(congruent.check({ ...input, team: 'wbe' }), { code: 'USAGE', message: /did you mean `web`/ })
})

t.test('without every fragment only the others are unified, and nothing observed is judged', async (t) => {
  const broken = {
    'congruent.yaml': files['congruent.yaml'].replace('[./sre]', '[./sre, ./b.yaml]'),
    'b.yaml': 'a: [1',
  }
  const { congruent, engine, source } = setUp({}, broken)
  const { report } = await congruent.check({ source, environments: ['dev'] })
  t.strictSame(engine.asked, ['unify'])
  t.equal(report.verdict, 'conflicts')
  t.match(report.findings, [{ kind: 'unreadable', conjuncts: [{ team: 'sre', file: 'b.yaml' }] }])
})

t.test('files on the command line, and standard input where it is listed, are what is observed', async (t) => {
  const { congruent, source } = setUp()
  const given = [named('given.yaml', 'services: {}\n')]
  const { report } = await congruent.check({ source, environments: ['dev'], files: given })
  t.strictSame(
    report.environments[0]?.snapshots.map(({ source }) => source),
    ['given.yaml'],
  )

  const listed = setUp(
    { check: () => ({ findings: [engineFinding()] }) },
    { 'congruent.yaml': files['congruent.yaml'].replace('observed.yaml', '"-"') },
  )
  const stdin = async (): Promise<{ ok: true; bytes: Uint8Array }> => ({
    ok: true,
    bytes: Buffer.from('services: { web: { replicas: 1 } }\n'),
  })
  const read = await listed.congruent.check({ source: listed.source, environments: ['dev'], stdin })
  t.equal(read.report.environments[0]?.snapshots[0]?.source, '-')
  t.equal((await read.quoted()).get('-')?.get(1), 'services: { web: { replicas: 1 } }')
  const large = async (): Promise<{ ok: false; reason: 'too-large'; message: string }> => ({
    ok: false,
    reason: 'too-large',
    message: 'too much',
  })
  await t.rejects(listed.congruent.check({ source: listed.source, stdin: large }), {
    code: 'INPUT_NOT_FOUND',
    message: 'too much',
  })
})

t.test('a line that holds a masked value is not quoted', async (t) => {
  const secret = `apiVersion: v1
kind: Secret
metadata: { name: login, namespace: shop }
data:
  password: aHVudGVyMg==
`
  const finding = engineFinding({
    path: ['namespaces', 'shop', 'Secret', 'login', 'data', 'password'],
    reads: [['namespaces', 'shop', 'Secret', 'login', 'metadata']],
  })
  const { congruent, source } = setUp({ check: () => ({ findings: [finding] }) })
  const { report, quoted } = await congruent.check({ source, environments: ['dev'], files: [named('s.yaml', secret)] })
  const lines = (await quoted()).get('s.yaml')
  t.equal(lines?.get(3), 'metadata: { name: login, namespace: shop }')
  t.equal(lines?.get(5), undefined)
  t.notMatch(JSON.stringify(report), 'aHVudGVyMg')

  const part = {
    'congruent.yaml': files['congruent.yaml'].replace('[./sre]', '[{ path: s.yaml, as: kubernetes }]'),
    's.yaml': secret,
  }
  const site = { file: 's.yaml', data: { part: 0, path: finding.path } }
  const conflict = engineFinding({ kind: 'conflict', path: finding.path, conjuncts: [{ team: 'sre', site }] })
  const fragments = setUp({ unify: () => ({ findings: [conflict] }) }, part)
  const result = await fragments.congruent.unify({ source: fragments.source, environment: 'dev' })
  t.match(result.desired.findings, [{ conjuncts: [{ file: 's.yaml', line: 5 }] }])
  t.equal((await result.quoted()).get('s.yaml')?.get(5), undefined)
})

t.test('unify answers the desired state and what is in its way', async (t) => {
  const incomplete = [{ path: ['a'], at: 'a', text: 'int' }]
  const { congruent, engine, source } = setUp({ unify: () => ({ desired: { cue: 'a: int', incomplete } }) })
  const { desired } = await congruent.unify({ source, environment: 'prod', path: ['a'], deadlineMs: 5 })
  t.match(desired, { workspace: 'plant', environment: 'prod', cue: 'a: int', incomplete, findings: [] })
  t.notOk('json' in desired)
  t.match(engine.options[0], { deadlineMs: 5, subject: 'environment `prod` (`sre`)' })
  await t.rejects(congruent.unify({ source }), {
    code: 'USAGE',
    message: 'say which environment with `-e`: expected one of `dev`, `prod`',
  })
  const single = setUp(
    {},
    { 'congruent.yaml': files['congruent.yaml'].replace('{ dev: {}, prod: {} }', '{ dev: {} }') },
  )
  t.equal((await single.congruent.unify({ source: single.source })).desired.environment, 'dev')
})

t.test('explain answers every conjunct, what is seen, and the verdict there', async (t) => {
  const site = { file: 'sre/a.cue', line: 3, column: 22 }
  const { congruent, source } = setUp({
    explain: () => ({
      at: 'services.web.replicas',
      exists: true,
      value: '>=2',
      kind: 'int',
      default: '3',
      conjuncts: [
        { team: 'sre', site, role: 'pattern', label: 'services.[].replicas', via: '#S' },
        { team: 'sre', site: { file: 'nowhere' }, role: 'field', label: 'x' },
      ],
      closedBy: [{ team: 'sre', site }],
      findings: [engineFinding()],
    }),
  })
  const { explanation } = await congruent.explain({
    source,
    environment: 'prod',
    path: ['services', 'web', 'replicas'],
  })
  t.match(explanation, {
    environment: 'prod',
    exists: true,
    value: '>=2',
    kind: 'int',
    default: '3',
    conjuncts: [
      {
        team: 'sre',
        file: 'sre/a.cue',
        line: 3,
        column: 22,
        role: 'pattern',
        label: 'services.[].replicas',
        via: '#S',
      },
    ],
    closedBy: [{ file: 'sre/a.cue' }],
    observations: [{ observer: 'observed.yaml', value: 1, line: 2 }],
    owner: 'web',
    verdict: 'violates',
  })
  t.equal(explanation.conjuncts.length, 1)
})

t.test(
  'the engine is the one that the asker or the workspace names, asked for once and closed at the end',
  async (t) => {
    const engine = fakeEngine()
    const chosen: string[] = []
    const congruent = createCongruent({ engine: (name) => (chosen.push(name), engine) })
    await congruent.check({ source: memorySource(files) })
    await congruent.check({ source: memorySource(files) })
    t.strictSame(chosen, ['cue-go'])
    const other = memorySource({ ...files, 'congruent.yaml': `${files['congruent.yaml']}engine: cue-wasm\n` })
    await congruent.check({ source: other })
    await congruent.check({ source: other, engine: 'cue-go' })
    t.strictSame(chosen, ['cue-go', 'cue-wasm'])
    t.equal(engine.closed, 0)
    await congruent.close()
    t.equal(engine.closed, 1)
    const failing = createCongruent({ engine: () => Promise.reject(new Fault('ENGINE_MISMATCH', 'another')) })
    await t.rejects(failing.check({ source: memorySource(files) }), { code: 'ENGINE_MISMATCH' })
    await failing.close()
  },
)
