import { symlinkSync, unlinkSync, writeFileSync, chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { gitProgram } from '../../src/git/git-program.ts'
import { repositoryOf } from '../../src/git/repository.ts'
import { folderSource } from '../../src/workspace/folder-source.ts'
import { gitSource } from '../../src/workspace/git-source.ts'
import type { Source } from '../../src/workspace/source.ts'
import { newRepository } from '../support/git-repository.ts'

const git = gitProgram({ PATH: process.env['PATH'], HOME: '/nonexistent' })

async function at(folder: string, commit: string): Promise<Source> {
  const { source } = await gitSource(await repositoryOf(git, folder), commit, 'then')
  return source
}

async function textOf(source: Source, name: string): Promise<string> {
  const read = await source.read(name)
  return read.ok ? Buffer.from(read.bytes).toString() : `${read.reason}: ${read.message}`
}

t.test('what a commit held, whatever is on disk', async (t) => {
  const repository = newRepository(t, {
    'a.cue': 'package a\n',
    'deep/b.yaml': 'b: 1\n',
    'large.txt': 'x'.repeat(300_000),
  })
  const before = repository.git('rev-parse', 'HEAD')
  repository.git('mv', 'deep/b.yaml', 'deep/c.yaml')
  repository.commit({ 'a.cue': 'package other\n' })
  repository.write({ 'a.cue': 'not committed', 'new.cue': 'package new\n' })
  const source = await at(repository.folder, before)
  t.equal(source.fixed, true)
  t.strictSame(await source.list(['**']), ['a.cue', 'deep/b.yaml', 'large.txt'])
  t.equal(await textOf(source, 'a.cue'), 'package a\n')
  t.equal(await textOf(source, './deep/b.yaml'), 'b: 1\n')
  t.equal((await textOf(source, 'large.txt')).length, 300_000)
  t.equal(await textOf(source, 'new.cue'), 'absent: `new.cue` does not exist')
  t.equal(await textOf(source, 'a.cue/x'), 'absent: `a.cue/x` does not exist')
  t.equal(await textOf(source, 'deep'), 'directory: `deep` is a directory, not a file')
  t.equal(await textOf(source, '../a.cue'), 'outside: `../a.cue` is outside the workspace')
  t.equal(await textOf(source, '/etc/passwd'), 'outside: `/etc/passwd` is outside the workspace')
  const after = await at(repository.folder, repository.git('rev-parse', 'HEAD'))
  t.strictSame(await after.list(['deep/*']), ['deep/c.yaml'])
})

t.test('a workspace in a folder of the repository is all that there is', async (t) => {
  const repository = newRepository(t, { 'top.cue': 'x', 'shop/congruent.yaml': 'y', 'shop/a/b.cue': 'z' })
  const source = await at(join(repository.folder, 'shop'), repository.git('rev-parse', 'HEAD'))
  t.strictSame(await source.list(['**']), ['a/b.cue'])
  t.equal(await textOf(source, 'congruent.yaml'), 'y')
  t.equal(await textOf(source, 'top.cue'), 'absent: `top.cue` does not exist')
  repository.write({ 'new/a.cue': '' })
  const none = await at(join(repository.folder, 'new'), repository.git('rev-parse', 'HEAD'))
  t.strictSame(await none.list(['**']), [], 'the folder came later')
})

t.test('links, modes and odd names are as on disk', async (t) => {
  const repository = newRepository(t, {
    'ws/real/x.cue': 'package x\n',
    'ws/real/deep/y.cue': 'package y\n',
    'ws/naïve "q"/t\tab.yaml': 'a: 1\n',
    'ws/.hidden/h.cue': 'package h\n',
    'ws/node_modules/n.cue': 'package n\n',
    'outside.cue': 'package o\n',
  })
  const inside = (name: string): string => join(repository.folder, 'ws', name)
  symlinkSync('real/x.cue', inside('file.cue'))
  symlinkSync('real', inside('folder'))
  symlinkSync('../../outside.cue', inside('real/out.cue'))
  symlinkSync('/etc/hostname', inside('absolute.cue'))
  symlinkSync('self.cue', inside('self.cue'))
  symlinkSync('.', inside('real/again'))
  symlinkSync('absent.cue', inside('broken.cue'))
  symlinkSync('../real/../real/x.cue', inside('real/roundabout.cue'))
  writeFileSync(
    Buffer.concat([Buffer.from(inside('bytes-')), Buffer.from([0xff, 0x2e, 0x63, 0x75, 0x65])]),
    'package b\n',
  )
  chmodSync(inside('real/x.cue'), 0o755)
  const commit = repository.commit()
  const [then, now] = [await at(inside(''), commit), folderSource(inside(''))]
  for (const globs of [
    ['**'],
    ['*.cue'],
    ['folder/*.cue'],
    ['folder/**/*.cue'],
    ['real/**'],
    ['n*/*'],
    ['[', '*.yaml'],
  ]) {
    t.strictSame(await then.list(globs), await now.list(globs), globs.join(' '))
  }
  const names = [
    ...(await now.list(['**'])),
    'folder/x.cue',
    'folder/deep/y.cue',
    'folder',
    'folder/absent.cue',
    'real/again/again/x.cue',
  ]
  t.ok(names.length > 12)
  for (const name of names) t.equal(await textOf(then, name), await textOf(now, name), name)
})

t.test('a submodule is read where it is checked out, and named where it is not', async (t) => {
  const inner = newRepository(t, { 'lib.cue': 'package lib\n' })
  const outer = newRepository(t, { 'a.cue': 'package a\n' })
  outer.git('submodule', '--quiet', 'add', inner.folder, 'shared/lib')
  const commit = outer.commit()
  const here = await gitSource(await repositoryOf(git, outer.folder), commit, 'then')
  t.strictSame(here.unread, [])
  t.strictSame(await here.source.list(['**/*.cue']), ['a.cue', 'shared/lib/lib.cue'])
  t.equal(await textOf(here.source, 'shared/lib/lib.cue'), 'package lib\n')

  rmSync(join(outer.folder, 'shared/lib'), { recursive: true })
  const gone = await gitSource(await repositoryOf(git, outer.folder), commit, 'then')
  t.strictSame(gone.unread, ['shared/lib'])
  t.strictSame(await gone.source.list(['**/*.cue']), ['a.cue'])
  t.equal(
    await textOf(gone.source, 'shared/lib/lib.cue'),
    'other: `shared/lib/lib.cue` is in the submodule `shared/lib`, whose commit is not here: `git submodule update --init` brings it',
  )
  t.equal(await textOf(gone.source, 'a.cue'), 'package a\n')
  unlinkSync(join(outer.folder, 'a.cue'))
})
