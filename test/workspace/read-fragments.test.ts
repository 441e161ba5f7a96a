import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { Fault } from '../../src/errors.ts'
import { importedPackages, modulePath } from '../../src/workspace/cue-packages.ts'
import { folderSource } from '../../src/workspace/folder-source.ts'
import type { FragmentSet } from '../../src/workspace/fragments.ts'
import { readFragments } from '../../src/workspace/read-fragments.ts'
import { readWorkspace } from '../../src/workspace/read-workspace.ts'

interface Fixture {
  [name: string]: string | Buffer | Fixture
}

async function fragmentsIn(dir: string, environment = 'default'): Promise<FragmentSet> {
  const source = folderSource(dir)
  return readFragments(await readWorkspace(source), environment, source)
}

/** The fragments of a workspace whose file is given, among other files. */
async function fragments(t: Test, workspace: string, files: Fixture, environment?: string): Promise<FragmentSet> {
  return fragmentsIn(t.testdir({ 'congruent.yaml': workspace, ...files }), environment)
}

async function places(t: Test, workspace: string, files: Fixture): Promise<readonly string[]> {
  const fault: unknown = await fragments(t, workspace, files).catch((error: unknown) => error)
  if (!(fault instanceof Fault) || fault.code !== 'WORKSPACE_INVALID')
    throw new Error('no such fault', { cause: fault })
  return fault.places.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

/** `team dir:package` or `team file json` of each part. */
function partsOf({ fragments: { parts } }: FragmentSet): readonly string[] {
  return parts.map(
    (part) =>
      `${part.team} ${part.kind !== 'package' ? `${part.file} ${part.kind === 'starlark' ? part.text : part.json}` : `${part.dir}:${part.package ?? ''}`}`,
  )
}

/** `name` or `name (team)` of each text. */
function filesOf({ fragments: { files } }: FragmentSet): readonly string[] {
  return files.map(({ name, team }) => (team === undefined ? name : `${name} (${team})`))
}

t.test('packages, data, tags and limits', async (t) => {
  const set = await fragments(
    t,
    `workspace: a
teams:
  platform: { fragments: [./platform, "./limits/*.yaml", { path: ./platform/prod, environments: [prod] }] }
  root: { fragments: ["."] }
  security: { fragments: [], owns: [tls], constrains: [services.*.image, tls] }
environments: { prod: { tags: { env: prod } }, dev: {} }
`,
    {
      'root.cue': 'package root',
      platform: {
        'a.cue': 'package platform\na: 1',
        'b.cue': 'package platform',
        'a_test.cue': 'package platform',
        'x_tool.cue': 'package platform',
        '_no.cue': 'package platform',
        'old.cue': '@ignore()\npackage older',
        prod: { 'p.cue': 'package prod' },
      },
      limits: { 'b.yaml': 'x: 12345678901234567890\n---\ny: 1.0\n', 'a.yaml': '# nothing\n' },
    },
    'prod',
  )
  t.same(partsOf(set), [
    'platform limits/b.yaml {"x":12345678901234567890}',
    'platform limits/b.yaml {"y":1}',
    'root .:root',
    'platform platform:platform',
    'platform platform/prod:prod',
  ])
  t.same(filesOf(set), [
    'platform/a.cue (platform)',
    'platform/b.cue (platform)',
    'platform/prod/p.cue (platform)',
    'root.cue (root)',
  ])
  t.equal(set.fragments.files[0]?.text, 'package platform\na: 1')
  t.same({ ...set.fragments.tags }, { env: 'prod' })
  t.same(set.fragments.limits, [{ team: 'security', may: [['services', null, 'image'], ['tls']] }])
  t.same(set.unreadable, [])
  t.match(set.notes, [{ code: 'no-document', file: 'limits/a.yaml' }])
})

t.test('the way back from a part to the lines of its file', async (t) => {
  const set = await fragments(t, 'workspace: a\nteams: { x: { fragments: [{ path: d.yaml, at: services.web }] } }\n', {
    'd.yaml': '# first\nimage: a\n---\n- 1\n- {b: 2}\n',
  })
  t.same(partsOf(set), ['x d.yaml {"services":{"web":[1,{"b":2}]}}', 'x d.yaml {"services":{"web":{"image":"a"}}}'])
  const at = (part: number, path: readonly string[], label = false) => {
    const origin = set.origins.get(part)?.(path, label)
    return origin?.document.locate(origin.pointer, label ? 'key' : 'value')
  }
  t.same(at(1, ['services', 'web', 'image']), { line: 2, column: 8 })
  t.same(at(1, ['services', 'web', 'image'], true), { line: 2, column: 1 })
  t.same(at(0, ['services', 'web', '1', 'b']), { line: 5, column: 7 })
  t.equal(at(0, ['services']), undefined, 'labels of `at` stand in no file')
})

t.test('manifests stand where observed objects stand, their secrets masked', async (t) => {
  const manifest = (kind: string, rest: string) =>
    `apiVersion: v1\nkind: ${kind}\nmetadata: { name: web, namespace: shop }\n${rest}\n`
  const files = {
    m: {
      'a.yaml': manifest('Secret', 'data: { key: c2VjcmV0 }'),
      'b.yaml': manifest('Service', 'spec: { ports: [{ name: http, port: 80 }] }'),
    },
  }
  const workspace = (lists: string) => `workspace: a
teams: { x: { fragments: [{ path: "./m/*.yaml", as: kubernetes, at: east }] } }
environments: { dev: {}, prod: {} }
observations: [{ files: [o.yaml], adapter: kubernetes, lists: ${lists}, environment: dev }]
`
  const keyed = await fragments(t, workspace('plain'), files, 'prod')
  t.equal(keyed.fragments.parts.length, 1)
  t.match(partsOf(keyed)[0], /^x \.\/m\/\*\.yaml \{"east":\{.*"Service":\{"web":.*"ports":\{"80\/TCP":/)
  t.match(keyed.fragments.parts[0], { masked: [['east', 'namespaces', 'shop', 'Secret', 'web', 'data', 'key']] })
  t.notMatch(partsOf(keyed)[0], /c2VjcmV0/)
  const origin = keyed.origins.get(0)?.(
    ['east', 'namespaces', 'shop', 'Service', 'web', 'spec', 'ports', '80/TCP', 'port'],
    false,
  )
  t.same([origin?.document.file, origin?.pointer], ['m/b.yaml', ['spec', 'ports', '0', 'port']])
  t.match(partsOf(await fragments(t, workspace('plain'), files, 'dev'))[0], /"ports":\[\{/)
})

t.test('what several teams claim belongs to the most specific claim', async (t) => {
  const workspace = `workspace: a
teams:
  all: { fragments: [./..., "**/*.yaml"] }
  teams: { fragments: [./teams/...] }
  pay: { fragments: [./teams/pay, "teams/*.yaml", { path: ./teams/pay/prod, environments: [prod] }] }
  two: { fragments: ["./both:two", ./teams/x.yaml] }
environments: { dev: {}, prod: {} }
`
  const files = {
    'r.cue': 'package r',
    _skip: { 's.cue': 'package s' },
    'cue.mod': { pkg: { 'e.com': { l: { 'l.cue': 'package l' } } } },
    teams: {
      pay: { 'p.cue': 'package pay', prod: { 'q.cue': 'package prod' } },
      other: { 'o.cue': 'package other' },
      'x.yaml': 'a: 1',
      'y.yaml': 'b: 2',
    },
    both: { '1.cue': 'package one', '2.cue': 'package two', 'z.yaml': 'c: 3' },
  }
  const data = ['all both/z.yaml {"c":3}', 'two teams/x.yaml {"a":1}', 'pay teams/y.yaml {"b":2}']
  const dev = await fragments(t, workspace, files, 'dev')
  t.same(
    partsOf(dev),
    [...data, 'all .:r', 'all both:one', 'two both:two', 'teams teams/other:other', 'pay teams/pay:pay'],
    'prod is left out of dev, whoever else claims its folder',
  )
  t.same(partsOf(await fragments(t, workspace, files, 'prod')), [
    ...data,
    'all .:r',
    'all both:one',
    'two both:two',
    'teams teams/other:other',
    'pay teams/pay:pay',
    'pay teams/pay/prod:prod',
  ])
  t.same(filesOf(dev), [
    'both/1.cue (all)',
    'both/2.cue (two)',
    'r.cue (all)',
    'teams/other/o.cue (teams)',
    'teams/pay/p.cue (pay)',
  ])
})

t.test('texts that a package needs: imports, vendored packages, files above, embedded data', async (t) => {
  const files = {
    'cue.mod': {
      'module.cue': 'module: "shop.example@v0"\nlanguage: version: "v0.17.0"\n',
      pkg: {
        'e.com': {
          lib: { 'l.cue': 'package lib\nimport "e.com/deep/er:d"' },
          deep: { er: { 'd.cue': 'package d', 'not.cue': 'package other' } },
          unused: { 'u.cue': 'package u' },
        },
      },
      usr: { 'e.com': { lib: { 'patch.cue': 'package lib' } } },
    },
    'above.cue': 'package a',
    'other.cue': 'package z',
    a: {
      b: {
        'b.cue':
          '@extern(embed)\npackage a\nimport (\n"strings"\n"e.com/lib"\n"shop.example/shared"\n"shop.example/named:n"\n)\nx: _ @embed(file="d/one.yaml")\ny: _ @embed(glob="d/*.json")\nz: _ @embed(file="../../secret.yaml")\nq: _ @embed(file=gone.yaml)',
        d: { 'one.yaml': 'a: 1', '2.json': '{}', '3.json': '{}', 'no.yaml': '' },
      },
    },
    shared: { 's.cue': 'package shared' },
    named: { 'n.cue': 'package n' },
    'secret.yaml': 'no',
  }
  const set = await fragments(
    t,
    'workspace: w\nteams: { x: { fragments: [./a/b] }, y: { fragments: [./shared] } }\n',
    files,
  )
  t.same(partsOf(set), ['x a/b:a', 'y shared:shared'])
  t.same(filesOf(set), [
    'a/b/b.cue (x)',
    'a/b/d/2.json',
    'a/b/d/3.json',
    'a/b/d/one.yaml',
    'above.cue',
    'cue.mod/module.cue',
    'cue.mod/pkg/e.com/deep/er/d.cue',
    'cue.mod/pkg/e.com/lib/l.cue',
    'cue.mod/usr/e.com/lib/patch.cue',
    'named/n.cue',
    'shared/s.cue (y)',
  ])
  t.equal(modulePath('language: version: "v0.9.0"\nmodule: "a.b/c@v1"\n'), 'a.b/c')
  t.equal(modulePath('{language: {version: "v0.9.0"}, module: "a.b"}'), 'a.b')
  t.equal(modulePath('// nothing'), undefined)
  t.same(importedPackages('shop.example/x/y@v1:z', 'shop.example'), [{ dir: 'x/y', package: 'z' }])
  t.same(importedPackages('shop.example', 'shop.example'), [{ dir: '.', package: 'shop.example' }])
  t.same(importedPackages('workspace.congruent/x'), [{ dir: 'x', package: 'x' }])
  t.same(importedPackages('encoding/json'), [])
})

t.test('one package among several of a folder', async (t) => {
  const files = {
    shop: { 'a.cue': 'package shop', 'b.cue': 'package extra', 'c.cue': 'x: 1' },
    pair: { 'a.cue': 'package one', 'b.cue': 'package two' },
    plain: { 'p.cue': 'x: 1' },
  }
  const one = await fragments(t, 'workspace: w\nteams: { x: { fragments: [./shop, "./pair:one", ./plain] } }\n', files)
  t.same(partsOf(one), ['x pair:one', 'x plain:', 'x shop:shop'])
  t.same(filesOf(one), ['pair/a.cue (x)', 'plain/p.cue (x)', 'shop/a.cue (x)', 'shop/c.cue (x)'])
  t.same(
    one.notes.map(({ code, file }) => `${code} ${file}`),
    ['other-package pair/b.cue', 'other-package shop/b.cue', 'no-package shop/c.cue'],
  )
  t.match(one.notes[1]?.message, 'the file is of package `extra`, which no fragment path names, beside package `shop`')
  t.same(await places(t, 'workspace: w\nteams: { x: { fragments: [./pair, "./pair:tow"] } }\n', files), [
    '2:27 the fragment path `./pair` is several packages: `one`, `two`; name one, as in `./pair:one`',
    '2:35 the fragment path `./pair:tow` matches nothing: the folder `pair` has no package `tow`; did you mean `two`',
  ])
})

t.test('paths that match nothing, each with its line', async (t) => {
  const workspace = `workspace: w
teams:
  x:
    fragments:
      - ./gone
      - ./data
      - ./gone/...
      - ./gone.yaml
      - { path: "./data/*.json" }
`
  t.same(await places(t, workspace, { data: { 'd.yaml': 'a: 1' } }), [
    '5:9 the fragment path `./gone` matches nothing: there is no .cue file in the folder `gone`',
    '6:9 the fragment path `./data` matches nothing: there is no .cue file in the folder `data`; its data files are named by `./data/*.yaml`',
    '7:9 the fragment path `./gone/...` matches nothing: there is no .cue file in the folder `gone` or below',
    '8:9 the fragment path `./gone.yaml` matches nothing',
    '9:17 the fragment path `./data/*.json` matches nothing',
  ])
})

t.test('what cannot be read costs itself only, and is told with its team', async (t) => {
  const dir = t.testdir({
    'congruent.yaml':
      'workspace: w\nteams:\n  x: { fragments: [./a, "./d/*.yaml", ./folder.yaml] }\n  y: { fragments: [./b, ./list.json, ./linked, { path: k.yaml, as: kubernetes }] }\n',
    a: {
      'bad.cue': Buffer.from([0x70, 0xff]),
      'nul.cue': 'package a\nx: 1\u0000',
      'good.cue': 'package a\n@embed(file=out.yaml)',
    },
    b: { 'bad.cue': Buffer.from([0xff, 0xfe]), 'lib.cue': {} },
    d: { 'broken.yaml': 'a: [\n', 'fine.yaml': 'b: 1', 'twice.yaml': 'a: 1\na: 2\n' },
    linked: {},
    'list.json': '[1]',
    'k.yaml': 'kind: Pod\n',
    'folder.yaml': {},
    'cue.mod': { 'module.cue': 'module: "w.x"\u0000' },
  })
  const outside = t.testdirName
  symlinkSync('/etc/hostname', join(dir, 'linked', 'out.cue'))
  symlinkSync('/etc/hostname', join(dir, 'd', 'out.yaml'))
  symlinkSync('/etc/hostname', join(dir, 'a', 'out.yaml'))
  t.ok(outside)
  const set = await fragmentsIn(dir)
  t.same(
    set.unreadable.map(({ file, team, position }) => [file, team, position?.line].join(' ').trim()),
    [
      'a/bad.cue x 1',
      'a/nul.cue x 2',
      'a/out.yaml x',
      'b/bad.cue y',
      'cue.mod/module.cue x 1',
      'd/broken.yaml x 2',
      'd/out.yaml x',
      'd/twice.yaml x 2',
      'folder.yaml x',
      'k.yaml y 1',
      'linked/out.cue y',
      'list.json y 1',
    ],
  )
  t.match(set.unreadable.find(({ file }) => file === 'linked/out.cue')?.message, 'symbolic link out of the workspace')
  t.same(partsOf(set), ['x d/fine.yaml {"b":1}', 'x a:a'])
  t.same(filesOf(set), ['a/good.cue (x)'])
})

t.test('teams named like members of every object', async (t) => {
  const set = await fragments(
    t,
    'workspace: w\nteams:\n  __proto__: { fragments: [./a, d.yaml], constrains: [__proto__] }\n  toString: { fragments: [] }\nenvironments: { __proto__: { tags: { __proto__: x } } }\n',
    { a: { 'a.cue': 'package a' }, 'd.yaml': '__proto__: { a: 1 }\n' },
    '__proto__',
  )
  t.same(partsOf(set), ['__proto__ d.yaml {"__proto__":{"a":1}}', '__proto__ a:a'])
  t.same(set.fragments.limits, [{ team: '__proto__', may: [['__proto__']] }])
  t.same(Object.entries(set.fragments.tags), [['__proto__', 'x']])
})

t.test('the order of the workspace file changes nothing', async (t) => {
  const files = { a: { 'a.cue': 'package a' }, b: { 'b.cue': 'package b' }, 'd.yaml': 'a: 1', 'e.json': '{"b":1}' }
  const one = await fragments(
    t,
    'workspace: w\nteams: { x: { fragments: [./a, ./d.yaml], constrains: [b, a] }, y: { fragments: [./b, e.json], constrains: [] } }\n',
    files,
  )
  const other = await fragments(
    t,
    'workspace: w\nteams: { y: { fragments: [./e.json, b/], constrains: [] }, x: { constrains: [a, b], fragments: [d.yaml, ./a] } }\n',
    files,
  )
  t.same(other.fragments, one.fragments)
})
