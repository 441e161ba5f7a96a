import * as disk from 'node:fs/promises'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { initCi } from '../../src/operations/init.ts'
import { folderSource } from '../../src/workspace/folder-source.ts'
import { initWorkspace } from '../../src/workspace/init/init-workspace.ts'
import { readFragments } from '../../src/workspace/read-fragments.ts'
import { readWorkspace } from '../../src/workspace/read-workspace.ts'

t.test('a new workspace can be read, in both environments', async (t) => {
  const dir = join(t.testdir({}), 'new', 'place')
  const names = await initWorkspace(dir, disk)
  t.same(names, [
    'congruent.yaml',
    'observed/dev/services.yaml',
    'observed/prod/services.yaml',
    'platform/services.cue',
    'web/services.yaml',
  ])
  for (const name of names) t.ok(readFileSync(join(dir, name), 'utf8').endsWith('\n'), name)
  const source = folderSource(dir)
  const read = await readWorkspace(source)
  t.same(Object.keys(read.workspace.teams), ['platform', 'web'])
  t.same(read.environments, ['dev', 'prod'])
  for (const environment of read.environments) {
    const set = await readFragments(read, environment, source)
    t.same(
      set.fragments.parts.map(({ team, kind }) => `${team} ${kind}`),
      ['web data', 'platform package'],
    )
    t.same([set.unreadable, set.notes], [[], []])
  }
  for (const { files } of read.workspace.observations ?? []) t.equal((await source.list(files)).length, 1)
})

t.test('nothing is overwritten, and nothing written beside what is there', async (t) => {
  const dir = t.testdir({ 'congruent.yaml': 'mine', web: {} })
  symlinkSync('nowhere', join(dir, 'web', 'services.yaml'))
  await t.rejects(initWorkspace(dir, disk), {
    code: 'USAGE',
    message: `\`${dir}\` holds files of these names: choose another folder`,
    places: [{ file: 'congruent.yaml' }, { file: 'web/services.yaml' }],
  })
  t.equal(readFileSync(join(dir, 'congruent.yaml'), 'utf8'), 'mine')
  t.notOk(existsSync(join(dir, 'platform')))
})

t.test('a folder that cannot be written', async (t) => {
  const dir = t.testdir({ file: 'x' })
  await t.rejects(initWorkspace(join(dir, 'file'), disk), {
    code: 'OUTPUT_FAILED',
    message: `\`${dir}/file/congruent.yaml\` cannot be written: its folder is a file`,
  })
})

t.test('a folder in which nobody can make anything', { skip: !existsSync('/proc/self') }, async (t) => {
  await t.rejects(initWorkspace('/proc/none/place', disk), {
    code: 'OUTPUT_FAILED',
    message: '`/proc/none/place/congruent.yaml` cannot be written: its folder does not exist',
  })
})

t.test('a workflow is written at the root of the repository, and none that is there is touched', async (t) => {
  const root = t.testdir({})
  const settings = { folder: "it's policy", version: '1.2.3' }
  t.same(await initCi(disk, root, 'github', settings), ['.github/workflows/congruent.yml'])
  const workflow = parse(readFileSync(join(root, '.github/workflows/congruent.yml'), 'utf8'))
  t.match(workflow, { env: { WORKSPACE: "it's policy" }, on: { pull_request: null } })
  const steps: readonly { readonly run?: string }[] = workflow.jobs.congruent.steps
  t.ok(steps.some(({ run }) => run === 'npm install --global congruent@1.2.3'))
  for (const { run = '' } of steps) t.notMatch(run, '${{', 'what others choose comes in as a variable')
  t.same(await initCi(disk, root, 'gitlab', settings), ['.gitlab-ci.yml'])
  const job = parse(readFileSync(join(root, '.gitlab-ci.yml'), 'utf8'))
  t.match(job.congruent, { variables: { WORKSPACE: "it's policy" } })
  await t.rejects(initCi(disk, root, 'gitlab', settings), {
    code: 'USAGE',
    message: `\`${root}\` holds a file of this name: take the job over from docs/ci.md`,
    places: [{ file: '.gitlab-ci.yml', message: 'is there, and is not overwritten' }],
  })
})
