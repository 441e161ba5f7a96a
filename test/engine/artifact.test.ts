import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { readPins } from '../../scripts/engine/go.ts'
import { withHints } from '../../scripts/engine/hints.ts'
import { hotFunctions } from '../../scripts/engine/hot-functions.ts'
import { builtFiles, builtFolder, describe, describeSources, whyStale } from '../../scripts/engine/manifest.ts'
import { snapshot } from '../../scripts/engine/snapshot.ts'
import { listSources } from '../../scripts/engine/sources.ts'
import { readSections, sectionIds, writeSections } from '../../scripts/engine/wasm-sections.ts'
import { compile, readArtifact } from '../../src/engine/cue-go/artifact.ts'
import { Instance } from '../../src/engine/cue-go/instance.ts'
import type { Request } from '../../src/engine/protocol.ts'
import { misbehavingEngine } from './misbehaving-engine.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const dist = join(root, builtFolder)
const still = { wallClock: () => 0n, monotonicClock: () => 0n, fillRandom: (bytes: Uint8Array) => bytes.fill(1) }

t.test('the built engine is whole and current: else run `npm run engine:build`', async (t) => {
  t.same(whyStale(root), [])
})

t.test('staleness is seen, whatever changed', async (t) => {
  const copy = (name: string): string => {
    const folder = join(t.testdir(), name)
    for (const source of listSources(root)) {
      mkdirSync(dirname(join(folder, source)), { recursive: true })
      cpSync(join(root, source), join(folder, source))
    }
    mkdirSync(join(folder, builtFolder))
    for (const file of builtFiles) writeFileSync(join(folder, builtFolder, file), file)
    const built = Object.fromEntries(builtFiles.map((file) => [file, describe(Buffer.from(file))]))
    const manifest = JSON.stringify({ sources: describeSources(folder), built })
    writeFileSync(join(folder, builtFolder, 'manifest.json'), manifest)
    return folder
  }
  const folder = copy('changed')
  t.same(whyStale(folder), [])
  appendFileSync(join(folder, 'engine/dispatch/dispatch.go'), '\n')
  t.same(whyStale(folder), ['its sources have changed'])
  rmSync(join(folder, 'engine/dispatch/dispatch.go'))
  writeFileSync(join(folder, 'engine/added.go'), 'package main\n')
  writeFileSync(join(folder, 'engine/added_test.go'), 'package main\n')
  writeFileSync(join(folder, builtFolder, 'engine.wasm'), 'engine.wasn')
  t.same(whyStale(folder), [
    '`engine/added.go` is new since it was built',
    '`engine/dispatch/dispatch.go` is gone since it was built',
    '`engine.wasm` is not the file that was built',
  ])
})

t.test('the manifest says what the engine says, and what the sources pin', async (t) => {
  const { identity } = readArtifact(new URL(`file://${dist}/`))
  const module = await compile(readFileSync(join(dist, 'engine.wasm')))
  const said: unknown = JSON.parse(new Instance(module, still).call('{"op":"identity"}'))
  const { protocol, name, cue, go } = identity
  t.same(said, { protocol, name, cue, go })
  t.same({ go, cue }, readPins(root))
  t.same(
    WebAssembly.Module.exports(module).map((entry) => entry.name),
    ['alloc', 'call', 'memory'],
    'it starts initialised and has no other way in',
  )
})

t.test('the licences name every module that the engine needs for itself', async (t) => {
  const text = readFileSync(join(dist, 'THIRD-PARTY.txt'), 'utf8')
  const { cue, go } = readPins(root)
  t.match(text, `cuelang.org/go ${cue}\n`)
  t.match(text, `Go ${go.slice(2)} (runtime and standard library)\n`)
  t.match(text, /Redistributions in binary form must reproduce the above\s+copyright/)
})

t.test('a module is taken apart and put together without a change', async (t) => {
  const bytes = readFileSync(join(dist, 'engine.wasm'))
  t.ok(bytes.equals(writeSections(readSections(bytes))))
  t.throws(() => readSections(bytes.subarray(1)), { message: 'not a WebAssembly module of version 1' })
  t.throws(() => readSections(bytes.subarray(0, 9)), { message: 'a WebAssembly section ends too early' })
})

t.test('what a request runs is known, and compiled ahead', async (t) => {
  const bare = misbehavingEngine()
  const unify: Request = { op: 'unify', fragments: { files: [], parts: [], tags: {}, limits: [] } }
  const hot = hotFunctions(bare, 64, [unify])
  t.same(hot, [0, 1], 'alloc and call, not what only recursion runs')
  const hinted = withHints(bare, hot)
  const [hints] = WebAssembly.Module.customSections(new WebAssembly.Module(hinted), 'compilationHints')
  t.same(new Uint8Array(hints ?? new ArrayBuffer(0)), [3, 2, 2, 1])
  for (const ahead of [true, false]) {
    const module = await compile(hinted, { ahead, optimise: !ahead })
    t.match(new Instance(module, still).call(JSON.stringify(unify)), '"digest":"d"')
  }
})

t.test('the built engine says what of it is compiled ahead', async (t) => {
  const { ahead }: { ahead: number } = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'))
  const module = new WebAssembly.Module(readFileSync(join(dist, 'engine.wasm')))
  const [hints] = WebAssembly.Module.customSections(module, 'compilationHints')
  t.ok(ahead > 500)
  t.equal(new Uint8Array(hints ?? new ArrayBuffer(0)).slice(2).filter((hint) => hint === 2).length, ahead)
})

t.test('a snapshot starts where warm-up ended', async (t) => {
  const warm = snapshot(counter, 3)
  const module = new WebAssembly.Module(warm)
  t.same(
    WebAssembly.Module.exports(module).map((entry) => entry.name),
    ['memory', 'count'],
  )
  const { exports } = new WebAssembly.Instance(module)
  t.equal(exports['memory'] instanceof WebAssembly.Memory && new Uint8Array(exports['memory'].buffer)[1000], 2)
  t.equal(typeof exports['count'] === 'function' && exports['count'](), -7)
  const memory = readSections(warm).find(({ id }) => id === sectionIds.memory)
  t.same([...(memory?.body ?? [])], [1, 1, 1, 3], 'one page now, three at most')
  t.same(snapshot(counter, 3), warm)
})

/**
 * One page of memory and a 32-bit global that begins at 5; `_initialize` stores 2 at 1000, `warmup` sets the global to
 * -7, `count` returns it.
 */
const counter = Uint8Array.from(
  [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    [1, 8, 2, 0x60, 0, 0, 0x60, 0, 1, 0x7f],
    [3, 4, 3, 0, 0, 1],
    [5, 3, 1, 0, 1],
    [6, 6, 1, 0x7f, 1, 0x41, 5, 0x0b],
    [7, 41, 4, 6, ...Buffer.from('memory'), 2, 0, 11, ...Buffer.from('_initialize'), 0, 0],
    [6, ...Buffer.from('warmup'), 0, 1, 5, ...Buffer.from('count'), 0, 2],
    [10, 24, 3, 10, 0, 0x41, 0xe8, 7, 0x41, 2, 0x36, 2, 0, 0x0b],
    [6, 0, 0x41, 0x79, 0x24, 0, 0x0b, 4, 0, 0x23, 0, 0x0b],
    [11, 1, 0],
  ].flat(),
)
