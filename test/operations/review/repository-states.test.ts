import { chmodSync, cpSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Review } from '../../../src/model/review.ts'
import { gitRepository, newRepository } from '../../support/git-repository.ts'
import { reviewer, reviewOf } from '../../support/reviewing.ts'

t.setTimeout(300_000)

const congruent = reviewer(t)

const files: Readonly<Record<string, string>> = {
  'congruent.yaml': `workspace: shop
teams:
  sre: { fragments: [./sre], owns: [services] }
observations: [{ files: [observed.yaml] }]
`,
  'observed.yaml': 'services: { web: { replicas: 2 } }\n',
  'sre/sre.cue': 'package sre\n\nservices: [string]: replicas: >=2 @rule(id="HA-1")\n',
}
const tighter = { 'sre/sre.cue': 'package sre\n\nservices: [string]: replicas: >=3 @rule(id="HA-1")\n' }

function changesOf({ environments }: Review): readonly string[] {
  return environments.flatMap(({ changes }) => changes.map(({ change, at }) => `${change} ${at}`))
}

const tightened = ['tighter services.[].replicas']

t.test('a branch is compared with where it left, not with where main is', async (t) => {
  const repository = newRepository(t, files)
  repository.git('checkout', '--quiet', '-b', 'feature')
  const head = repository.commit(tighter)
  repository.git('checkout', '--quiet', 'main')
  const parted = repository.git('rev-parse', 'HEAD')
  repository.commit({ 'sre/more.cue': 'package sre\n\nother: 1\n' })
  const review = await reviewOf(congruent, repository.folder, { head: 'feature' })
  t.match(review, {
    verdict: 'violates',
    base: { ref: 'main', commit: parted },
    head: { ref: 'feature', commit: head },
    notes: [{ code: 'merge-base', message: /`main` has moved on: the change is told from `\w{12}`/ }],
  })
  t.same(changesOf(review), tightened)
  const onMain = await reviewOf(congruent, repository.folder, { base: 'feature', head: 'main' })
  t.same(changesOf(onMain), ['added other'], 'what main did meanwhile')
  t.same(changesOf(await reviewOf(congruent, repository.folder, { base: parted, head })), tightened, 'commits by name')
})

t.test('the files on disk are the head, committed or not', async (t) => {
  const repository = newRepository(t, files)
  repository.write(tighter)
  const review = await reviewOf(congruent, repository.folder)
  t.match(review, { head: { ref: 'worktree' }, verdict: 'violates' })
  t.notOk('commit' in review.head)
  t.match(review.environments[0]?.findings.new, [
    {
      at: 'services.web.replicas',
      conjuncts: [{ file: 'sre/sre.cue', line: 3 }],
      observations: [{ file: 'observed.yaml', line: 1 }],
    },
  ])
  t.same(changesOf(await reviewOf(congruent, repository.folder, { head: 'HEAD' })), [])
  repository.git('add', '-A')
  t.same(changesOf(await reviewOf(congruent, repository.folder)), tightened, 'staged')
  repository.write({ 'sre/new.cue': 'package sre\n\nother: 1\n' })
  t.same(changesOf(await reviewOf(congruent, repository.folder)), ['added other', ...tightened], 'not tracked')
})

t.test('names, modes, links and line ends change nothing', async (t) => {
  const repository = newRepository(t, files)
  repository.git('mv', 'sre/sre.cue', 'sre/constraints.cue')
  chmodSync(join(repository.folder, 'sre/constraints.cue'), 0o755)
  repository.commit()
  t.match(await reviewOf(congruent, repository.folder, { base: 'HEAD~1' }), { verdict: 'unchanged' })
  renameSync(join(repository.folder, 'sre'), join(repository.folder, 'real'))
  symlinkSync('real', join(repository.folder, 'sre'))
  t.match(await reviewOf(congruent, repository.folder), { verdict: 'unchanged' }, 'a link on disk')
  repository.commit()
  t.match(
    await reviewOf(congruent, repository.folder, { base: 'HEAD~1', head: 'HEAD' }),
    { verdict: 'unchanged' },
    'a link in git',
  )
  const file = join(repository.folder, 'real/constraints.cue')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'))
  t.match(await reviewOf(congruent, repository.folder), { verdict: 'unchanged' }, 'other line ends')
})

t.test('a workspace in a folder, and one that was not there before', async (t) => {
  const below = Object.fromEntries(Object.entries(files).map(([name, text]) => [`deep/shop/${name}`, text]))
  const repository = newRepository(t, { 'README.md': 'x' })
  repository.commit(below)
  const folder = join(repository.folder, 'deep/shop')
  repository.write({ 'deep/shop/sre/sre.cue': tighter['sre/sre.cue'] })
  t.same(changesOf(await reviewOf(congruent, folder)), tightened)
  const first = await reviewOf(congruent, folder, { base: 'main~1' })
  t.match(first, {
    verdict: 'violates',
    notes: [{ code: 'no-base' }],
    environments: [{ name: 'default', only: 'head' }],
  })
  t.match(first.rules.added, [{ id: 'HA-1' }])
  await t.rejects(reviewOf(congruent, repository.folder), { code: 'WORKSPACE_NOT_FOUND' })
})

t.test('a shallow clone says what is missing, and how to have it', async (t) => {
  const repository = newRepository(t, files)
  repository.git('checkout', '--quiet', '-b', 'feature')
  repository.commit(tighter)
  repository.git('checkout', '--quiet', 'main')
  repository.commit({ 'other.txt': 'x' })
  const folder = t.testdir({})
  const url = `file://${repository.folder}`
  repository.git(
    'clone',
    '--quiet',
    '--depth',
    '1',
    '--no-single-branch',
    '--branch',
    'feature',
    url,
    join(folder, 'clone'),
  )
  const clone = gitRepository(join(folder, 'clone'))
  const reviewing = reviewOf(congruent, clone.folder, { base: 'origin/main' })
  await t.rejects(reviewing, {
    code: 'REVISION_NOT_FOUND',
    message: /shallow clone: fetch the rest with `git fetch --unshallow`/,
  })
  clone.git('fetch', '--quiet', '--unshallow')
  t.same(changesOf(await reviewOf(congruent, clone.folder, { base: 'origin/main' })), tightened)
})

t.test('fragments in a submodule', async (t) => {
  const shared = newRepository(t, { 'lib.cue': 'package lib\n\nservices: [string]: replicas: >=2 @rule(id="HA-1")\n' })
  const repository = newRepository(t, {
    'observed.yaml': files['observed.yaml'] ?? '',
    'congruent.yaml': (files['congruent.yaml'] ?? '').replace('[./sre]', '[./shared/lib]'),
  })
  repository.git('submodule', '--quiet', 'add', shared.folder, 'shared/lib')
  repository.commit()
  t.match(await reviewOf(congruent, repository.folder), { verdict: 'unchanged' })
  shared.commit({ 'lib.cue': 'package lib\n\nservices: [string]: replicas: >=3 @rule(id="HA-1")\n' })
  gitRepository(join(repository.folder, 'shared/lib')).git('pull', '--quiet')
  t.same(changesOf(await reviewOf(congruent, repository.folder)), tightened, 'another commit on disk')
  repository.commit()
  t.same(changesOf(await reviewOf(congruent, repository.folder, { base: 'HEAD~1', head: 'HEAD' })), tightened)
  rmSync(join(repository.folder, 'shared/lib'), { recursive: true })
  mkdirSync(join(repository.folder, 'shared/lib'))
  await t.rejects(reviewOf(congruent, repository.folder, { head: 'HEAD' }), { code: 'WORKSPACE_INVALID' })
})

t.test('environments that come and go', async (t) => {
  const repository = newRepository(t, {
    ...files,
    'congruent.yaml': `${files['congruent.yaml'] ?? ''}environments: { dev: {}, prod: {} }\n`,
  })
  repository.write({ 'congruent.yaml': `${files['congruent.yaml'] ?? ''}environments: { dev: {}, stage: {} }\n` })
  const review = await reviewOf(congruent, repository.folder)
  t.match(review, {
    verdict: 'changed',
    environments: [
      { name: 'dev', changes: [] },
      { name: 'prod', only: 'base' },
      { name: 'stage', only: 'head' },
    ],
  })
  t.match(await reviewOf(congruent, repository.folder, { environments: ['stage'] }), {
    environments: [{ name: 'stage' }],
  })
})

t.test('the same demands in other files and packages are no change', async (t) => {
  const repository = newRepository(t)
  cpSync('examples/shop', repository.folder, { recursive: true })
  repository.commit()
  const read = (name: string): string => readFileSync(join(repository.folder, name), 'utf8')
  const services = read('platform/services.cue')
  const definition = services.slice(services.indexOf('// A closed definition'), services.indexOf('databases: [string]'))
  const dev = read('teams/payments/dev/checkout.cue')
  repository.git('rm', '-r', '--quiet', 'teams/payments')
  repository.write({
    'congruent.yaml': read('congruent.yaml')
      .replace('- ./platform\n', '- ./infra/...\n')
      .replaceAll('./platform/dev', './infra/dev')
      .replaceAll('./platform/prod', './infra/prod')
      .replaceAll('./platform/broken', './infra/broken')
      .replace('./teams/payments/ledger.yaml', './payments/all.json')
      .replaceAll('./teams/payments', './payments'),
    'infra/base/service.cue': `package base\n\n${definition.replaceAll('#Service', '#Workload').replace(' @rule(id="NET-1")', '').replace('port: int', 'port: (int)').replace('<65536', '<65536 @rule(id="NET-1")')}`,
    'infra/base/rest.cue': services
      .replace(definition, '')
      .replace('package platform', 'package base')
      .replace('#Service &', '#Workload &'),
    'payments/all.json': '{"services": {"ledger": {"port": 9443, "image": "registry.shop.example/ledger:2.9.1"}}}',
    'payments/checkout.cue':
      'package pay\n\nservices: "checkout": {\n\tport:     8443\n\treplicas: >=3\n\timage:    "registry.shop.example/checkout:4.2.0"\n}\n',
    'payments/dev/checkout.cue': dev,
    'security/images.cue': read('security/images.cue')
      .split('\n')
      .map((line) => `${line} `)
      .join('\n'),
  })
  repository.git('mv', 'platform/dev', 'infra/dev')
  repository.git('mv', 'platform/prod', 'infra/prod')
  repository.git('mv', 'platform/broken', 'infra/broken')
  repository.git('rm', '--quiet', 'platform/services.cue')
  const review = await reviewOf(congruent, repository.folder)
  t.same(
    review.environments.flatMap(({ findings }) => [findings.new, findings.resolved, findings.changed].flat()),
    [],
  )
  t.equal(review.verdict, 'unchanged')
  t.same(changesOf(review), [])
  t.same(review.approvals, [])
  t.same(review.summary.changed + review.summary.resolved, 0)
})
