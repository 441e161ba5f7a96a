import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import t from 'tap'
import type { Test } from 'tap'
import { createCongruent } from '../../src/congruent.ts'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import { createCueNative } from '../../src/engine/cue-native/cue-native.ts'
import type { CueNativeOptions } from '../../src/engine/cue-native/cue-native.ts'
import { processes } from '../../src/engine/cue-native/process.ts'
import { residentBytes } from '../../src/engine/cue-native/resident.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { Pool } from '../../src/engine/pool/pool.ts'
import type { PoolOptions } from '../../src/engine/pool/pool.ts'
import type { Fragments } from '../../src/engine/protocol.ts'
import { Fault } from '../../src/errors.ts'
import { folderSource } from '../../src/workspace/folder-source.ts'
import { nativeProgram } from '../support/native-program.ts'
import { engineContract } from './contract.ts'
import { misbehavingProgramIdentity, writeMisbehavingProgram, writeProgram } from './misbehaving-program.ts'
import { askVector, readVectors } from './vector.ts'

t.setTimeout(600_000)

const subject = 'checking `prod`'
const options = { deadlineMs: 60_000, subject }
const none = { files: [], parts: [], tags: {}, limits: [] }
const native = nativeProgram()
if ('absent' in native) process.stderr.write(`NOT RUN: the tests of the native program: ${native.absent}\n`)

const unions = Array.from({ length: 14 }, (_, i) => `x: {a${i}?: int} | {b${i}?: int} | {c${i}?: int}`).join('\n')
const slow = fragmentOf(`${unions}\nx: {}`)
/** What a host of its own does: a request that is answered at once, and one that is not answered while anybody waits. */
const quickly = `await engine.unify({ fragments: ${JSON.stringify(none)} }, { deadlineMs: 60000, subject: 'x' })`
const endlessly = `void engine.unify({ fragments: ${JSON.stringify(slow)}, want: ['json'] }, { deadlineMs: 600000, subject: 'x' })`

/** A test of the program itself; where there is none, or the system cannot tell, it is listed as skipped. */
function withProgram(
  title: string,
  test: (t: Test, options: CueNativeOptions) => Promise<void>,
  unable?: string,
): void {
  if ('absent' in native || unable !== undefined)
    t.test(title, { skip: unable ?? 'there is no program' }, async () => {})
  else t.test(title, (t) => test(t, native))
}

withProgram('cue-native keeps the contract of engines', async (t, program) => {
  engineContract(t, () => createCueNative(program), { name: 'cue-native', cue: 'v0.17.1', full: true })
})

withProgram('the program answers every vector as the evaluator does', async (t, program) => {
  const engine = createCueNative(program)
  t.teardown(() => engine.close())
  const vectors = readVectors()
  t.ok(vectors.length > 50, 'vectors were found')
  for (const vector of vectors) t.same(await askVector(engine, vector), { ...vector.answer, lacks: [] }, vector.name)
})

withProgram('reports are those of cue-go, but for the name of the engine', async (t, program) => {
  const engines: Readonly<Record<string, Engine>> = { 'cue-go': createCueGo(), 'cue-native': createCueNative(program) }
  for (const example of ['shop', 'two-engines', 'boutique']) {
    const source = folderSource(`examples/${example}`)
    const [go, own] = await Promise.all(
      Object.values(engines).map(async (engine) => {
        const { report } = await createCongruent({ engine, clock: () => new Date(0) }).check({ source })
        return report
      }),
    )
    t.ok((go?.findings.length ?? 0) > 0, `${example} has findings`)
    t.equal(own?.tool.engine.name, 'cue-native')
    t.strictSame(
      JSON.parse(JSON.stringify(own).replace('"cue-native"', '"cue-go"')),
      JSON.parse(JSON.stringify(go)),
      example,
    )
  }
  await Promise.all(Object.values(engines).map((engine) => engine.close()))
})

withProgram('a plan is that of cue-go, and requests of many megabytes pass', async (t, program) => {
  const engine = createCueNative({ ...program, size: 1 })
  t.teardown(() => engine.close())
  t.match(await engine.plan?.({ fragments: none }, options), { separable: [], crossing: [] })
  const text = 'größe 😀 '.repeat(2_000_000)
  const observed = { state: JSON.stringify({ x: text }), coverage: [], contested: [], masked: [] }
  const answer = await engine.explain({ fragments: fragmentOf('x: string'), observed, path: ['x'] }, options)
  t.match(answer, { exists: true, findings: [] })
})

withProgram('a request that takes all memory costs itself only', async (t, program) => {
  const path = join(t.testdir({}), 'engine')
  writeProgram(path, `#!/bin/sh\nulimit -d 300000\nexec '${program.path}' "$@"\n`)
  const engine = createCueNative({ ...program, path, size: 1 })
  t.teardown(() => engine.close())
  const doubled = Array.from({ length: 34 }, (_, i) => `s${i + 1}: s${i} + s${i}`).join('\n')
  const fragments = fragmentOf(`s0: "xxxxxxxxxxxxxxxx"\n${doubled}`)
  const hungry = engine.unify({ fragments }, { ...options, deadlineMs: 300_000 })
  const next = engine.unify({ fragments: none }, options)
  const fault = await faultOf(hungry)
  t.match(fault, { code: 'ENGINE_MEMORY', message: /^checking `prod`: the engine ran out of memory; check fewer/ })
  t.match(fault.cause, { message: /out of memory|cannot allocate memory/ })
  t.match(await next, { findings: [] })
})

withProgram('an engine that is not closed does not keep its process alive', async (t, program) => {
  const ended = await promisify(execFile)(process.execPath, hostOf(program, `${quickly}\nconsole.log('answered')`))
  t.same(ended, { stdout: 'answered\n', stderr: '' })
})

const countable = process.platform === 'linux' ? undefined : 'only Linux tells of processes in this way'
withProgram(
  'the program ends with its host, idle or at work',
  async (t, program) => {
    const tellOfChildren = `
    const { execFileSync } = await import('node:child_process')
    const listed = execFileSync('ps', ['-o', 'pid=', '--ppid', String(process.pid)], { encoding: 'utf8' })
    console.log(listed.trim().replaceAll(/\\s+/g, ' '))
    setInterval(() => {}, 1000)`
    for (const work of [quickly, `${quickly}\n${endlessly}`]) {
      const host = spawn(process.execPath, hostOf(program, work + tellOfChildren), {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const [line = ''] = await once(createInterface({ input: host.stdout }), 'line')
      const children = String(line).split(' ').map(Number).filter(isEngine)
      t.equal(children.length, 1, 'one process runs')
      host.kill('SIGKILL')
      while (children.some(isEngine)) await new Promise((resolve) => setTimeout(resolve, 20))
    }
  },
  countable,
)

t.test('answers come back to who asked, in pieces or whole; nothing is inherited', async (t) => {
  const { ask, greeted } = poolOf(t)
  const texts = Array.from({ length: 5 }, (_, n) => JSON.stringify({ n, text: 'ü😀\u2028'.repeat(n * 100_000) }))
  t.same(await Promise.all(texts.map((text) => ask(text))), texts)
  const { env, ...around } = JSON.parse(await ask('{"op":"surroundings"}'))
  const ofTheTest = /^(_TAPJS_|NODE_OPTIONS$)/
  t.same(
    Object.keys(env).filter((name) => !ofTheTest.test(name)),
    [],
  )
  t.same(around, { cwd: '/', argv: ['--hosted'] })
  t.equal(await ask('{"op":"flood"}'), '{}', 'what it writes beside its answers does not stop it')
  t.equal(greeted(), 1)
})

t.test('whatever ends a process is a fault of its request only, with the last words as cause', async (t) => {
  const { ask } = poolOf(t)
  for (const [op, code, words] of [
    ['exit', 'ENGINE_CRASHED', /^checking `prod`: the engine stopped: it ended with status 3; .*report/],
    ['panic', 'ENGINE_CRASHED', /: the engine stopped: panic: no such thing; /],
    ['terminate', 'ENGINE_CRASHED', /: the engine stopped: it was ended by SIGTERM; /],
    ['twice', 'ENGINE_CRASHED', /: the engine said more than it was asked; /],
    ['memory', 'ENGINE_MEMORY', /: the engine ran out of memory; check fewer/],
    ['kill', 'ENGINE_MEMORY', /: the system ended the engine \(SIGKILL\), most likely for want of memory; /],
  ] as const) {
    const fault = await faultOf(ask(`{"op":"${op}"}`))
    t.equal(fault.code, code, op)
    t.match(fault.message, words)
    t.notMatch(fault.message, /\n/)
    if (op === 'panic') t.match(fault.cause, { message: /panic: no such thing\n\ngoroutine 1/ })
    t.equal(await ask('{"n":1}'), '{"n":1}', `answers after ${op}`)
  }
  t.equal(await ask('{"op":"unasked"}'), '{}')
  await new Promise((resolve) => setTimeout(resolve, 300))
  t.equal(await ask('{"n":2}'), '{"n":2}', 'what was not asked for is not taken for an answer')
})

t.test('deadline, cancelling and closing end the process', async (t) => {
  const { ask, pool } = poolOf(t, { size: 2 })
  const overrun = faultOf(ask('{"op":"spin"}', { deadlineMs: 1_500 }))
  t.same(await Promise.all([ask('{"n":1}'), ask('{"n":2}')]), ['{"n":1}', '{"n":2}'])
  t.match(await overrun, { code: 'ENGINE_DEADLINE', message: /no answer within 1\.5 s; raise --timeout/ })
  const cancel = new AbortController()
  const cancelled = faultOf(ask('{"op":"spin"}', { signal: cancel.signal }))
  cancel.abort()
  t.match(await cancelled, { code: 'ENGINE_CLOSED', message: /was cancelled/ })
  const pending = faultOf(ask('{"op":"spin"}'))
  await pool.close()
  t.equal((await pending).code, 'ENGINE_CLOSED')
  t.equal((await faultOf(ask('{"n":3}'))).code, 'ENGINE_CLOSED')
})

t.test('a process that holds much memory is replaced, where the system tells', async (t) => {
  const { ask, greeted } = poolOf(t, { recycleBytes: 1 })
  t.equal(await ask('{"n":1}'), '{"n":1}')
  t.equal(await ask('{"n":2}'), '{"n":2}')
  t.equal(greeted(), process.platform === 'linux' ? 2 : 1)
  t.equal(residentBytes(process.pid) > 2 ** 20, process.platform === 'linux')
  t.equal(residentBytes(-1), 0)
})

t.test('what is no engine, or another one, is refused, and what to do is said', async (t) => {
  const folder = t.testdir({ folder: {}, 'notes.txt': 'notes' })
  const unify = (path: string): Promise<unknown> => {
    const engine = createCueNative({ path, expected: misbehavingProgramIdentity, size: 1 })
    t.teardown(() => engine.close())
    return engine.unify({ fragments: none }, options)
  }
  for (const name of ['nowhere', 'folder', 'no\0name'])
    t.throws(() => createCueNative({ path: join(folder, name) }), {
      code: 'ENGINE_NOT_FOUND',
      message: /^there is no engine `.*`; build it with `npm run engine:native` .*, or use `cue-go`/,
    })
  t.match(await unify(writeMisbehavingProgram(join(folder, 'engine.cjs'))), { digest: 'd' })
  const refused: readonly (readonly [file: string, words: RegExp])[] = [
    [join(folder, 'notes.txt'), /notes\.txt` cannot be run as an engine: spawn .* EACCES; build it with/],
    [program('silent', 'exit 4'), /silent` cannot be run as an engine: it ended with status 4; /],
    [program('words', 'echo no such flag >&2; exit 1'), /cannot be run as an engine: no such flag; /],
    [program('talker', 'exec yes | tr -d "\\n"'), /cannot be run as an engine: it does not say what it is; /],
    [
      program('echo', 'read line; echo "$line"; sleep 60'),
      /echo` says it is something else, and this version .* needs cue-native/,
    ],
    [other({ builtFrom: '0'.repeat(64) }), /sources 000000000000, .* needs .*, sources ffffffffffff; build it with/],
    [other({ builtFrom: undefined }), /says it is .*, sources not recorded, .* needs/],
    [other({ cue: 'v0.1.0' }), /says it is cue-native with CUE v0\.1\.0 and go0, protocol 1/],
    [other({ protocol: 2 }), /protocol 2, sources ffffffffffff, .* protocol 1/],
    [other({ name: 'cue-go' }), /says it is cue-go with/],
  ]
  for (const [file, words] of refused) {
    const fault = await faultOf(unify(file))
    t.equal(fault.code, 'ENGINE_MISMATCH', file)
    t.match(fault.message, words)
    t.notMatch(fault.message, /\n/)
  }

  function program(name: string, shell: string): string {
    return writeProgram(join(folder, name), `#!/bin/sh\nPATH=/bin:/usr/bin\n${shell}\n`)
  }
  function other(change: object): string {
    const hello = JSON.stringify({ ...misbehavingProgramIdentity, ...change })
    return writeMisbehavingProgram(
      join(folder, `other${change === undefined ? '' : Object.keys(change).join()}${hello.length}.cjs`),
      hello,
    )
  }
})

function poolOf(t: Test, limits: Partial<PoolOptions> = {}) {
  let greeted = 0
  const program = writeMisbehavingProgram(join(t.testdir({}), 'engine.cjs'))
  const pool = new Pool({ make: processes(program, residentBytes), greet: () => void greeted++, size: 1, ...limits })
  t.teardown(() => pool.close())
  const ask = (text: string, more: { deadlineMs?: number; signal?: AbortSignal } = {}): Promise<string> =>
    pool.ask(text, { ...options, ...more })
  return { pool, ask, greeted: () => greeted }
}

/** One package of one team. */
function fragmentOf(text: string): Fragments {
  const files = [{ name: 'a/a.cue', text: `package a\n\n${text}\n`, team: 'a' }]
  return { ...none, files, parts: [{ kind: 'package', team: 'a', dir: 'a' }] }
}

async function faultOf(answer: Promise<unknown>): Promise<Fault> {
  try {
    await answer
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('there was no fault')
}

/** Arguments of Node for a program that has an engine and then does `work`. */
function hostOf(program: CueNativeOptions, work: string): string[] {
  const module = new URL('../../src/engine/cue-native/cue-native.js', import.meta.url)
  const text = `
    const { createCueNative } = await import('${module.href}')
    const engine = createCueNative({ ...${JSON.stringify(program)}, size: 2 })
    ${work}`
  return ['--input-type=module', '--eval', text]
}

/** Whether a process is there and is the program. */
function isEngine(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('congruent-engine')
  } catch {
    return false
  }
}
