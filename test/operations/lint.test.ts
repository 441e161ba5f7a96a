import t from 'tap'
import { createCongruent, createCueGo, createCueWasm } from '../../src/index.ts'
import { withPacks } from '../../src/workspace/with-packs.ts'
import { memorySource } from '../support/memory-source.ts'

const congruent = createCongruent({ engine: createCueGo(), clock: () => new Date('2026-05-01T00:00:00Z') })
t.teardown(() => congruent.close())

const files = {
  'congruent.yaml': `workspace: w
teams:
  a: { fragments: [./a, { path: ./prod, environments: [prod] }], owns: [nothing] }
  b: { fragments: [./b.yaml] }
environments: { dev: {}, prod: {} }
rules:
  - { rule: 'b:services.web.port', severity: warning }
  - { rule: 'a:prodOnly', environment: dev, severity: info }
  - { rule: 'a:prodOnly', environment: prod, severity: info }
sensitive: [secret]
`,
  'a/a.cue': 'package a\nratio: float\nsecret: *"hunter22" | "other"\nif secret == "hunter22" {port: 1}\n',
  'prod/p.cue': 'package prod\nprodOnly: int\n',
  'b.yaml': 'services: { web: { port: 80 } }\n',
}

t.test('lints are findings without a verdict, in every environment to which they apply', async (t) => {
  const { report } = await congruent.lint({ source: memorySource(files) })
  t.equal(report.verdict, 'conforms')
  t.strictSame(
    report.findings.map(({ environment, rule, outcome, severity }) => [environment, rule.id, outcome, severity]),
    ['dev', 'prod'].flatMap((environment) => [
      [environment, 'congruent:lint/default-in-condition', 'none', 'warning'],
      ...(environment === 'dev' ? [['dev', 'congruent:lint/unmatched-rule', 'none', 'warning']] : []),
      [environment, 'congruent:lint/unreached-pattern', 'none', 'warning'],
      [environment, 'congruent:lint/float', 'none', 'warning'],
    ]),
  )
  t.notMatch(JSON.stringify(report), /hunter22/, 'what is sensitive is not told')
})

t.test('one environment is told of, and judged by all', async (t) => {
  const { report } = await congruent.lint({ source: memorySource(files), environments: ['prod'] })
  t.strictSame([...new Set(report.findings.map(({ environment }) => environment))], ['prod'])
  t.notOk(report.findings.some(({ rule }) => rule.id === 'congruent:lint/unmatched-rule'))
})

t.test('where a fragment cannot be read nothing else is said', async (t) => {
  const broken = { ...files, 'prod/p.cue': 'package prod\nprodOnly: {\n' }
  const { report } = await congruent.lint({ source: memorySource(broken) })
  t.equal(report.verdict, 'conflicts')
  t.notOk(report.findings.some(({ rule }) => rule.id === 'congruent:lint/unreached-pattern'))
})

t.test('parameters of a pack are set by whoever likes', async (t) => {
  const own = memorySource({
    'congruent.yaml': 'workspace: w\nteams: { a: { fragments: [./a] } }\npacks: [kubernetes/pod-security]\n',
    'a/a.cue': 'package a\n#podSecurity: level: "restricted"\n#Pod: _\n',
  })
  const { report } = await congruent.lint({ source: withPacks(own) })
  t.strictSame(report.findings, [])
})

t.test('an engine that cannot lint says so', async (t) => {
  const other = createCongruent({ engine: createCueWasm() })
  t.teardown(() => other.close())
  await t.rejects(other.lint({ source: memorySource(files) }), { code: 'USAGE' })
})
