import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { withFindings } from '../../src/check/with-findings.ts'
import { main } from '../../src/cli/main.ts'
import { readBaseline } from '../../src/operations/baseline.ts'
import { readReport } from '../../src/client/findings.ts'
import type { Report } from '../../src/model/report.ts'
import { fakeIo } from '../support/fake-io.ts'
import { gitRepository, newRepository } from '../support/git-repository.ts'

t.setTimeout(120_000)

const workspace = {
  'congruent.yaml': `workspace: plant
teams: { sre: { fragments: [./sre] }, web: { fragments: [./web] } }
environments: { dev: {}, prod: {} }
observations:
  - { files: [observed/dev.yaml], environment: dev }
  - { files: [observed/prod.yaml, 'generated/*.yaml'], environment: prod }
`,
  'sre/a.cue': 'package sre\n\nservices: [string]: replicas?: >=2 @rule(id="HA-1")\n',
  'web/b.cue': 'package web\n\nservices: [string]: port?: <1024 @rule(id="NET-1")\n',
  'observed/dev.yaml': 'services: { web: { replicas: 1 } }\n',
  'observed/prod.yaml': 'services: { web: { replicas: 1, port: 8080 } }\n',
}

interface Ran {
  readonly status: number
  readonly out: string
  readonly err: string
}

async function run(cwd: string, ...args: readonly string[]): Promise<Ran> {
  const io = fakeIo({ cwd, env: { PATH: process.env['PATH'], HOME: '/nonexistent', CONGRUENT_CACHE: 'off' } })
  const status = await main(['check', '--no-cache', ...args], io)
  return { status, out: io.stdout.text, err: io.stderr.text }
}

async function reportOf(t: Test, cwd: string, ...args: readonly string[]): Promise<Report & { status: number }> {
  const { status, out, err } = await run(cwd, '--format', 'json', ...args)
  t.equal(err, '')
  return { ...readReport('here', JSON.parse(out)), status }
}

const found = ({ findings }: Report): readonly string[] =>
  findings.map(({ environment, at, known }) => `${environment} ${at}${known === true ? ' known' : ''}`)

t.test('only findings in changed files, in a folder of a repository', async (t) => {
  const files = Object.fromEntries(Object.entries(workspace).map(([name, text]) => [`deep/plant/${name}`, text]))
  const repository = newRepository(t, { ...files, '.gitignore': 'generated\n' })
  const folder = join(repository.folder, 'deep/plant')
  repository.git('checkout', '--quiet', '-b', 'topic')
  const whole = await reportOf(t, folder)
  t.strictSame(found(whole), [
    'dev services.web.replicas',
    'prod ',
    'prod services.web.port',
    'prod services.web.replicas',
  ])
  t.strictSame(withFindings(whole, whole.findings, 'error'), whole, 'nothing left out, nothing changed')

  const none = await reportOf(t, folder, '--changed', 'main')
  t.match(none, { status: 0, verdict: 'conforms', findings: [], changed: { base: 'main', files: 0, left: 4 } })
  t.match(
    (await run(folder, '--changed', 'main', '-q')).out,
    /changed since main \(\w{12}\): nothing that git tracks; 4 /,
  )

  repository.write({ 'deep/plant/web/b.cue': `${workspace['web/b.cue']}// changed\n` })
  const constraint = await reportOf(t, folder, '--changed', 'main')
  t.match(constraint, {
    status: 1,
    verdict: 'violates',
    environments: [{ verdict: 'conforms' }, { verdict: 'violates' }],
    summary: { error: 1, byTeam: { web: 1, sre: 0 } },
    changed: { files: 1, left: 3 },
  })
  t.strictSame(found(constraint), ['prod services.web.port'])

  repository.commit({ 'deep/plant/observed/dev.yaml': 'services: { web: { replicas: 1, port: 80 } }\n' })
  // What main became meanwhile is no change of ours.
  repository.git('checkout', '--quiet', 'main')
  repository.commit({ 'deep/plant/observed/prod.yaml': 'services: { web: { replicas: 0 } }\n' })
  repository.git('checkout', '--quiet', 'topic')
  repository.write({ 'deep/plant/generated/x.yaml': 'services: { api: { replicas: 1 } }\n' })
  const observation = await reportOf(t, repository.folder, '-C', 'deep/plant', '--changed', 'main')
  t.strictSame(found(observation), [
    'dev services.web.replicas',
    'prod services.api.replicas',
    'prod services.web.port',
  ])
  t.strictSame(observation.notes, [])

  rmSync(join(folder, 'observed/prod.yaml'))
  repository.write({ 'deep/plant/congruent.yaml': `${workspace['congruent.yaml']}\n` })
  const gone = await reportOf(t, folder, '--changed', 'main')
  t.match(gone.notes, [{ code: 'changed', message: /^since `main` `congruent.yaml` changed and a file was deleted: / }])

  // A file elsewhere counts as changed, even under a name that the workspace has.
  const other = t.testdir({ observed: { 'prod.yaml': workspace['observed/prod.yaml'] } })
  repository.git('checkout', '--quiet', '--', '.')
  const named = await reportOf(t, other, '-C', folder, '-e', 'prod', '--changed', 'HEAD', 'observed/prod.yaml')
  t.equal(named.findings.length, 2)
  const own = await reportOf(t, folder, '-e', 'prod', '--changed', 'HEAD', 'observed/prod.yaml')
  t.equal(own.findings.length, 0)
})

t.test('a base that is not here, and no repository', async (t) => {
  const repository = newRepository(t, workspace)
  repository.commit({ 'a.txt': 'a' })
  repository.commit({ 'a.txt': 'b' })
  for (const base of ['nope', '-x', '']) {
    const { status, out, err } = await run(repository.folder, `--changed=${base}`)
    t.match({ status, out }, { status: 2, out: '' })
    t.match(err, base === 'nope' ? /^congruent: `nope` is no commit .*\(REVISION_NOT_FOUND\)\n$/ : /^congruent: /)
  }
  const clone = gitRepository(t.testdir({}))
  clone.git('clone', '--quiet', '--depth', '1', `file://${repository.folder}`, '.')
  t.match(await run(clone.folder, '--changed', 'HEAD~1'), { status: 2, err: /shallow clone.*fetch-depth: 0/ })
  const none = t.testdir({ 'congruent.yaml': workspace['congruent.yaml'] })
  t.match(await run('/', '-C', '/', '--changed', 'main'), { status: 2, err: /REPOSITORY_NOT_FOUND/ })
  const io = fakeIo({ cwd: none, env: { PATH: '/nonexistent' } })
  t.equal(await main(['check', '--changed', 'main'], io), 2)
  t.match(io.stderr.text, /`git` cannot be run: .*GIT_NOT_FOUND/)
})

t.test('a baseline: what is new counts, what is gone is counted', async (t) => {
  const folder = t.testdir({})
  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
  }
  write(workspace)
  const first = await run(folder, '--write-baseline', 'known.json', '--output', 'json=report.json')
  t.match(first, { status: 1, err: 'congruent: the baseline `known.json` is written\n' })
  const text = readFileSync(join(folder, 'known.json'), 'utf8')
  t.equal(text.match(/^    \{.*\}/gm)?.length, 4, 'a line a finding')
  const known = readBaseline('known.json', Buffer.from(text))
  t.strictSame(readBaseline('report.json', readFileSync(join(folder, 'report.json'))), known, 'a report does as well')
  for (const file of ['known.json', 'report.json']) {
    const same = await reportOf(t, folder, '--baseline', file)
    t.match(same, { status: 0, verdict: 'conforms', summary: { error: 0, known: 4 }, baseline: { gone: 0 } })
  }
  write({ 'observed/prod.yaml': 'services: { web: { replicas: 0 }, api: { replicas: 1 } }\n' })
  const later = await reportOf(t, folder, '--baseline', 'known.json')
  t.strictSame(found(later), [
    'dev services.web.replicas known',
    'prod  known',
    'prod services.api.replicas',
    'prod services.web.replicas known',
  ])
  t.match(later, { status: 1, baseline: { gone: 1 }, environments: [{ verdict: 'conforms' }, { verdict: 'violates' }] })
  const dev = await reportOf(t, folder, '-e', 'dev', '--baseline', 'known.json')
  t.match(dev.baseline, { gone: 0 }, 'of what was not checked nothing is gone')
  await run(folder, '-q', '--write-baseline', 'again.json')
  await run(folder, '-q', '--baseline', 'known.json', '--write-baseline', 'other.json')
  t.equal(readFileSync(join(folder, 'other.json'), 'utf8'), readFileSync(join(folder, 'again.json'), 'utf8'))

  write({ 'web/c.cue': 'package web\n\nx: 1 @rule(id="X")\n', 'sre/c.cue': 'package sre\n\nx: 2\n' })
  await run(folder, '-q', '--write-baseline', 'conflict.json')
  t.match(await reportOf(t, folder, '--baseline', 'conflict.json'), { status: 3, verdict: 'conflicts' })
})

t.test('files that are no baselines', async (t) => {
  const folder = t.testdir({
    'congruent.yaml': workspace['congruent.yaml'],
    'text.json': 'nothing',
    'list.json': '[]',
    'later.json': '{"baseline":2,"workspace":"plant","findings":[]}',
    'other.json': '{"baseline":1,"workspace":"other","findings":[]}',
    'report.json': '{"report":1,"workspace":"plant","findings":[1,{"fingerprint":"x"}]}',
    sre: { 'a.cue': 'package sre\n' },
    web: { 'b.cue': 'package web\n' },
  })
  for (const [file, words] of [
    ['absent.json', '`absent.json` does not exist'],
    ['text.json', '`text.json` is no baseline and no report'],
    ['list.json', '`list.json` is no baseline and no report: '],
    ['later.json', '`later.json` is no baseline and no report: '],
    ['report.json', '`report.json` is no baseline and no report: '],
    ['other.json', 'the baseline is of the workspace `other`, and the one that is checked is `plant`'],
  ] as const) {
    const { status, err } = await run(folder, '--baseline', file)
    t.equal(status, 2, file)
    t.ok(err.startsWith(`congruent: ${words}`), err)
    t.equal(err.split('\n').length, 2, 'one line')
  }
  for (const more of [
    ['--team', 'sre'],
    ['--changed', 'main'],
  ])
    t.match(await run(folder, '--write-baseline', 'x.json', ...more), {
      status: 2,
      err: /^congruent: `--write-baseline` takes everything that is found, and `--\w+` leaves some of it out/,
    })
})
