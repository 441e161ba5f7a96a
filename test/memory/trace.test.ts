import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { main } from '../../src/cli/main.ts'
import { diskMemory } from '../../src/memory/disk/disk-memory.ts'
import { processMemory } from '../../src/memory/process-memory.ts'
import { withExact, withoutExact } from '../../src/memory/trace/exact.ts'
import { record } from '../../src/memory/trace/recording.ts'
import { tracedRun, type Answer } from '../../src/memory/trace/run.ts'
import type { World } from '../../src/memory/trace/world.ts'
import { Decimal } from '../../src/model/data.ts'
import { exactJson } from '../../src/model/exact-json.ts'
import type { SourceRead } from '../../src/workspace/source.ts'
import { fakeIo } from '../support/fake-io.ts'
import { readTranscript, wordsOf } from '../support/transcript.ts'

t.setTimeout(300_000)

function read(text: string): SourceRead {
  return { ok: true, bytes: Buffer.from(text) }
}

/** A world of texts that can be changed, and what it was asked. */
function worldOf(files: Map<string, string>): { world: World; asked: string[] } {
  const asked: string[] = []
  const world: World = {
    source: {
      name: 'w',
      read: async (name) => {
        asked.push(name)
        const text = files.get(name)
        return text === undefined ? { ok: false, reason: 'absent', message: `no ${name}` } : read(text)
      },
      list: async (globs) => {
        asked.push(`list ${globs.join()}`)
        return [...files.keys()].filter((name) => globs.includes(`*${name.slice(-2)}`))
      },
      above: async (name) => files.get(`../${name}`),
    },
    files: [
      { name: 'x', read: async () => read(files.get('named 0') ?? '') },
      { name: 'x', read: async () => read(files.get('named 1') ?? '') },
    ],
    stdin: async () => read(files.get('stdin') ?? ''),
  }
  return { world, asked }
}

/** A run that reads what it is told to by what it has read. */
async function walk({ source, files = [], stdin }: World): Promise<string> {
  const first = await source.read('first')
  const next = first.ok ? Buffer.from(first.bytes).toString().split(' ') : []
  const reads = await Promise.all(next.map((name) => source.read(name)))
  const names = await source.list(['*.c'])
  const above = await source.above?.('first')
  const given = await Promise.all(files.map((file) => file.read()))
  const input = await stdin?.()
  return JSON.stringify([first, reads, names, above, given, input])
}

const plainAnswer = (value: unknown): Answer<unknown> => ({ value, lines: new Map() })

t.test('an answer is given again exactly while the world is as it was', async (t) => {
  const before = { first: 'a b', a: '1', 'y.c': '', '../first': 'up', 'named 0': 'p', 'named 1': 'q', stdin: 's' }
  const changes: readonly Readonly<Record<string, string | undefined>>[] = [
    { first: 'a b ' },
    { first: 'a' },
    { a: '2' },
    { a: undefined },
    { b: '' },
    { 'z.c': '' },
    { 'y.c': undefined },
    { '../first': undefined },
    { 'named 0': 'q', 'named 1': 'p' },
    { 'named 1': '' },
    { stdin: 't' },
  ]
  const same: readonly Readonly<Record<string, string>>[] = [{}, { c: 'not read' }, { 'y.c': 'listed, not read' }]
  for (const change of [...changes, ...same]) {
    const memory = processMemory()
    const files = new Map<string, string>(Object.entries(before))
    const run = tracedRun(memory, 'q', worldOf(files).world, 0)
    const answer = await walk(run.world)
    run.remember(plainAnswer(answer), Infinity)
    for (const [name, text] of Object.entries(change)) {
      if (text === undefined) files.delete(name)
      else files.set(name, text)
    }
    const again = tracedRun(memory, 'q', worldOf(files).world, 0)
    const known = await again.recall()
    t.equal(known !== undefined, !changes.includes(change), JSON.stringify(change))
    const worked = await walk(worldOf(files).world)
    if (known !== undefined) t.equal(known.value, worked)
    t.equal(await walk(again.world), worked, 'what was looked at for the answer serves the run')
    again.remember(plainAnswer(worked), Infinity)
    t.equal((await tracedRun(memory, 'q', worldOf(files).world, 0).recall())?.value, worked)
    t.equal(await tracedRun(memory, 'r', worldOf(files).world, 0).recall(), undefined, 'another question')
  }
})

t.test('nothing is asked that the run itself would not ask', async (t) => {
  const memory = processMemory()
  const files = new Map([
    ['first', 'a b'],
    ['a', '1'],
  ])
  const run = tracedRun(memory, 'q', worldOf(files).world, 0)
  run.remember(plainAnswer(await walk(run.world)), Infinity)
  files.set('first', 'c')
  const { world, asked } = worldOf(files)
  t.equal(await tracedRun(memory, 'q', world, 0).recall(), undefined)
  t.strictSame(asked, ['first'])
})

t.test('what changes while it is read, or is not answered, is not remembered', async (t) => {
  let count = 0
  const source = { ...worldOf(new Map()).world.source, read: async () => read(String((count += 1))) }
  const without = record({ source }, { keepBytes: 0 })
  await without.world.source.read('a')
  t.equal(without.seen()?.length, 1)
  await without.world.source.read('a')
  t.equal(without.seen(), undefined, 'two answers')
  const kept = record({ source })
  t.same(await kept.world.source.read('a'), await kept.world.source.read('a'), 'with room, it is read once')
  t.equal(kept.seen()?.length, 1)
  const refusing = record({ source: { ...source, list: async () => Promise.reject(new Error('no')) } })
  await t.rejects(refusing.world.source.list(['*']), { message: 'no' })
  t.equal(refusing.seen(), undefined)

  const memory = processMemory()
  const first = tracedRun(memory, 'q', { source }, 0)
  await first.world.source.list(['*'])
  first.remember(plainAnswer(1), Infinity)
  t.equal(
    await tracedRun(
      memory,
      'q',
      { source: { ...source, list: async () => Promise.reject(new Error('no')) } },
      0,
    ).recall(),
    undefined,
  )
})

t.test('an answer is given until it ceases to hold', async (t) => {
  const { world } = worldOf(new Map())
  const memory = processMemory()
  const at = (now: number): ReturnType<typeof tracedRun> => tracedRun(memory, 'q', world, now)
  for (const never of [-Infinity, 99, NaN]) {
    at(100).remember(plainAnswer(1), never)
    t.equal(await at(100).recall(), undefined, String(never))
  }
  at(100).remember(plainAnswer(1), 200)
  t.equal((await at(200).recall())?.value, 1)
  t.equal(await at(201).recall(), undefined)
})

t.test('values and lines come back as they were', async (t) => {
  const exact = fc.oneof(
    fc.bigInt().filter((value) => value > 2n ** 53n),
    fc.constantFrom('1e-400', '0.10000000000000000001').map((text) => new Decimal(text)),
  )
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      exact,
      fc.jsonValue({ maxDepth: 1 }),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', '__proto__', 'constructor', '0', 'toJSON', ''), tie('tree'), { maxKeys: 3 }),
    ),
  }))
  fc.assert(
    fc.property(tree, (value) => {
      const { plain, exact } = withoutExact(value)
      const stored: readonly [unknown, typeof exact] = JSON.parse(JSON.stringify([plain, exact]))
      return exactJson(withExact(...stored)) === exactJson(value)
    }),
    { numRuns: 2000 },
  )
  const memory = processMemory()
  const { world } = worldOf(new Map())
  const lines = new Map([
    [
      'a.yaml',
      new Map([
        [3, 'x: 1'],
        [9, ''],
      ]),
    ],
    ['long.json', new Map([[1, new Map([[5000, { text: 'x"a":1', column: 2 }]])]])],
    ['none.cue', new Map()],
  ])
  tracedRun(memory, 'q', world, 0).remember({ value: { n: 2n ** 64n, d: new Decimal('1e-400') }, lines }, Infinity)
  const known = await tracedRun(memory, 'q', world, 0).recall()
  t.strictSame(known?.lines, lines)
  t.strictSame(known?.value, { n: 2n ** 64n, d: new Decimal('1e-400') })
})

function folderFor(t: Test): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'congruent-trace-')))
  t.teardown(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

function write(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), text)
  }
}

interface Outcome {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
  readonly files: readonly string[]
}

/** Runs a command line with a cache folder, and answers all that can be seen of it; but for the moment of the check. */
async function outcomeOf(line: string, cwd: string, cache: string): Promise<Outcome> {
  const words = [...wordsOf(line)]
  const from = words.indexOf('<')
  const [, input] = from === -1 ? [] : words.splice(from, 2)
  const [, command = '', ...rest] = words
  const out = (name: string): string => join(dirname(cache), name)
  const formats = { check: ['json', 'text'], explain: ['json', 'text'], unify: ['cue'] }[command] ?? []
  const outputs = formats.flatMap((format) => ['--output', `${format}=${out(format)}`])
  const stdin = input === undefined ? {} : { stdin: readFileSync(join(cwd, input), 'utf8') }
  const io = fakeIo({ cwd, env: { CONGRUENT_CACHE: cache }, ...stdin })
  const status = await main([command, ...rest, ...outputs], io)
  const timeless = (text: string): string => text.replaceAll(/"checkedAt": "[^"]*"/g, '')
  const files = formats.map((format) => {
    try {
      return timeless(readFileSync(out(format), 'utf8'))
    } catch {
      return ''
    } finally {
      rmSync(out(format), { force: true })
    }
  })
  return { status, stdout: timeless(io.stdout.text), stderr: io.stderr.text, files }
}

/** When each pack was written: a run that was remembered writes none. */
function packTimes(cache: string): string {
  try {
    const packs = join(cache, 'packs')
    return readdirSync(packs)
      .map((name) => `${name} ${statSync(join(packs, name)).ino}`)
      .join('\n')
  } catch {
    return ''
  }
}

t.test('every scenario comes out the same a second time', async (t) => {
  let remembered = 0
  let asked = 0
  for (const name of readdirSync('test/scenarios').filter((file) => file.endsWith('.txtar'))) {
    const { steps, files } = readTranscript(readFileSync(join('test/scenarios', name), 'utf8'))
    const dir = folderFor(t)
    const [work, cache] = [join(dir, 'work'), join(dir, 'cache')]
    write(work, files)
    for (const { command } of steps.filter(({ command }) => /^congruent (check|unify|explain) /.test(command))) {
      const cold = await outcomeOf(command, work, cache)
      const before = packTimes(cache)
      const warm = await outcomeOf(command, work, cache)
      t.strictSame(warm, cold, `${name}: ${command}`)
      if (cold.status === 2 || cold.status === 5) continue
      asked += 1
      if (before !== '' && packTimes(cache) === before) remembered += 1
    }
  }
  t.ok(remembered > 0.8 * asked, `${remembered} of ${asked} were remembered`)
})

const plant = {
  'work/congruent.yaml':
    'workspace: plant\nteams: { sre: { fragments: [./sre] }, web: { fragments: [./web/*.yaml] } }\nobservations: [{ files: ["seen/*.yaml"], adapter: snapshot, maxAge: 15m }]\n',
  'work/sre/a.cue': 'package sre\n\nservices: [string]: replicas: >=2 @rule(id="HA-1")\n',
  'work/web/web.yaml': 'services: { web: { port: 80 } }\n',
  'work/seen/a.yaml':
    'snapshot: 1\nobserver: a\nsequence: 1\nobservedAt: 2026-01-01T00:00:00Z\nstate: { services: { web: { replicas: 1, port: 80 } } }\n',
}

t.test('a change of anything that a run read, and any flag, is answered as without memory', async (t) => {
  const changes: Readonly<Record<string, (dir: string) => void>> = {
    nothing: () => undefined,
    'the workspace file': (dir) => appendFileSync(join(dir, 'congruent.yaml'), '# more\n'),
    'a severity': (dir) => appendFileSync(join(dir, 'congruent.yaml'), 'rules: [{ rule: HA-1, severity: warning }]\n'),
    'a fragment': (dir) => write(dir, { 'sre/a.cue': 'package sre\n\nservices: [string]: replicas: >=1\n' }),
    'a new file of a package': (dir) => write(dir, { 'sre/b.cue': 'package sre\n\nservices: web: port: 81\n' }),
    'a new data file': (dir) => write(dir, { 'web/more.yaml': 'services: { web: { image: x } }\n' }),
    'no data file': (dir) => rmSync(join(dir, 'web/web.yaml')),
    'a module': (dir) => write(dir, { 'cue.mod/module.cue': 'module: "x.example/y"\nlanguage: version: "v0.9.0"\n' }),
    'an observation': (dir) =>
      write(dir, { 'seen/a.yaml': plant['work/seen/a.yaml'].replace('replicas: 1', 'replicas: 2') }),
    'a new observation': (dir) =>
      write(dir, { 'seen/b.yaml': plant['work/seen/a.yaml'].replace('sequence: 1', 'sequence: 2') }),
    'a broken observation': (dir) => write(dir, { 'seen/c.yaml': '{' }),
    'an observation in a folder that comes': (dir) => write(dir, { 'seen/d.yaml/e': '' }),
    'a link': (dir) => {
      renameSync(join(dir, 'seen/a.yaml'), join(dir, 'moved.yaml'))
      symlinkSync('../moved.yaml', join(dir, 'seen/a.yaml'))
    },
    'a link out': (dir) => {
      renameSync(join(dir, 'seen/a.yaml'), join(dir, '../moved.yaml'))
      symlinkSync('../../moved.yaml', join(dir, 'seen/a.yaml'))
    },
  }
  // What these leave as it was is read as it was.
  const harmless = ['nothing', 'a link', 'an observation in a folder that comes']
  const dir = folderFor(t)
  const cache = join(dir, 'cache')
  write(dir, plant)
  const line = 'congruent check -C work --now 2026-01-01T00:01:00Z'
  t.match(await outcomeOf(line, dir, cache), { status: 1, stdout: /mismatch/ })
  cpSync(cache, join(dir, 'kept'), { recursive: true, preserveTimestamps: true })
  for (const [name, change] of Object.entries(changes)) {
    rmSync(cache, { recursive: true })
    rmSync(join(dir, 'work'), { recursive: true })
    cpSync(join(dir, 'kept'), cache, { recursive: true })
    write(dir, plant)
    change(join(dir, 'work'))
    const before = packTimes(cache)
    const outcome = await outcomeOf(line, dir, cache)
    const isFault = outcome.status === 2
    t.equal(packTimes(cache) === before, isFault || harmless.includes(name), `${name}: remembered or not`)
    t.strictSame(outcome, await outcomeOf(`${line} --no-cache`, dir, cache), name)
  }
  rmSync(join(dir, 'work'), { recursive: true })
  write(dir, plant)
  const flags = [
    '',
    '--partial',
    '--fail-on info',
    '--team web',
    '--now 2026-01-01T00:20:00Z',
    '-e default',
    '--group team',
  ]
  for (const flag of flags)
    t.strictSame(
      await outcomeOf(`${line} ${flag}`, dir, cache),
      await outcomeOf(`${line} ${flag} --no-cache`, dir, cache),
      flag,
    )
})

t.test('an answer ages with the snapshots that it was made from', async (t) => {
  const dir = folderFor(t)
  const cache = join(dir, 'cache')
  const at = (ago: number): void => {
    const observedAt = new Date(Date.now() - ago).toISOString()
    write(dir, { ...plant, 'work/seen/a.yaml': plant['work/seen/a.yaml'].replace('2026-01-01T00:00:00Z', observedAt) })
  }
  at(60_000)
  t.match(await outcomeOf('congruent check -C work', dir, cache), { status: 1 })
  const kept = packTimes(cache)
  t.match(await outcomeOf('congruent check -C work', dir, cache), { status: 1 })
  t.equal(packTimes(cache), kept)
  at(3_600_000)
  t.match(await outcomeOf('congruent check -C work', dir, cache), { status: 4, stdout: /too old/ })
  t.equal(packTimes(cache), kept, 'how old something is is not remembered')
})

const loads = `
import { register } from 'node:module'
register('data:text/javascript,export async function load(url,context,next){process._rawDebug(url);return next(url,context)}')
`
const program = `
const { main } = await import(${JSON.stringify(new URL('../../src/cli/main.js', import.meta.url).href)})
const { argv, stdin, stdout, stderr, env } = process
const io = { stdin, stdout, stderr, env, cwd: process.cwd(), interrupted: new AbortController().signal }
process.exitCode = await main(argv.slice(1), io)
`

t.test('what is remembered is told without an engine, and without a reader of YAML, globs or schemas', async (t) => {
  const dir = folderFor(t)
  write(dir, plant)
  const env = { ...process.env, NODE_OPTIONS: '', CONGRUENT_CACHE: join(dir, 'cache') }
  const loadedBy = async (...words: readonly string[]): Promise<readonly string[]> => {
    const hook = `data:text/javascript,${encodeURIComponent(loads)}`
    const args = ['--import', hook, '--input-type=module', '-e', program, '--', ...words]
    const child = spawn(process.execPath, args, { cwd: join(dir, 'work'), env, stdio: ['ignore', 'ignore', 'pipe'] })
    let text = ''
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
    t.strictSame(await once(child, 'close'), [words.includes('check') ? 1 : 0, null])
    return text.split('\n').filter((line) => /^(file|node):/.test(line))
  }
  // What writes YAML is small; what reads it is not.
  const writers = 'document\\/(?:yaml-text|yaml-words|indented-json|json-tokens)\\.js'
  const heavy = new RegExp(
    `node_modules/(?!picocolors)|src/(?!${writers})(engine|observation|operations|evaluation|document|schema|congruent)`,
  )
  for (const words of [
    ['check', '--now', '2026-01-01T00:01:00Z'],
    ['explain', 'services.web', '--now', '2026-01-01T00:01:00Z'],
    ['unify', '-e', 'default'],
  ]) {
    const cold = await loadedBy(...words)
    t.ok(
      cold.some((url) => heavy.test(url)),
      'the first time, much is needed',
    )
    const warm = await loadedBy(...words)
    t.ok(warm.length > 10, 'modules were seen')
    t.strictSame(
      warm.filter((url) => heavy.test(url)),
      [],
      words.join(' '),
    )
  }
})

t.test('a tampered answer, and one of another version or user, is none', async (t) => {
  const dir = folderFor(t)
  write(dir, plant)
  const cache = join(dir, 'cache')
  const line = 'congruent check -C work --now 2026-01-01T00:01:00Z'
  const honest = await outcomeOf(line, dir, cache)
  const [pack = ''] = readdirSync(join(cache, 'packs')).map((name) => join(cache, 'packs', name))
  const bytes = readFileSync(pack)
  const memory = (scope?: string): ReturnType<typeof diskMemory> =>
    diskMemory({ folder: cache, ...(scope === undefined ? {} : { scope }) })
  const keys = [...bytes.toString('latin1').matchAll(/run\/[\w-]+\/answer/g)].map(([key]) => key)
  t.equal((await memory().recall(keys)).size, 1)
  t.equal((await memory('another version').recall(keys)).size, 0)
  for (const at of [0, 25, 60, 80, Math.floor(bytes.length / 2), bytes.length - 1]) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    writeFileSync(pack, changed)
    t.equal((await memory().recall(keys)).size, 0)
  }
  writeFileSync(pack, Buffer.from(bytes.toString('latin1').replace('"violates"', '"conforms"'), 'latin1'))
  t.strictSame(await outcomeOf(line, dir, cache), honest)
})
