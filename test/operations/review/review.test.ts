import t from 'tap'
import type { Review } from '../../../src/model/review.ts'
import { newRepository } from '../../support/git-repository.ts'
import { reviewer, reviewOf } from '../../support/reviewing.ts'

t.setTimeout(300_000)

const congruent = reviewer(t)

const document = `workspace: shop
teams:
  web: { fragments: [./web], owns: [services.web, services.api], contact: '#web' }
  security: { fragments: [./security], constrains: [services.*.image, services.*.tls] }
  sre: { fragments: [./sre] }
observations:
  - { files: [observed.yaml] }
`
const observed = `services:
  web: { image: 'shop/web:1', replicas: 2, port: 80, tls: 2 }
  api: { image: 'shop/api:1', replicas: 3, port: 81, tls: 3 }
`
const files: Readonly<Record<string, string>> = {
  'congruent.yaml': document,
  'observed.yaml': observed,
  'web/web.cue': 'package web\n\nservices: web: port: 80 | 8080\nservices: api: port: int\n',
  'security/s.cue': 'package security\n\nservices: [string]: image: =~"^shop/"\nservices: [string]: tls?: >=2\n',
  'sre/sre.cue': 'package sre\n\nservices: [string]: replicas: >=2 & <=9 @rule(id="HA-1")\n',
}

/** What a review says, as a few lines: what changes, what is found, who must agree. */
function told({ verdict, environments, rules, files, approvals, notes }: Review): Readonly<Record<string, unknown>> {
  const found = environments.flatMap(({ conflicts, findings }) => [
    ...conflicts.new.map(({ at, kind }) => `new ${kind} ${at}`),
    ...conflicts.resolved.map(({ at, kind }) => `resolved ${kind} ${at}`),
    ...findings.new.map(({ at, kind }) => `new ${kind} ${at}`),
    ...findings.resolved.map(({ at, kind }) => `resolved ${kind} ${at}`),
    ...findings.changed.map(({ after }) => `changed ${after.kind} ${after.at}`),
  ])
  const changes = environments.flatMap((environment) => environment.changes)
  return {
    verdict,
    ...(changes.length === 0 ? {} : { reach: changes.map(({ hits, matches }) => `${hits} of ${matches}`) }),
    ...(files?.changed === 0 ? {} : { files }),
    changes: changes.map(({ change, at }) => `${change} ${at}`),
    ...(found.length === 0 ? {} : { found }),
    ...(approvals.length === 0 ? {} : { approvals: approvals.map(({ team }) => team) }),
    ...(rules.added.length === 0 ? {} : { added: rules.added.map(({ id }) => id) }),
    ...(rules.removed.length === 0 ? {} : { removed: rules.removed.map(({ id }) => id) }),
    ...(notes.length === 0 ? {} : { notes: notes.map(({ code }) => code) }),
  }
}

type Edit = readonly [what: string, file: string, from: string | RegExp, to: string, expected: object]

// Each kind of change, made by a team that owns the path (web), by one that may constrain it (security), and by another one (sre).
const edits: readonly Edit[] = [
  [
    'owner adds',
    'web/web.cue',
    /$/,
    'services: web: host: "w"\n',
    {
      verdict: 'violates',
      changes: ['added services.web.host'],
      found: ['new missing services.web.host'],
      approvals: ['web'],
    },
  ],
  [
    'owner removes',
    'web/web.cue',
    'services: api: port: int\n',
    '',
    { verdict: 'changed', changes: ['removed services.api'], approvals: ['web'] },
  ],
  [
    'owner tightens',
    'web/web.cue',
    '80 | 8080',
    '8080',
    {
      verdict: 'violates',
      changes: ['tighter services.web.port'],
      found: ['new mismatch services.web.port'],
      approvals: ['web'],
    },
  ],
  [
    'owner loosens',
    'web/web.cue',
    '80 | 8080',
    '80 | 8080 | 9090',
    { verdict: 'changed', changes: ['looser services.web.port'], approvals: ['web'] },
  ],
  [
    'owner demands something else',
    'web/web.cue',
    '80 | 8080',
    '90 | 9090',
    {
      verdict: 'violates',
      changes: ['changed services.web.port'],
      found: ['new mismatch services.web.port'],
      approvals: ['web'],
    },
  ],
  [
    'owner moves a default',
    'web/web.cue',
    '80 | 8080',
    '*80 | 8080',
    { verdict: 'changed', changes: ['default services.web.port'], approvals: ['web'] },
  ],
  [
    'owner states a condition',
    'web/web.cue',
    /$/,
    'services: web: {port: _, replicas: int, if replicas > 5 {port: 8080}}\n',
    { approvals: ['web'] },
  ],
  [
    'constrainer adds',
    'security/s.cue',
    /$/,
    'services: api: tls: 4\n',
    {
      verdict: 'violates',
      changes: ['tighter services.api.tls'],
      found: ['new mismatch services.api.tls'],
      approvals: ['web'],
    },
  ],
  [
    'constrainer removes',
    'security/s.cue',
    /services.*tls.*\n/,
    '',
    { verdict: 'changed', changes: ['removed services.[].tls'], approvals: ['web'] },
  ],
  [
    'constrainer tightens',
    'security/s.cue',
    '>=2',
    '>=3',
    {
      verdict: 'violates',
      changes: ['tighter services.[].tls'],
      found: ['new mismatch services.web.tls'],
      approvals: ['web'],
    },
  ],
  ['constrainer loosens', 'security/s.cue', '^shop/', '^(shop|cafe)/', { verdict: 'changed', approvals: ['web'] }],
  [
    'constrainer demands something else',
    'security/s.cue',
    '^shop/',
    '^store/',
    {
      verdict: 'violates',
      found: ['new mismatch services.api.image', 'new mismatch services.web.image'],
      approvals: ['web'],
    },
  ],
  [
    'constrainer sets a default',
    'security/s.cue',
    '>=2',
    '*3 | >=2',
    { changes: ['default services.[].tls'], approvals: ['web'] },
  ],
  [
    'constrainer says too much',
    'security/s.cue',
    /$/,
    'services: web: port: 80\n',
    {
      verdict: 'violates',
      changes: ['tighter services.web.port'],
      found: ['new breach services.web.port'],
      approvals: ['web'],
    },
  ],
  [
    'another team adds',
    'sre/sre.cue',
    /$/,
    'services: [string]: memory: int\n',
    {
      verdict: 'violates',
      changes: ['added services.[].memory'],
      found: ['new missing services.api.memory', 'new missing services.web.memory'],
      reach: ['2 of 2'],
      approvals: ['web'],
    },
  ],
  [
    'another team removes',
    'sre/sre.cue',
    /services.*\n/,
    '',
    { verdict: 'changed', changes: ['removed services.[].replicas'], removed: ['HA-1'], approvals: ['web'] },
  ],
  [
    'another team tightens',
    'sre/sre.cue',
    '>=2',
    '>=3',
    {
      verdict: 'violates',
      changes: ['tighter services.[].replicas'],
      found: ['new mismatch services.web.replicas'],
      reach: ['1 of 2'],
      files: { changed: 1, silent: 0 },
      approvals: ['web'],
    },
  ],
  [
    'another team loosens',
    'sre/sre.cue',
    '<=9',
    '<=20',
    { verdict: 'changed', reach: ['0 of 2'], changes: ['looser services.[].replicas'], approvals: ['web'] },
  ],
  [
    'another team demands something else',
    'sre/sre.cue',
    '>=2 & <=9',
    '>=1 & <=3',
    { verdict: 'changed', changes: ['changed services.[].replicas'], approvals: ['web'] },
  ],
  [
    'another team sets a default',
    'sre/sre.cue',
    '>=2 & <=9',
    '*2 | (>=2 & <=9)',
    { changes: ['default services.[].replicas'], approvals: ['web'] },
  ],
  [
    'another team names a rule',
    'sre/sre.cue',
    ' @rule(id="HA-1")',
    ' @rule(id="HA-2")',
    { verdict: 'changed', changes: [], added: ['HA-2'], removed: ['HA-1'] },
  ],
  ['a conflict comes', 'sre/sre.cue', /$/, 'services: web: port: 1\n', { verdict: 'conflicts', approvals: ['web'] }],
  [
    'a path of nobody',
    'sre/sre.cue',
    /$/,
    'other: 1\n',
    { verdict: 'violates', changes: ['added other'], found: ['new missing other'] },
  ],
  [
    'words alone',
    'sre/sre.cue',
    '>=2 & <=9',
    '<=9 &\n\t// at least two\n\t>=2',
    { verdict: 'unchanged', changes: [], files: { changed: 1, silent: 1 } },
  ],
  ['a fragment that cannot be read', 'sre/sre.cue', /$/, 'services: {\n', { verdict: 'conflicts' }],
]

t.test('each kind of change by each kind of team', async (t) => {
  const repository = newRepository(t, files)
  for (const [what, file, from, to, expected] of edits) {
    const text = (files[file] ?? '').replace(from, to)
    t.not(text, files[file], what)
    repository.write({ [file]: text })
    t.match(told(await reviewOf(congruent, repository.folder)), expected, what)
    repository.write(files)
  }
  t.same(told(await reviewOf(congruent, repository.folder)), { verdict: 'unchanged', changes: [] })
  repository.write({ 'sre/sre.cue': `${files['sre/sre.cue'] ?? ''}services: [string]: tls?: <=1\n` })
  const { verdict, environments } = await reviewOf(congruent, repository.folder, { observed: async () => [] })
  t.equal(verdict, 'changed', 'nothing observed meets them')
  t.match(environments, [{ latent: { new: [{ kind: 'conflict', teams: ['security', 'sre'] }], resolved: [] } }])
})

t.test('what goes wrong silently, and rules that no test expects', async (t) => {
  const repository = newRepository(t, files)
  const named = `${files['sre/sre.cue'] ?? ''}services: [string]: weight?: float @rule(id="W-1")\n`
  repository.write({ 'sre/sre.cue': named })
  const without = await reviewOf(congruent, repository.folder)
  t.match(without.environments, [
    { lints: { new: [{ kind: 'lint', rule: { id: 'congruent:lint/float' } }], resolved: [] } },
  ])
  t.match(without.rules.added, [{ id: 'W-1' }])
  t.equal(without.rules.untested, undefined, 'nobody asks for tests where there are none')
  repository.write({ 'sre/x.test.yaml': 'cases: [{ name: a, given: { state: {} }, expect: conforms }]\n' })
  t.match((await reviewOf(congruent, repository.folder)).rules.untested, [{ id: 'W-1', team: 'sre' }])
  repository.write({ 'sre/x.test.yaml': 'cases: [{ name: a, given: { state: {} }, expect: [{ rule: W-1 }] }]\n' })
  t.same((await reviewOf(congruent, repository.folder)).rules.untested, [])
})
