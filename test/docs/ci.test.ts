import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { parse, parseAllDocuments } from 'yaml'
import { commands } from '../../src/cli/commands.ts'
import { parseArguments } from '../../src/cli/program.ts'
import { gitlabJob } from '../../src/workspace/init/ci-files.ts'

t.setTimeout(120_000)

const action = parse(readFileSync('action.yml', 'utf8'))
const [{ id, run, env }] = action.runs.steps

/** A repository with a workspace in a folder, committed on `main`, and what the program says there. */
function repository(dir: string): { readonly git: (...args: string[]) => void } {
  const git = (...args: string[]): void => {
    const name = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false']
    const { status, stderr } = spawnSync('git', [...name, ...args], { cwd: dir, encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
  }
  git('init', '--quiet', '--initial-branch', 'main')
  mkdirSync(join(dir, 'policy/sre'), { recursive: true })
  writeFileSync(
    join(dir, 'policy/congruent.yaml'),
    'workspace: plant\nteams: { sre: { fragments: [./sre] } }\nobservations: [{ files: ["*.json"] }]\n',
  )
  writeFileSync(join(dir, 'policy/sre/a.cue'), 'package sre\n\nservices: [string]: replicas: >=1\n')
  writeFileSync(join(dir, 'policy/observed.json'), '{ "services": { "web": { "replicas": 1 } } }\n')
  git('add', '.')
  git('commit', '--quiet', '--message', 'first')
  return { git }
}

/** Runs the script of the action as a runner would. */
function runAction(dir: string, inputs: Readonly<Record<string, string>>): SpawnSyncReturns<string> {
  const known = Object.fromEntries(
    Object.entries<{ default: string }>(action.inputs).map(([name, { default: standard }]) => [name, standard]),
  )
  const values: Readonly<Record<string, string>> = { ...known, output: join(dir, 'out'), ...inputs }
  const given = Object.entries<string>(env).map(([name, expression]) => {
    const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1]
    return [name, input === undefined ? resolve('.') : (values[input] ?? 'unknown input')] as const
  })
  writeFileSync(join(dir, 'outputs'), '')
  writeFileSync(join(dir, 'summary'), '')
  return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
    cwd: dir,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: dir,
      CONGRUENT_CACHE: join(dir, 'cache'),
      ...Object.fromEntries(given),
      GITHUB_OUTPUT: join(dir, 'outputs'),
      GITHUB_STEP_SUMMARY: join(dir, 'summary'),
    },
  })
}

t.test('the action checks, writes every report, and ends with the status', async (t) => {
  const dir = t.testdir({})
  const { git } = repository(dir)
  const good = runAction(dir, { directory: 'policy' })
  t.match(good, { status: 0, stderr: '' })
  writeFileSync(join(dir, 'policy/sre/a.cue'), 'package sre\n\nservices: [string]: replicas: >=2\n')
  git('checkout', '--quiet', '-b', 'change')
  git('commit', '--quiet', '--all', '--message', 'second')
  const bad = runAction(dir, { directory: 'policy', base: 'main', environments: 'default' })
  t.equal(bad.status, 1)
  t.match(bad.stdout, /^::error file=policy\/observed\.json,line=1,/m)
  t.match(readFileSync(join(dir, 'outputs'), 'utf8'), `status=1\noutput=${join(dir, 'out')}\n`)
  const summary = readFileSync(join(dir, 'summary'), 'utf8')
  t.match(summary, /<!-- congruent:review plant -->[^]*<!-- congruent:report plant -->/)
  for (const { value } of Object.values<{ value: string }>(action.outputs)) {
    const file = /outputs\.output \}\}\/(.+)$/.exec(value)?.[1]
    if (file !== undefined) t.ok(existsSync(join(dir, 'out', file)), file)
    t.match(value, `steps.${id}.outputs.`)
  }
})

t.test('inputs of the action are words, never commands', async (t) => {
  const dir = t.testdir({ 'its own program': '#!/bin/sh\necho "$# $*"\n', one: '', two: '' })
  chmodSync(join(dir, 'its own program'), 0o755)
  const hostile = runAction(dir, {
    program: 'echo',
    directory: '$(touch gone)',
    environments: '`touch gone` *',
    arguments: '; touch gone',
    baseline: "'; touch gone; '",
  })
  t.match(hostile.stdout, /-C \$\(touch gone\) .* -e `touch -e gone` -e \* --baseline '; touch gone; '/)
  t.notOk(existsSync(join(dir, 'gone')))
  t.notMatch(run, '${{', 'inputs come in as variables')
  t.same(
    Object.values<string>(env)
      .flatMap((text) => /inputs\.([\w-]+)/.exec(text)?.[1] ?? [])
      .toSorted(),
    Object.keys(action.inputs).toSorted(),
    'every input is used',
  )
})

t.test('the template of GitLab is the job that init writes', async (t) => {
  const text = readFileSync('templates/congruent.yml', 'utf8')
  const [spec, job] = parseAllDocuments(text).map((document) => document.toJS())
  const settings = { folder: '$[[ inputs.workspace ]]', version: '$[[ inputs.version ]]' }
  t.equal(text.slice(text.indexOf('\n---\n') + 5), gitlabJob(settings, '$[[ inputs.image ]]'))
  t.same(Object.keys(spec.spec.inputs), ['workspace', 'version', 'image'])
  t.same(Object.keys(job), ['congruent'])
})

/** Every command line of ours in a text, as words; `"$NAME"` stands for itself. */
function commandLinesIn(text: string): readonly (readonly string[])[] {
  return Array.from(text.matchAll(/(?<=^|[`\s])congruent ((?:check|review|init|test) [^`\n|#]*)/g), ([, line = '']) =>
    line
      .replace(/ (?:\|\| .*|as a|> .*)$/, '')
      .trim()
      .split(/\s+/)
      .map((word) => word.replaceAll('"', '')),
  )
}

t.test('command lines in the page, the hooks and the workflows are ones that we have', async (t) => {
  const texts = [
    'docs/ci.md',
    'docs/formats.md',
    '.pre-commit-hooks.yaml',
    'templates/congruent.yml',
    'src/workspace/init/ci-files.ts',
  ]
  for (const file of texts) {
    const lines = commandLinesIn(readFileSync(file, 'utf8'))
    t.ok(lines.length > 0, `${file} has command lines`)
    for (const argv of lines) t.equal(parseArguments(argv, commands, '1.0.0').kind, 'run', `${file}: ${argv.join(' ')}`)
  }
})
