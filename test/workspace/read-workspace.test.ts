import * as fc from 'fast-check'
import t from 'tap'
import { Fault } from '../../src/errors.ts'
import { folderSource } from '../../src/workspace/folder-source.ts'
import { readWorkspace, type ReadWorkspace } from '../../src/workspace/read-workspace.ts'
import type { Source } from '../../src/workspace/source.ts'

function sourceOf(text: string | Uint8Array): Source {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const read: Source['read'] = async (name) =>
    name === 'congruent.yaml'
      ? { ok: true, bytes }
      : { ok: false, reason: 'absent', message: `\`${name}\` does not exist` }
  return { name: 'memory', read, list: async () => [] }
}

async function read(text: string | Uint8Array): Promise<ReadWorkspace> {
  return readWorkspace(sourceOf(text))
}

/** The problems of a workspace as `line:column message`. */
async function problems(text: string | Uint8Array): Promise<readonly string[]> {
  const fault = await read(text).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (fault === undefined) return []
  if (!(fault instanceof Fault) || fault.code !== 'WORKSPACE_INVALID') throw fault
  return fault.places.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

const good = `workspace: shop
teams:
  platform:
    fragments: [./platform, { path: ./platform/prod, environments: [prod] }]
    contact: '#platform'
  payments: { fragments: [./teams/payments/...], owns: [services.checkout, 'data."a.b"'], constrains: [services.*.image] }
  nobody: { fragments: [] }
  root: { fragments: ["."] }
  data: { fragments: [{ path: "./manifests/*.{yaml,yml}", as: kubernetes, at: clusters.east, namespace: shop }] }
environments:
  dev: { tags: { env: dev } }
  prod: {}
observations:
  - { files: ["observed/prod/*.yaml", "-"], environment: prod, adapter: snapshot, maxAge: 1h30m }
  - { files: [a.json], at: 'services.{stem}."{file}"', covers: [replicas, '*.image'] }
  - { files: [k8s/**/*.yaml], adapter: kubernetes, covers: kinds, lists: plain, namespace: shop }
rules:
  - { rule: 'security:*', environment: dev, severity: warning }
  - { rule: HA-1, entry: ci, severity: 'off' }
exemptions: [exemptions/*.yaml]
engine: cue-wasm
`

t.test('a workspace as it should be', async (t) => {
  const { workspace, environments, locate } = await read(good)
  t.equal(workspace.workspace, 'shop')
  t.same(Object.keys(workspace.teams), ['platform', 'payments', 'nobody', 'root', 'data'])
  t.same(environments, ['dev', 'prod'])
  t.same(workspace.observations?.[0]?.files, ['observed/prod/*.yaml', '-'])
  t.same(locate(['teams', 'platform', 'fragments', '1', 'path']), { line: 4, column: 37 })
  t.same(locate(['teams', 'platform'], 'key'), { line: 3, column: 3 })
  t.same(locate(['teams', 'platform', 'contact'], 'value', 3), { line: 5, column: 18 }, 'inside quotes')
  t.same((await read('{"workspace":"a","teams":{}}')).environments, ['default'], 'JSON is YAML, too')
})

t.test('each problem is told with its place and what to write instead', async (t) => {
  const cases: readonly (readonly [name: string, text: string, ...expected: string[]])[] = [
    [
      'unknown key',
      'workspace: a\nteams: {}\nenviroments: {}\n',
      '3:1 unknown key `enviroments`; did you mean `environments`; known here: `workspace`, `teams`, `packs`, `environments`, `observations`, `rules`, `exemptions`, `sensitive`, `review`, `engine`',
    ],
    [
      'unknown key of a team',
      'workspace: a\nteams:\n  x: { fragmets: [] }\n',
      '3:8 unknown key `fragmets`; did you mean `fragments`; known here: `fragments`, `owns`, `constrains`, `contact`',
    ],
    [
      'unknown value',
      'workspace: a\nteams: {}\nengine: cue-wsm\n',
      '3:9 `engine` is `cue-wsm`; required is one of `cue-go`, `cue-wasm`, `cue-native`; did you mean `cue-wasm`',
    ],
    [
      'missing keys',
      'teams: { x: { owns: [] } }\n',
      '1:1 the document lacks the key `workspace`',
      '1:13 `teams.x` lacks the key `fragments`',
    ],
    [
      'wrong kinds',
      'workspace: 7\nteams: []\nrules: {}\n',
      '1:12 `workspace` is a whole number; required is text',
      '2:8 `teams` is a list; required is a map',
      '3:8 `rules` is a map; required is a list',
    ],
    [
      'a name with capitals',
      'workspace: Shop\nteams: {}\n',
      '1:12 `workspace` is `Shop`; required is a name of lower-case letters, digits and hyphens',
    ],
    ['a team without content', 'workspace: a\nteams:\n  x:\n', '3:3 `teams.x` is empty; required is a map'],
    [
      'covers, a word',
      'workspace: a\nteams: {}\nobservations: [{ files: [a], covers: al }]\n',
      '3:38 `observations.0.covers` is `al`; required is one of `all`, `objects`, `kinds`; did you mean `all`',
    ],
    [
      'covers, a map',
      'workspace: a\nteams: {}\nobservations: [{ files: [a], covers: {} }]\n',
      '3:38 `observations.0.covers` is a map; required is text or a list',
    ],
    [
      'covers, a list of numbers',
      'workspace: a\nteams: {}\nobservations: [{ files: [a], covers: [1] }]\n',
      '3:39 `observations.0.covers.0` is a whole number; required is text',
    ],
    [
      'a number as fragment',
      'workspace: a\nteams: { x: { fragments: [1.5] } }\n',
      '2:27 `teams.x.fragments.0` is a number; required is text or a map',
    ],
    [
      'duration',
      'workspace: a\nteams: {}\nobservations: [{ files: [a], adapter: snapshot, maxAge: 15 min }]\n',
      '3:57 `observations.0.maxAge` is `15 min`; required is a duration such as `15m`, `1h30m` or `2d`',
    ],
    [
      'environment of a fragment',
      'workspace: a\nteams: { x: { fragments: [{ path: ., environments: [prd] }] } }\nenvironments: { prod: {}, dev: {} }\n',
      '2:53 there is no environment `prd`; did you mean `prod`; there are `dev`, `prod`',
    ],
    [
      'environment where none is named',
      'workspace: a\nteams: {}\nrules: [{ rule: "*", environment: prod, severity: info }]\n',
      '3:35 there is no environment `prod`; there are `default`',
    ],
    [
      'environment of observations',
      'workspace: a\nteams: {}\nobservations: [{ files: [a], environment: zzz }]\nenvironments: { prod: {} }\n',
      '3:43 there is no environment `zzz`; there are `prod`',
    ],
    [
      'a team in a rule',
      'workspace: a\nteams: { payments: { fragments: [] } }\nrules:\n  - { rule: "paymets:services.*", severity: info }\n  - { rule: "congruent:breach/payment", severity: info }\n  - { rule: "PSS:1", severity: info }\n',
      '4:13 there is no team `paymets`; did you mean `payments`',
      '5:31 there is no team `payment`; did you mean `payments`',
    ],
    [
      'pattern',
      'workspace: a\nteams: { x: { fragments: [], owns: ["services..web", services.my-web] } }\n',
      '2:47 `services..web` is not a path: a label is required, in double quotes unless it is a plain word, but `.` stands at column 10',
      '2:65 `services.my-web` is not a path: a label with `-` needs double quotes, at column 12',
    ],
    [
      'at with a list position',
      'workspace: a\nteams: { x: { fragments: [{ path: a.yaml, at: "a.b[0]" }] } }\n',
      '2:51 `a.b[0]` names a list position: data is put into maps',
    ],
    [
      'owned twice',
      'workspace: a\nteams:\n  x: { fragments: [], owns: [a.b] }\n  y: { fragments: [], owns: [\'a."b"\'] }\n',
      '4:30 `a."b"` is owned twice: also by team `x`',
    ],
    [
      'the same fragments twice',
      'workspace: a\nteams:\n  x: { fragments: [./a, a/] }\n  y: { fragments: [{ path: ./a, environments: [default] }] }\n',
      '3:25 the fragment path `a/` is given twice: also by the same team',
      '4:28 the fragment path `./a` is given twice: also by team `x`',
    ],
    [
      'out of the workspace',
      'workspace: a\nteams: { x: { fragments: [./../b, /etc, "C:/x"] } }\nobservations: [{ files: [../a.yaml, "{a,..}/b"] }]\nexemptions: [/x]\n',
      '2:29 the fragment path `./../b` leaves the workspace with `..`',
      '2:35 the fragment path `/etc` is absolute: write it relative to the workspace',
      '2:41 the fragment path `C:/x` is absolute: write it relative to the workspace',
      '3:26 the glob `../a.yaml` leaves the workspace with `..`',
      '3:41 the glob `{a,..}/b` leaves the workspace with `..`',
      '4:14 the glob `/x` is absolute: write it relative to the workspace',
    ],
    [
      'paths of no fragment',
      'workspace: a\nteams: { x: { fragments: [./a.cue, "./*/b", cue.mod/pkg, "./a:", "", ./a\\b] } }\n',
      '2:27 the fragment path `./a.cue` is one file of a package: name its folder',
      '2:39 the fragment path `./*/b` has a glob for folders: globs name .yaml, .yml, .json or .star files; every package below a folder is `./dir/...`',
      '2:45 the fragment path `cue.mod/pkg` lies in `cue.mod`, which holds modules that fragments import',
      '2:63 the fragment path `./a:` has no package name after `:`',
      '2:66 the fragment path `` is empty',
      '2:73 the fragment path `./a\\b` holds a backslash: folders are separated by `/`',
    ],
    [
      'members that do not go together',
      'workspace: a\nteams: { x: { fragments: [{ path: ./a, as: kubernetes, at: b }, { path: ./a.yaml, namespace: n }] } }\nobservations:\n  - { files: [], maxAge: 1h, lists: plain, covers: kinds, namespace: n }\n',
      '2:40 `as` is for files of data; the path names a CUE package',
      '2:56 `at` is for files of data; the path names a CUE package',
      '2:83 `namespace` is for manifests: it needs `as: kubernetes`',
      '4:14 `files` is empty: name at least one glob, or the `observer` that sends snapshots to a server',
      '4:18 `maxAge` needs documents with `observedAt`, so the adapter `snapshot`; the adapter of this entry is `plain`',
      '4:30 `lists` is for the adapter `kubernetes`; the adapter of this entry is `plain`',
      '4:44 `covers: kinds` is for the adapter `kubernetes`; the adapter of this entry is `plain`',
      '4:59 `namespace` is for the adapter `kubernetes`; the adapter of this entry is `plain`',
    ],
    [
      'names',
      'workspace: a\nteams: { "a b": { fragments: [] }, congruent: { fragments: [] }, "x:y": { fragments: [] } }\nenvironments: { "": {} }\n',
      '2:10 `a b` is no name for a team: letters, digits, `_`, `-`, `.` and `@` are',
      '2:36 `congruent` is no name for a team: it is kept for rules of the tool itself',
      '2:66 `x:y` is no name for a team: letters, digits, `_`, `-`, `.` and `@` are',
      '3:17 `` is no name for an environment: letters, digits, `_`, `-`, `.` and `@` are',
    ],
    [
      'an empty list of environments',
      'workspace: a\nteams: { x: { fragments: [{ path: ., environments: [] }] } }\n',
      '2:52 `environments` is empty, so the fragment takes part nowhere: leave the key out for every environment',
    ],
    ['not a map', '- a\n', '1:1 the document is a list; required is a map'],
    ['an empty file', '', '1:1 the file is empty: it needs at least `workspace` and `teams`'],
    ['only comments', '# nothing\n', '1:1 the file is empty: it needs at least `workspace` and `teams`'],
    [
      'two documents',
      'workspace: a\nteams: {}\n---\nworkspace: b\nteams: {}\n',
      '4:1 the file holds more than one document: a workspace is one',
    ],
  ]
  for (const [name, text, ...expected] of cases) t.same(await problems(text), expected, name)
})

t.test('lists of different shape for manifests of one environment', async (t) => {
  const text = (environment: string) => `workspace: a
teams: { x: { fragments: [{ path: m.yaml, as: kubernetes }] } }
environments: { dev: {}, prod: {} }
observations:
  - { files: [a], adapter: kubernetes, lists: plain, environment: dev }
  - { files: [b], adapter: kubernetes, environment: ${environment} }
`
  t.same(await problems(text('prod')), [])
  t.match(await problems(text('dev')), [
    /^5:\d+ `lists` is `plain` here and `keyed` in another entry for the environment `dev`/,
  ])
})

t.test('a hundred problems in one run, in the order of the file', async (t) => {
  const teams = Array.from({ length: 100 }, (_, index) => `  team-${index}: { fragments: [], own: [a] }`)
  const found = await problems(`workspace: a\nteams:\n${teams.join('\n')}\n`)
  t.equal(found.length, 100)
  t.same(
    found.map((problem) => Number(problem.split(':')[0])),
    Array.from({ length: 100 }, (_, index) => index + 3),
  )
})

t.test('hostile YAML ends in a fault of its own, with a place', async (t) => {
  const deep = `workspace: a\nteams: ${'['.repeat(100_000)}`
  const aliases = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghijk'.replaceAll(
    /./g,
    (name) =>
      `${name}: &${name} [${Array(9)
        .fill(`*${String.fromCharCode(name.charCodeAt(0) - 1)}`)
        .join(',')}]\n`,
  )}`
  for (const [name, text] of [
    ['nested deeply', deep],
    ['aliases of aliases', aliases],
    ['duplicate keys', 'workspace: a\nworkspace: b\nteams: {}\n'],
    ['NUL', 'workspace: a\nteams: {}\n\u0000'],
    ['bytes that are no UTF-8', new Uint8Array([0x77, 0x3a, 0x20, 0xff, 0xfe, 0x0a])],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x77, 0x00])],
    ['a tab', 'workspace: a\nteams:\n\tx: {}\n'],
    ['an open quote', 'workspace: "a\nteams: {}\n'],
    ['a custom tag', 'workspace: !!js/function "x"\nteams: {}\n'],
  ] as const) {
    const found = await problems(text)
    t.ok(found.length > 0, name)
    for (const problem of found)
      t.ok(problem.length < 1000 && !problem.includes('\n'), `${name}: ${problem.slice(0, 100)}`)
  }
})

t.test('`__proto__` is a name like any other', async (t) => {
  const { workspace, environments } = await read(
    'workspace: a\nteams:\n  __proto__: { fragments: [./x], owns: [__proto__.a] }\n  constructor: { fragments: [] }\nenvironments: { __proto__: {}, toString: {} }\n',
  )
  t.same(Object.keys(workspace.teams), ['__proto__', 'constructor'])
  t.same(
    Object.entries(workspace.teams).map(([, { owns }]) => owns),
    [['__proto__.a'], undefined],
  )
  t.same(environments, ['__proto__', 'toString'])
  t.same(
    await problems('workspace: a\nteams: {}\n__proto__: {}\nconstructor: {}\n').then((all) =>
      all.map((each) => each.split(';')[0]),
    ),
    ['3:1 unknown key `__proto__`', '4:1 unknown key `constructor`'],
  )
  t.same(
    (await problems('workspace: a\nteams: {}\nrules: [{ rule: "*", severity: info, environment: toString }]\n')).length,
    1,
  )
})

t.test('whatever a file holds, the answer is a workspace or a fault with places', async () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.integer(),
      fc.constantFrom(null, true, 1.5, '*', '../x', 'a.b', './x.yaml'),
      fc.array(tie('any'), { maxLength: 3 }),
      tie('map'),
    ),
    map: fc.dictionary(
      fc.constantFrom(
        'workspace',
        'teams',
        'fragments',
        'path',
        'at',
        'as',
        'owns',
        'constrains',
        'environments',
        'tags',
        'observations',
        'files',
        'covers',
        'rules',
        'rule',
        'severity',
        'environment',
        '__proto__',
        'x',
      ),
      tie('any'),
      { maxKeys: 5 },
    ),
  })).map
  await fc.assert(
    fc.asyncProperty(value, async (data) => {
      const text = JSON.stringify(data)
      const fault = await read(text).catch((error: unknown) => error)
      if (!(fault instanceof Fault)) return 'workspace' in (fault as object)
      return (
        fault.code === 'WORKSPACE_INVALID' &&
        fault.places.length > 0 &&
        fault.places.every(
          ({ line, column, message }) => (line ?? 0) > 0 && (column ?? 0) > 0 && !message.includes('\n'),
        )
      )
    }),
    { numRuns: 300 },
  )
})

t.test('no workspace: what to do', async (t) => {
  const dir = t.testdir({
    'congruent.yaml': 'workspace: a\nteams: {}\n',
    deep: { deeper: {} },
    bad: { 'congruent.yaml': {} },
  })
  await t.rejects(readWorkspace(folderSource(`${dir}/deep/deeper`)), {
    code: 'WORKSPACE_NOT_FOUND',
    message: `no \`congruent.yaml\` in \`${dir}/deep/deeper\`; there is \`${dir}/congruent.yaml\`: name its folder with \`-C\``,
  })
  await t.rejects(
    readWorkspace({ ...sourceOf(''), read: async () => ({ ok: false, reason: 'absent', message: '' }) }),
    { code: 'WORKSPACE_NOT_FOUND', message: 'no `congruent.yaml` in `memory`; make a workspace with `congruent init`' },
  )
  await t.rejects(readWorkspace(folderSource(`${dir}/bad`)), {
    code: 'WORKSPACE_INVALID',
    places: [{ message: '`congruent.yaml` is a directory, not a file', file: 'congruent.yaml' }],
  })
})
