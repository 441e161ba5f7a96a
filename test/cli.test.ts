import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { commands } from '../src/cli/commands.ts'
import { exitStatusOf, exitStatuses } from '../src/cli/exit-status.ts'
import { faultLines, faultStatus } from '../src/cli/fault-lines.ts'
import { readStream, write, type Output } from '../src/cli/io.ts'
import { main } from '../src/cli/main.ts'
import { namedFiles } from '../src/cli/named-files.ts'
import { parseArguments } from '../src/cli/program.ts'
import { startProgress } from '../src/cli/progress.ts'
import { writeWhole } from '../src/cli/written-file.ts'
import { Fault } from '../src/errors.ts'
import type { Finding, Kind, Severity, Verdict } from '../src/model/finding.ts'
import type { Report } from '../src/model/report.ts'
import { fakeIo } from './support/fake-io.ts'

t.setTimeout(120_000)

function workspaceIn(t: Test, files: Readonly<Record<string, string>> = {}): string {
  const own = {
    'congruent.yaml':
      'workspace: plant\nteams: { sre: { fragments: [./sre] } }\nobservations: [{ files: [observed.yaml] }]\n',
    sre: { 'a.cue': 'package sre\n\nservices: [string]: replicas: >=2 @rule(id="HA-1")\n' },
    'observed.yaml': 'services: { web: { replicas: 1 } }\n',
  }
  return t.testdir({ ...own, ...files })
}

t.test('the exit status of a check', async (t) => {
  const finding = (kind: Kind, severity: Severity = 'error', environment = 'prod'): Finding => ({
    fingerprint: '',
    environment,
    kind,
    outcome: kind === 'mismatch' ? 'violates' : 'undecided',
    severity,
    rule: { id: 'R' },
    path: [],
    at: '',
    message: '',
    conjuncts: [],
    observations: [],
    teams: [],
  })
  const report = (verdict: Verdict, findings: readonly Finding[] = [], faults?: Report['faults']): Report => ({
    report: 1,
    tool: { name: 'congruent', version: '', engine: { name: 'cue-go', cue: '', lacks: [] } },
    notes: [],
    workspace: 'w',
    checkedAt: '',
    verdict,
    environments: [{ name: 'prod', verdict, desired: { digest: '' }, snapshots: [] }],
    ...(faults === undefined ? {} : { faults }),
    summary: { error: 0, warning: 0, info: 0, exempted: 0, byKind: Object.create(null), byTeam: {} },
    findings,
  })
  t.equal(exitStatusOf(report('conforms'), 'error', []), 0)
  t.equal(exitStatusOf(report('violates'), 'error', 'any'), 1)
  t.equal(exitStatusOf(report('conflicts'), 'error', 'any'), 3)
  t.equal(exitStatusOf(report('undecided', [finding('stale')]), 'error', []), 4)
  t.equal(exitStatusOf(report('undecided', [finding('stale')]), 'error', 'any'), 0)
  t.equal(exitStatusOf(report('undecided', [finding('stale')]), 'error', ['stale', 'refused']), 0)
  t.equal(exitStatusOf(report('undecided', [finding('stale'), finding('unobserved')]), 'error', ['stale']), 4)
  t.equal(exitStatusOf(report('undecided', [finding('stale'), finding('unobserved', 'info')]), 'error', ['stale']), 0)
  t.equal(
    exitStatusOf(report('undecided'), 'error', ['stale']),
    4,
    'an engine that lacks something is no finding of an allowed kind',
  )
  t.equal(
    exitStatusOf(report('undecided', [], [{ environment: 'x', code: 'INTERNAL', message: '' }]), 'error', 'any'),
    5,
  )
})

t.test('a command line becomes a command with its flags', async (t) => {
  const parse = (...argv: readonly string[]): ReturnType<typeof parseArguments> =>
    parseArguments(argv, commands, '1.2.3')
  t.match(parse('check', '-e', 'a', '-e', 'b', 'x.yaml', 'y.yaml'), {
    kind: 'run',
    command: commands.check,
    args: ['x.yaml', 'y.yaml'],
    flags: { environment: ['a', 'b'], format: 'text', directory: '.', timeout: '30s' },
  })
  t.match(parse('check', '--allow-undecided', 'x.yaml'), { args: ['x.yaml'], flags: { allowUndecided: 'any' } })
  t.match(parse('check', '--allow-undecided=stale', 'x.yaml'), { args: ['x.yaml'], flags: { allowUndecided: 'stale' } })
  t.match(parse('check', '--', '--allow-undecided'), { args: ['--allow-undecided'] })
  t.match(parse('check', '-'), { args: ['-'] })
  t.match(parse('--version'), { kind: 'said', stdout: '1.2.3\n', stderr: '', status: 0 })
  t.match(parse('help', 'check'), { kind: 'said', stdout: /^Usage: congruent check/, stderr: '', status: 0 })
  t.match(parse(), { kind: 'said', stdout: '', stderr: /^Usage: congruent/, status: 2 })
  t.match(parse('chekc'), {
    kind: 'said',
    stdout: '',
    stderr: 'congruent: unknown command `chekc`\n(Did you mean check?)\n',
    status: 2,
  })
  t.match(parse('unify', '-e'), { stderr: /^congruent: option `-e, --environment <name>` argument missing/, status: 2 })
})

t.test('a file is written whole or not at all', async (t) => {
  const dir = t.testdir({ 'old.txt': 'old', folder: {}, link: t.fixture('symlink', 'old.txt') })
  chmodSync(join(dir, 'old.txt'), 0o640)
  await writeWhole(join(dir, 'new.txt'), 'new')
  t.equal(readFileSync(join(dir, 'new.txt'), 'utf8'), 'new')
  await writeWhole(join(dir, 'link'), 'newer')
  t.ok(lstatSync(join(dir, 'link')).isSymbolicLink(), 'what a link leads to is written, the link stays')
  t.equal(readFileSync(join(dir, 'old.txt'), 'utf8'), 'newer')
  t.equal(statSync(join(dir, 'old.txt')).mode & 0o777, 0o640)
  await writeWhole('/dev/null', 'nothing')
  t.ok(statSync('/dev/null').isCharacterDevice(), 'a device stays one')
  await t.rejects(writeWhole(join(dir, 'folder'), 'x'), {
    code: 'OUTPUT_FAILED',
    message: /`.*folder` cannot be written: it is a folder/,
  })
  await t.rejects(writeWhole(join(dir, 'none', 'x'), 'x'), { code: 'OUTPUT_FAILED' })
  t.strictSame(readdirSync(dir).toSorted(), ['folder', 'link', 'new.txt', 'old.txt'], 'nothing is left behind')
})

t.test('files are known by their names in the workspace, or as given, and read once', async (t) => {
  const dir = t.testdir({ space: { 'in.yaml': 'in' }, 'out.yaml': 'out', link: t.fixture('symlink', 'space') })
  let asked = 0
  const stdin = async (): Promise<{ ok: true; bytes: Uint8Array }> => ({
    ok: true,
    bytes: Buffer.from(String((asked += 1))),
  })
  const names = async (list: readonly string[], directory: string): Promise<readonly string[]> =>
    (await namedFiles(list, { cwd: dir, directory }, stdin)).map(({ name }) => name)
  t.strictSame(await names(['space/in.yaml', 'out.yaml', join(dir, 'space/in.yaml'), 'link/in.yaml', '-'], 'space'), [
    'in.yaml',
    'out.yaml',
    'in.yaml',
    'in.yaml',
    '-',
  ])
  t.strictSame(await names(['space/in.yaml', 'space/in.yaml', 'space'], 'link'), ['in.yaml', 'space'])
  const [file, absent, folder, input] = await namedFiles(
    ['out.yaml', 'none.yaml', 'space', '-'],
    { cwd: dir, directory: 'space' },
    stdin,
  )
  t.match(await file?.read(), { ok: true, bytes: Buffer.from('out') })
  writeFileSync(join(dir, 'out.yaml'), 'changed')
  t.match(await file?.read(), { ok: true, bytes: Buffer.from('out') }, 'read once')
  t.strictSame(await absent?.read(), { ok: false, reason: 'absent', message: '`none.yaml` does not exist' })
  t.strictSame(await folder?.read(), { ok: false, reason: 'directory', message: '`space` is a directory, not a file' })
  t.match(await input?.read(), { ok: true, bytes: Buffer.from('1') })
})

t.test('a stream that never ends is refused', async (t) => {
  const megabyte = Buffer.alloc(1024 * 1024)
  const endless = async function* (): AsyncGenerator<Uint8Array> {
    for (;;) yield megabyte
  }
  t.match(await readStream(endless(), 'input'), {
    ok: false,
    reason: 'too-large',
    message: '`input` is larger than 256 MiB',
  })
  const texts = async function* (): AsyncGenerator<string> {
    yield 'é'
    yield 'x'
  }
  t.match(await readStream(texts(), 'input'), { ok: true, bytes: Buffer.from('éx') })
})

t.test('a reader that goes away is no failure, a full disk is', async (t) => {
  const failing = (code: string): Output => ({
    on: () => undefined,
    write: (_, done) => done(Object.assign(new Error(code), { code })),
  })
  await write(failing('EPIPE'), 'x')
  await t.rejects(write(failing('ENOSPC'), 'x'), { code: 'OUTPUT_FAILED' })
  const io = { ...fakeIo({ cwd: workspaceIn(t) }), stdout: failing('ENOSPC') }
  t.equal(await main(['check'], io), exitStatuses.fault)
  t.match(io.stderr.text, '(OUTPUT_FAILED)')
  t.equal(
    await main(['check'], { ...fakeIo({ cwd: workspaceIn(t) }), stdout: failing('EPIPE') }),
    exitStatuses.violates,
  )
})

t.test('progress is shown when work takes long, and wiped', async (t) => {
  const { stderr } = fakeIo({ cwd: '.' })
  startProgress(stderr, 'checking')()
  t.equal(stderr.text, '', 'quick work says nothing')
  const stop = startProgress(stderr, 'checking', { delayMs: 1, everyMs: 1 })
  while (!/(?:checking.*){2}/s.test(stderr.text)) await pause(1)
  stop()
  t.ok(stderr.text.endsWith('\r\u{1b}[K'))
  const after = stderr.text
  await pause(5)
  t.equal(stderr.text, after)
})

t.test('a fault is one line with its code, and one for each place', async (t) => {
  const places = [{ message: 'here\u{7}', file: 'x.yaml', line: 2, column: 3 }, { message: 'anywhere' }]
  t.equal(
    faultLines(new Fault('WORKSPACE_INVALID', 'two problems', { places })),
    'congruent: two problems (WORKSPACE_INVALID)\n  x.yaml:2:3: here\\u{7}\n  anywhere\n',
  )
  t.match(
    faultLines(new TypeError('x')),
    /^congruent: this is a defect of Congruent, please report it: TypeError: x.* \(INTERNAL\)\n$/,
  )
  t.match(faultLines('thrown'), 'thrown (INTERNAL)')
  t.equal(faultStatus(new Fault('USAGE', '')), 2)
  t.equal(faultStatus('thrown'), 5)
})

t.test('an interruption ends the work and says nothing', async (t) => {
  const io = fakeIo({ cwd: workspaceIn(t), interrupted: AbortSignal.abort() })
  t.equal(await main(['check'], io), 130)
  t.equal(io.stdout.text + io.stderr.text, '')
})

t.test('a terminal gets colour and its width', async (t) => {
  const io = fakeIo({ cwd: workspaceIn(t), terminal: true, columns: 60 })
  t.equal(await main(['check'], io), 1)
  t.match(io.stdout.text, '\u{1b}[31mmismatch')
  const shown = io.stdout.text.replaceAll(/\u{1b}\[[\d;]*m/gu, '').split('\n')
  t.ok(
    shown.every((line) => line.length <= 60),
    'no line is wider than the terminal',
  )
})

t.test('several formats in one run; standard input; every command has help', async (t) => {
  const cwd = workspaceIn(t)
  const io = fakeIo({ cwd, stdin: '{"services":{"db":{"replicas":3}}}' })
  t.equal(
    await main(['check', '-', '--format', 'json', '--output', 'text=report.txt', '--output', 'json=report.json'], io),
    0,
  )
  t.equal(readFileSync(join(cwd, 'report.json'), 'utf8'), io.stdout.text)
  t.match(readFileSync(join(cwd, 'report.txt'), 'utf8'), 'plant conforms')
  t.match(JSON.parse(io.stdout.text), { environments: [{ snapshots: [{ source: '-' }] }] })
  for (const name of Object.keys(commands)) {
    const help = fakeIo({ cwd })
    t.equal(await main([name, '--help'], help), 0)
    t.match(help.stdout.text, `Usage: congruent ${name}`)
    t.match(help.stdout.text, 'Examples:\n')
  }
})

t.test('formats of CI name files as the repository does, and the summary of a step is added to', async (t) => {
  const root = t.testdir({
    '.git': {},
    policy: { 'congruent.yaml': '', sre: {} },
    'outside.yaml': 'services: { web: { replicas: 1 } }\n',
  })
  const space = join(root, 'policy')
  writeFileSync(
    join(space, 'congruent.yaml'),
    'workspace: plant\nteams: { sre: { fragments: [./sre] } }\nobservations: [{ files: [observed.yaml] }]\n',
  )
  writeFileSync(join(space, 'sre/a.cue'), 'package sre\n\nservices: [string]: replicas: >=2\n')
  writeFileSync(join(space, 'observed.yaml'), 'services: { web: { replicas: 1 } }\n')
  const summary = join(root, 'summary.md')
  writeFileSync(summary, 'before\n')
  const check = async (cwd: string, ...args: readonly string[]): Promise<string> => {
    const io = fakeIo({ cwd, env: { GITHUB_STEP_SUMMARY: summary } })
    t.equal(await main(['check', ...args], io), 1)
    return io.stdout.text
  }
  t.match(await check(space, '--format', 'github'), '::error file=policy/observed.yaml,line=1,col=30,')
  t.match(readFileSync(summary, 'utf8'), /^before\n<!-- congruent:report plant -->\n/)
  const given = await check(root, '-C', 'policy', 'outside.yaml', '--format', 'github')
  t.match(given, /^::error file=outside\.yaml,[^]* at policy\/sre\/a\.cue:3:31/)
  const size = readFileSync(summary).length
  await check(root, '-C', 'policy', '--format', 'markdown')
  t.equal(readFileSync(summary).length, size, 'only the format of GitHub has a summary')
  const io = fakeIo({ cwd: space, env: { GITHUB_STEP_SUMMARY: root } })
  t.equal(await main(['check', '--output', `github=${join(root, 'g.txt')}`], io), 5)
  t.match(
    io.stderr.text,
    `\`${root}\`, which GITHUB_STEP_SUMMARY names, cannot be written: it is a folder (OUTPUT_FAILED)`,
  )
})

t.test('init makes a workspace, or the workflow for one at the root of its repository', async (t) => {
  const root = t.testdir({ '.git': {} })
  const run = async (...args: readonly string[]): Promise<readonly [number, string, string]> => {
    const io = fakeIo({ cwd: root })
    return [await main(['init', ...args], io), io.stdout.text, io.stderr.text]
  }
  t.match(await run('--ci', 'github', 'a b'), [2, '', /`.*a b` has no congruent\.yaml that could be checked: make a/])
  t.match(await run('a b'), [0, /^congruent\.yaml\n/, "next: congruent check -C 'a b'\n"])
  const file = '.github/workflows/congruent.yml'
  t.same(await run('--ci', 'github', 'a b'), [0, `${file}\n`, `next: git add ${file}\n`])
  t.match(readFileSync(join(root, file), 'utf8'), "WORKSPACE: 'a b'\n")
  t.match(await run('--ci', 'github', 'a b'), [2, '', /is there, and is not overwritten/])
  t.match(await run('--ci', 'jenkins'), [2, '', /Allowed choices are github, gitlab/])
})

t.test('the program itself', async (t) => {
  const bin = resolve('bin/congruent.js')
  t.ok(readFileSync(bin, 'utf8').split('\n').length <= 16, 'at most 15 lines')
  t.ok(existsSync('build/bundle/congruent.js'), 'the program is built')
  const cwd = workspaceIn(t)
  const run = async (
    args: readonly string[],
    end: (child: ReturnType<typeof spawn>) => void = () => undefined,
  ): Promise<{ status: unknown; out: string; error: string }> => {
    const child = spawn(process.execPath, [bin, ...args], { cwd, stdio: ['pipe', 'pipe', 'pipe'] })
    let [out, error] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()))
    end(child)
    const [status] = await once(child, 'close')
    return { status, out, error }
  }
  const checked = await run(['check', '-q'], (child) => child.stdin?.end())
  t.match(checked, { status: 1, out: /plant violates/, error: '' })
  t.notMatch(checked.out, '\u{1b}[', 'no colour off a terminal')
  const gone = await run(['check', '--help'], (child) => child.stdout?.destroy())
  t.match(gone, { status: 0, error: '' })
  const waiting = await run(['check', '-'], (child) => void setTimeout(() => child.kill('SIGINT'), 1500))
  t.match(waiting, { out: '', error: '' })
  t.ok(waiting.status === 130 || waiting.status === null)

  const unbuilt = t.testdir({
    bin: { 'congruent.js': readFileSync(bin, 'utf8'), 'package.json': readFileSync('bin/package.json', 'utf8') },
    'package.json': '{"type":"module"}',
  })
  symlinkSync(resolve('node_modules'), join(unbuilt, 'node_modules'))
  const child = spawn(process.execPath, [join(unbuilt, 'bin/congruent.js')])
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  t.strictSame(await once(child, 'close'), [5, null])
  t.equal(words, 'congruent: not built; run `npm run build`\n')
})
