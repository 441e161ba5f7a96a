import fc from 'fast-check'
import t from 'tap'
import { matchesRule } from '../../src/check/severity.ts'
import type { LintedEnvironment } from '../../src/lint/linted.ts'
import { statesPath, statesRule } from '../../src/lint/stated.ts'
import { workspaceLints } from '../../src/lint/workspace-lints.ts'
import { parsePattern } from '../../src/model/path.ts'
import type { Workspace } from '../../src/model/workspace.ts'

const prod: LintedEnvironment = {
  name: 'prod',
  rules: [
    { id: 'HA-1', team: 'a' },
    { id: 'a:services.[].port', team: 'a' },
  ],
  paths: [{ path: ['services', null, 'port'] }, { path: ['machines'], open: true }],
  fragments: {
    files: [],
    parts: [{ kind: 'data', team: 'b', file: 'b.yaml', json: '{"disks": {"a b": [{"size": 1}]}}' }],
    tags: {},
    limits: [],
  },
}

function found(workspace: Partial<Workspace>): readonly string[] {
  const read = {
    workspace: { workspace: 'w', teams: {}, ...workspace },
    locate: () => ({ line: 1, column: 1 }),
  }
  const lints = workspaceLints({ read, environments: [prod], exemptions: [] }).get('prod') ?? []
  return lints.map(({ rule, message }) => `${rule.id.slice('congruent:lint/'.length)}: ${message.split(',')[0] ?? ''}`)
}

t.test('a glob fits what fragments state, plain data included, and rules of the tool', async (t) => {
  for (const glob of [
    'HA-1',
    'HA-*',
    '*',
    'a:*',
    'b:*',
    'b:disks."a b".[].size',
    'b:disks',
    '*size',
    'congruent:lint/x',
  ])
    t.ok(statesRule(prod, glob), glob)
  for (const glob of ['HA-2', 'c:*', 'b:disk', 'a:services.web.port', 'b:disks.a b'])
    t.notOk(statesRule(prod, glob), glob)
})

t.test('a pattern is reached at, above and, where anything may be said, below what is stated', async (t) => {
  for (const text of [
    'services',
    'services.web',
    'services.*.port',
    'machines.m1.kernel',
    'disks.*',
    'disks."a b"[0].size',
  ])
    t.ok(statesPath(prod, parsePattern(text)), text)
  for (const text of ['service', 'services.web.image', 'services.web.port.x', 'disks.c', 'disks."a b"[1]'])
    t.notOk(statesPath(prod, parsePattern(text)), text)
})

t.test('entries that do something are left alone', async (t) => {
  t.strictSame(
    found({
      teams: { a: { fragments: [], owns: ['services.*'], constrains: ['machines'] } },
      rules: [
        { rule: '*', severity: 'warning' },
        { rule: 'HA-1', severity: 'info' },
        { rule: 'HA-1', environment: 'prod', severity: 'error' },
      ],
      observations: [{ files: ['o.yaml'], at: 'machines.{stem}' }, { files: ['p.yaml'] }],
    }),
    [],
  )
})

t.test('entries that do nothing are told with what they were to do', async (t) => {
  t.strictSame(
    found({
      teams: { a: { fragments: [], owns: ['servces'] } },
      rules: [
        { rule: 'HA-1', environment: 'prod', severity: 'info' },
        { rule: 'HA-*', severity: 'error' },
        { rule: 'HB-1', severity: 'info' },
      ],
      observations: [{ files: ['o.yaml'], at: 'machine.{stem}' }],
    }),
    [
      'overridden-rule: the severity `info` for `HA-1` never counts: the later entry for `HA-*` fits the same rules',
      'unmatched-rule: the severity `info` is for `HB-1`',
      'unreached-pattern: `a` owns `servces`',
      'unchecked-observation: `o.yaml` is put at `machine.{stem}`',
    ],
  )
})

t.test('an entry that is told to be overridden fits no id that the later one does not fit', async (t) => {
  const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 5 })
  const id = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 })
  fc.assert(
    fc.property(glob, glob, id, (earlier, later, id) => {
      fc.pre(matchesRule(later, earlier))
      return !matchesRule(earlier, id) || matchesRule(later, id)
    }),
  )
})
