import t, { type Test } from 'tap'
import { Fault } from '../../src/errors.ts'
import { bundleSource } from '../../src/workspace/bundle-source.ts'
import { folderSource } from '../../src/workspace/folder-source.ts'
import type { FragmentSet } from '../../src/workspace/fragments.ts'
import { readFragments } from '../../src/workspace/read-fragments.ts'
import { readWorkspace } from '../../src/workspace/read-workspace.ts'
import type { Source } from '../../src/workspace/source.ts'

const pack = 'pack:kubernetes/pod-security'

function sourceOf(document: string, files: Readonly<Record<string, string>> = {}): Source {
  const all = Object.entries({ ...files, 'congruent.yaml': document })
  return bundleSource('memory', new Map(all.map(([name, text]) => [name, Buffer.from(text)])))
}

async function fragments(document: string, environment = 'default'): Promise<FragmentSet> {
  const source = sourceOf(document)
  return readFragments(await readWorkspace(source), environment, source)
}

async function problems(document: string): Promise<readonly string[]> {
  const fault: unknown = await readWorkspace(sourceOf(document)).catch((error: unknown) => error)
  if (!(fault instanceof Fault)) throw new Error('no fault', { cause: fault })
  // Which packs there are beside this one is not what is tested here.
  return fault.places.map(({ line, column, message }) =>
    `${line}:${column} ${message}`.replace(/(; there are ).*`kubernetes\/pod-security`.*/, '$1…'),
  )
}

t.test('the files of packs are there beside those of a source, and only under their own names', async (t) => {
  const folder = folderSource(t.testdir({ 'congruent.yaml': '', a: { 'b.cue': 'package b\n' } }))
  for (const source of [folder, sourceOf('', { 'a/b.cue': 'package b\n' })]) {
    t.ok((await source.list([`${pack}/*.cue`])).includes(`${pack}/baseline.cue`))
    t.same(await source.list(['**/*.cue']), ['a/b.cue'], 'no glob of the workspace finds a pack')
    t.equal((await source.read(`${pack}/pack.yaml`)).ok, true)
    for (const name of ['nothing.cue', '../../../package.json', './pack.yaml', '..\\pack.yaml', '', 'tests'])
      t.equal((await source.read(`${pack}/${name}`)).ok, false, name)
  }
  const looked = await folder.look?.([`${pack}/*.cue`])
  const shows = await Promise.all(
    (looked?.folders ?? []).map(async (one) => [one.shows, await folder.show?.(one.folder)]),
  )
  t.ok(shows.some(([then]) => then?.includes('baseline.cue')))
  for (const [then, now] of shows) t.equal(then, now, 'a listing is known again by what its folders show')
})

t.test('what a source has of a pack itself counts before what is shipped', async (t) => {
  const source = sourceOf('', { [`${pack}/own.cue`]: 'package own\n' })
  t.same(await source.list([`${pack}/*.cue`]), [`${pack}/own.cue`])
})

t.test('a pack is a package of a team named as it is, or of the one that is said', async (t) => {
  const own = await fragments('workspace: a\nteams: {}\npacks: [kubernetes/pod-security]\n')
  t.same(own.fragments.parts, [{ kind: 'package', team: 'kubernetes/pod-security', dir: pack, package: 'podsecurity' }])
  t.ok(own.fragments.files.every(({ name, team }) => name.startsWith(pack) && team === 'kubernetes/pod-security'))
  const given = await fragments(
    'workspace: a\nteams: { sre: { fragments: [] } }\npacks: [{ pack: kubernetes/pod-security, team: sre }]\n',
  )
  t.ok(given.fragments.files.every(({ team }) => team === 'sre'))
})

t.test('a package of the workspace takes no part in a pack, whatever it is called', async (t) => {
  const source = sourceOf('workspace: a\nteams: {}\npacks: [kubernetes/pod-security]\n', {
    'own.cue': 'package podsecurity\n',
  })
  const set = await readFragments(await readWorkspace(source), 'default', source)
  t.notOk(set.fragments.files.some(({ name }) => name === 'own.cue'))
})

t.test('parameters are said in the pack’s own package, and stand where the workspace file has them', async (t) => {
  const document = `workspace: a
teams: {}
environments: { dev: {}, prod: {} }
packs:
  - pack: kubernetes/pod-security
    environments: [prod]
    parameters:
      level: restricted
      exempt: { namespaces: [kube-system], runtimeClasses: [] }
  - { pack: kubernetes/pod-security, environments: [dev] }
`
  const set = await fragments(document, 'prod')
  const made = set.fragments.files.find(({ name }) => set.made.has(name))
  t.equal(
    made?.text,
    `package podsecurity
#podSecurity: "level": "restricted"
#podSecurity: "exempt": "namespaces": ["kube-system"]
#podSecurity: "exempt": "runtimeClasses": []
`,
  )
  const at = [2, 3, 4].map((line) => set.made.get(made?.name ?? '')?.(line))
  t.same(at, [
    { file: 'congruent.yaml', line: 8, column: 14 },
    { file: 'congruent.yaml', line: 9, column: 29 },
    { file: 'congruent.yaml', line: 9, column: 60 },
  ])
  t.equal((await fragments(document, 'dev')).made.size, 0)
})

async function told(t: Test, packs: string, expected: readonly string[]): Promise<void> {
  const document = `workspace: a\nteams: { platform: { fragments: [] } }\nenvironments: { dev: {}, prod: {} }\npacks: ${packs}\n`
  t.same(await problems(document), expected, packs)
}

t.test('what is wrong in `packs` is told with its place', async (t) => {
  await told(t, '[kubernetes/pod-securty]', [
    '4:9 there is no pack `kubernetes/pod-securty`; did you mean `kubernetes/pod-security`; there are …',
  ])
  await told(t, '[{ pack: kubernetes/pod-security, team: platfrm, environments: [prd] }]', [
    '4:48 there is no team `platfrm`; did you mean `platform`; without `team` the rules count for a team named as the pack',
    '4:72 there is no environment `prd`; did you mean `prod`; there are `dev`, `prod`',
  ])
  const plain = 'observations: [{ files: [a.yaml], environment: dev, adapter: kubernetes, lists: plain }]'
  await told(t, `[kubernetes/pod-security, kubernetes/ownership]\n${plain}`, [
    '5:81 the pack `kubernetes/pod-security` is written for lists by key: leave `lists` out here, or the pack in this environment',
  ])
  await told(t, '[{ pack: kubernetes/pod-security, parameters: { levle: baseline } }]', [
    '4:56 the pack `kubernetes/pod-security` has no parameter `levle`; did you mean `level`; it has `level`, `version`, `exempt`',
  ])
  await told(t, '[{ pack: kubernetes/pod-security, parameters: { exempt: { namespace: [a], runtimeClasses: [] } } }]', [
    '4:66 `exempt` of the pack has no parameter `namespace`; did you mean `namespaces`; it has `namespaces`, `runtimeClasses`',
  ])
  await told(t, '[pod-security]', [
    '4:9 there is no pack `pod-security`; did you mean `kubernetes/pod-security`; there are …',
  ])
  await told(t, '[k8s/good-practise]', [
    '4:9 there is no pack `k8s/good-practise`; did you mean `kubernetes/good-practice`; there are …',
  ])
  await told(t, '[anything]', ['4:9 there is no pack `anything`; there are …'])
  await told(t, '[kubernetes/pod-security, { pack: kubernetes/pod-security, environments: [dev] }]', [
    '4:42 the pack `kubernetes/pod-security` is given twice for the environment `dev`: say all in one entry, or give each its own `environments`',
  ])
  await told(t, '[{ pack: kubernetes/pod-security, parameter: {} }, 7]', [
    '4:42 unknown key `parameter`; did you mean `parameters`; known here: `pack`, `team`, `environments`, `parameters`',
    '4:59 `packs.1` is a whole number; required is text or a map',
  ])
})
