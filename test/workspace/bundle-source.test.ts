import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import t from 'tap'
import { bundleSource } from '../../src/workspace/bundle-source.ts'
import { folderSource } from '../../src/workspace/folder-source.ts'
import { readFragments } from '../../src/workspace/read-fragments.ts'
import { readWorkspace } from '../../src/workspace/read-workspace.ts'
import { teamOfFile } from '../../src/workspace/team-of-file.ts'

function filesOf(texts: Readonly<Record<string, string>>): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]))
}

const texts = {
  'congruent.yaml': 'workspace: shop\nteams: {}',
  'a.cue': '',
  'top (1).yaml': '',
  '.hidden/h.yaml': '',
  'node_modules/x/n.yaml': '',
  'deep/node_modules/y.yaml': '',
  'deep/er/b.json': '',
  'deep/er/c.yaml': '',
  'deep/.dot.yaml': '',
  'é/z.yaml': '',
}

t.test('a bundle lists what a folder of the same files lists', async (t) => {
  const dir = t.testdir({})
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), text)
  }
  const [bundle, folder] = [bundleSource('shop', filesOf(texts)), folderSource(dir)]
  const piece = fc.constantFrom(
    '**',
    '*',
    'deep',
    'er',
    '*.yaml',
    '*.{yaml,json}',
    'é',
    '?',
    '.*',
    'top (1).yaml',
    '..',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 4 }), async (pieces) => {
      const globs = [pieces.join('/')]
      t.same(await bundle.list(globs), await folder.list(globs), globs.join())
    }),
    { numRuns: 100 },
  )
  for (const name of ['a.cue', './deep//er/b.json', 'deep', 'gone', '../x', '/etc/hostname', 'a\\..\\b', 'a.cue/x']) {
    const [here, there] = [await bundle.read(name), await folder.read(name)]
    t.equal(here.ok ? 'ok' : here.reason, there.ok ? 'ok' : there.reason, name)
  }
})

const workspace = `workspace: shop
teams:
  a: { fragments: [./a/..., ./data/*.yaml] }
  b: { fragments: [./a/inner:own, ./data/b.yaml, ./gone] }
`

t.test('where files may still come, a path that matches nothing is a note', async (t) => {
  const files = filesOf({ 'congruent.yaml': workspace, 'a/x.cue': 'package a\nx: 1\n' })
  const open = bundleSource('shop', files, { gaps: true })
  const read = await readWorkspace(open)
  const { fragments, notes } = await readFragments(read, 'default', open)
  t.same(
    fragments.parts.map((part) => part.team),
    ['a'],
  )
  t.same(
    notes.map(({ code, line }) => [code, line]),
    [
      ['no-fragment', 3],
      ['no-fragment', 4],
      ['no-fragment', 4],
      ['no-fragment', 4],
    ],
  )
  await t.rejects(readFragments(read, 'default', bundleSource('shop', files)), { code: 'WORKSPACE_INVALID' })
})

t.test('where files may still come, a tag that nothing reads is a note', async (t) => {
  const document = `workspace: shop
teams: { a: { fragments: [./a] } }
environments:
  dev: { tags: { env: dev, zone: b } }
`
  const files = filesOf({ 'congruent.yaml': document, 'a/x.cue': 'package a\nx: string @tag(env,short=dev|prod)\n' })
  const open = bundleSource('shop', files, { gaps: true })
  const found = await readFragments(await readWorkspace(open), 'dev', open)
  t.same(found.fragments.tags, { env: 'dev' })
  t.match(found.notes, [{ code: 'unread-tag', file: 'congruent.yaml', line: 4 }])
  const closed = bundleSource('shop', files)
  t.same((await readFragments(await readWorkspace(closed), 'dev', closed)).fragments.tags, { env: 'dev', zone: 'b' })
})

t.test('whose a file is, by the most specific path and by its package', async (t) => {
  const source = bundleSource('shop', filesOf({ 'congruent.yaml': workspace, 'data/a.yaml': '', 'data/b.yaml': '' }))
  const teamOf = await teamOfFile((await readWorkspace(source)).workspace, source)
  const of = (name: string, text = ''): string | undefined => teamOf(name, Buffer.from(text))
  t.equal(of('a/inner/x.cue', 'package own'), 'b')
  t.equal(of('a/inner/x.cue', 'package other'), 'a')
  t.equal(of('a/README.md'), 'a')
  t.equal(of('data/a.yaml'), 'a')
  t.equal(of('data/b.yaml'), 'b')
  t.equal(of('data/c.txt'), undefined)
  t.equal(of('cue.mod/module.cue'), undefined)
})
