import { chmodSync, mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { changesSince } from '../src/git/changed-files.ts'
import { firstCommits } from '../src/git/first-commits.ts'
import { gitProgram } from '../src/git/git-program.ts'
import { gitOutput } from '../src/git/git.ts'
import { commitOf, mergeBaseOf, repositoryOf } from '../src/git/repository.ts'
import { gitRepository, newRepository } from './support/git-repository.ts'

const git = gitProgram({ PATH: process.env['PATH'], HOME: '/nonexistent', GIT_DIR: '/nonexistent' })

t.test('the repository around a folder', async (t) => {
  const repository = newRepository(t, { 'a.yaml': 'a: 1\n' })
  const { folder } = repository
  t.match(await repositoryOf(git, folder), { prefix: '', shallow: false })
  repository.write({ 'deep/ü\n/x.yaml': '' })
  t.match(await repositoryOf(git, join(folder, 'deep/ü\n')), { prefix: 'deep/ü\n/' })
  await t.rejects(repositoryOf(git, join(folder, '.git')), { code: 'REPOSITORY_NOT_FOUND' })
  await t.rejects(repositoryOf(git, join(folder, 'absent')), {
    code: 'REPOSITORY_NOT_FOUND',
    message: /cannot change to/,
  })
  await t.rejects(repositoryOf(git, '/'), { code: 'REPOSITORY_NOT_FOUND', message: /not a git repository/ })
})

t.test('no git, and a git that fails or says too much', async (t) => {
  const { folder } = newRepository(t, { 'a.yaml': 'a: 1\n' })
  await t.rejects(gitProgram({ PATH: '/nonexistent' })(folder, ['status']), {
    code: 'GIT_NOT_FOUND',
    message: '`git` cannot be run: it is not installed, or not on the `PATH`',
  })
  await t.rejects(gitOutput(git, folder, ['no-such-word']), {
    code: 'GIT_FAILED',
    message: /`git no-such-word` failed/,
  })
  await t.rejects(git(folder, ['rev-parse', 'HEAD'], { mostBytes: 5 }), { message: /answers more than 5 bytes/ })
  const { stdout } = await git(folder, ['hash-object', '--stdin'], { input: Buffer.from('a: 1\n') })
  t.match(stdout.toString(), /^[0-9a-f]{40}\n$/)
})

t.test('names of commits, and where histories part', async (t) => {
  const repository = newRepository(t, { 'a.yaml': 'a: 1\n' })
  const first = repository.git('rev-parse', 'HEAD')
  repository.git('checkout', '--quiet', '-b', 'topic')
  repository.commit({ 'b.yaml': 'b: 1\n' })
  repository.git('checkout', '--quiet', 'main')
  repository.commit({ 'c.yaml': 'c: 1\n' })
  repository.git('tag', '-a', '-m', 'x', 'v1', first)
  const found = await repositoryOf(git, repository.folder)
  t.equal(await commitOf(found, 'v1'), first)
  t.equal(await mergeBaseOf(found, 'main', 'topic'), first)
  for (const hostile of ['-x', '--all', '', 'nope', 'HEAD\n', 'HEAD:a.yaml', 'a\0b', 'main..topic', '--output=/tmp/x'])
    await t.rejects(commitOf(found, hostile), { code: 'REVISION_NOT_FOUND' }, JSON.stringify(hostile))
  await t.rejects(commitOf(found, 'origin/main'), {
    message: /`origin\/main` is no commit of the repository around .*; if another repository has it, fetch it first/,
  })
  repository.git('checkout', '--quiet', '--orphan', 'other')
  repository.commit()
  await t.rejects(mergeBaseOf(found, 'main', 'other'), { message: /have no commit in common/ })
})

t.test('a shallow clone says what to fetch', async (t) => {
  const origin = newRepository(t, { 'a.yaml': 'a: 1\n' })
  origin.git('checkout', '--quiet', '-b', 'topic')
  origin.commit({ 'b.yaml': 'b: 1\n' })
  origin.commit({ 'b.yaml': 'b: 2\n' })
  const folder = t.testdir({})
  const clone = gitRepository(folder)
  clone.git('clone', '--quiet', '--depth', '1', '--no-single-branch', `file://${origin.folder}`, '.')
  const found = await repositoryOf(git, folder)
  t.equal(found.shallow, true)
  const fetch = /which is a shallow clone: fetch the rest with `git fetch --unshallow`.*`fetch-depth: 0`/
  await t.rejects(commitOf(found, 'HEAD~1'), { code: 'REVISION_NOT_FOUND', message: fetch })
  await t.rejects(mergeBaseOf(found, 'origin/main', 'HEAD'), { code: 'REVISION_NOT_FOUND', message: fetch })
  clone.git('fetch', '--quiet', '--unshallow')
  t.equal(await mergeBaseOf(await repositoryOf(git, folder), 'origin/main', 'HEAD'), origin.git('rev-parse', 'main'))
})

t.test('what changed since a commit: committed, staged, on disk, untracked', async (t) => {
  const repository = newRepository(t, {
    'w/same.yaml': 'a: 1\n',
    'w/committed.yaml': 'a: 1\n',
    'w/staged.yaml': 'a: 1\n',
    'w/disk.yaml': 'a: 1\n',
    'w/gone.yaml': 'gone: 1\n',
    'w/old ü\n.yaml': 'a long enough text\nof several lines\nto be known again\n',
    'w/mode.yaml': 'm: 1\n',
    'w/.gitignore': 'ignored.yaml\n',
    'elsewhere.yaml': 'a: 1\n',
  })
  const { folder } = repository
  repository.commit({ 'w/committed.yaml': 'a: 2\n', 'elsewhere.yaml': 'a: 2\n' })
  repository.write({ 'w/staged.yaml': 'a: 2\n' })
  repository.git('mv', 'w/old ü\n.yaml', 'w/new "ü".yaml')
  repository.git('add', '-A')
  repository.write({ 'w/disk.yaml': 'a: 2\n', 'w/untracked.yaml': 'a: 1\n', 'w/ignored.yaml': 'a: 1\n' })
  unlinkSync(join(folder, 'w/gone.yaml'))
  chmodSync(join(folder, 'w/mode.yaml'), 0o755)
  // What a user has set changes no answer.
  repository.git('config', 'diff.external', '/nonexistent')
  repository.git('config', 'diff.renames', 'false')
  repository.git('config', 'core.quotePath', 'true')
  repository.git('config', 'color.ui', 'always')
  repository.git('config', 'diff.noprefix', 'true')
  const found = await repositoryOf(git, join(folder, 'w'))
  const changes = await changesSince(found, await commitOf(found, 'HEAD~1'))
  t.strictSame(changes.files, [
    { file: 'committed.yaml', change: 'changed' },
    { file: 'disk.yaml', change: 'changed' },
    { file: 'gone.yaml', change: 'deleted' },
    { file: 'mode.yaml', change: 'changed' },
    { file: 'new "ü".yaml', change: 'renamed', before: 'old ü\n.yaml' },
    { file: 'staged.yaml', change: 'changed' },
  ])
  for (const file of ['untracked.yaml', 'ignored.yaml', 'gone.yaml', 'old ü\n.yaml', '../elsewhere.yaml'])
    t.ok(changes.has(file), `${file} may differ`)
  t.notOk(changes.has('same.yaml'))
})

t.test('the first commit that has a word in a file', async (t) => {
  const day = (date: string): Record<string, string> => ({ GIT_COMMITTER_DATE: `${date}T00:00:00Z` })
  const repository = newRepository(t, { 'e.yaml': 'a: E-10\n', 'other.yaml': 'b: E-1\n' })
  repository.commit({ 'e.yaml': 'a: E-10\nb: "E-1"\n' }, day('2026-02-01'))
  repository.commit({ 'e.yaml': 'b: "E-1"\nc: E.(2\n' }, day('2026-03-01'))
  repository.write({ 'e.yaml': 'd: E-3\n' })
  const found = await repositoryOf(git, repository.folder)
  t.strictSame(Object.fromEntries(await firstCommits(found, ['e.yaml'], ['E-1', 'E.(2', 'E-3', 'E-10'])), {
    'E-10': '2026-01-02T03:04:05.000Z',
    'E-1': '2026-02-01T00:00:00.000Z',
    'E.(2': '2026-03-01T00:00:00.000Z',
  })
  t.equal((await firstCommits({ ...found, shallow: true }, ['e.yaml'], ['E-1'])).size, 0)
})

t.test('names of any bytes', async (t) => {
  const repository = newRepository(t)
  const name = Buffer.concat([Buffer.from(`${repository.folder}/-a`), Buffer.from([0xff, 0x20, 0x2a])])
  writeFileSync(name, 'a: 1\n')
  repository.commit({ '*.yaml': 'a: 1\n' })
  repository.write({ '*.yaml': 'a: 2\n' })
  const found = await repositoryOf(git, repository.folder)
  const changes = await changesSince(found, await commitOf(found, 'HEAD'))
  t.strictSame(changes.files, [{ file: '*.yaml', change: 'changed' }])
  t.notOk(changes.has('-a\ufffd *'))
})

t.test('a submodule, and a link', async (t) => {
  const library = newRepository(t, { 'lib.cue': 'package lib\n' })
  const repository = newRepository(t, { 'a.yaml': 'a: 1\n' })
  repository.git('submodule', '--quiet', 'add', library.folder, 'vendor/lib')
  symlinkSync('a.yaml', join(repository.folder, 'link.yaml'))
  repository.commit()
  const found = await repositoryOf(git, repository.folder)
  const head = await commitOf(found, 'HEAD')
  const before = await changesSince(found, head)
  t.strictSame(before.files, [])
  t.notOk(before.has('vendor/lib/lib.cue'))
  repository.git('config', 'diff.ignoreSubmodules', 'all')
  repository.write({ 'vendor/lib/lib.cue': 'package lib\nx: 1\n' })
  unlinkSync(join(repository.folder, 'link.yaml'))
  mkdirSync(join(repository.folder, 'link.yaml'))
  const after = await changesSince(found, head)
  t.strictSame(after.files, [
    { file: 'link.yaml', change: 'deleted' },
    { file: 'vendor/lib', change: 'changed' },
  ])
  t.ok(after.has('vendor/lib/lib.cue'))
})
