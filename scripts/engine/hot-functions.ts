// Finds the functions that an ordinary check runs: in a copy of the module every function begins by leaving a mark in
// memory, far above what the check needs. Clock and random bytes are fixed, so that the same module gives the same list.
import type { Request } from '../../src/engine/protocol.ts'
import { wasiImports } from '../../src/engine/cue-go/wasi.ts'
import { concat, createReader, signed, unsigned, vector } from './wasm-bytes.ts'
import { pageBytes, readSections, sectionIds, writeMemory, writeSections } from './wasm-sections.ts'

/** Where marks are left, below the maximum that the module may grow to. */
const marksPage = 12_000
const [i32Const, i32Store8, one] = [0x41, 0x3a, 0x01]

/** Indexes of the functions that answering the requests runs, among the module's own, in ascending order. */
export function hotFunctions(module: Uint8Array, maximumPages: number, requests: readonly Request[]): number[] {
  const sections = readSections(module)
  const code = sections.find(({ id }) => id === sectionIds.code)
  if (code === undefined) throw new Error('the module has no code')
  const { body, count } = marking(code.body)
  const pages = marksPage + Math.ceil(count / pageBytes)
  const changed = new Map([
    [sectionIds.code, body],
    [sectionIds.memory, writeMemory(pages, Math.max(pages, maximumPages))],
  ] as const)
  const entries: ReadonlyMap<number, Uint8Array> = changed
  const memory = run(writeSections(sections.map(({ id, body }) => ({ id, body: entries.get(id) ?? body }))), requests)
  const marks = memory.subarray(marksPage * pageBytes, marksPage * pageBytes + count)
  return Array.from(marks.keys()).filter((index) => marks[index] === one)
}

/** Every function's body with a mark before its first instruction. */
function marking(code: Uint8Array): { body: Uint8Array; count: number } {
  const reader = createReader(code)
  const count = reader.unsigned()
  const bodies = Array.from({ length: count }, (_, index) => {
    const body = reader.bytes(reader.unsigned())
    const start = localsEnd(body)
    const address = signed(BigInt(marksPage * pageBytes + index))
    const mark = concat([Uint8Array.of(i32Const), address, Uint8Array.of(i32Const, one, i32Store8, 0, 0)])
    return concat([unsigned(body.length + mark.length), body.subarray(0, start), mark, body.subarray(start)])
  })
  return { body: vector(bodies), count }
}

/** Where a body's declarations of locals end and its instructions begin. */
function localsEnd(body: Uint8Array): number {
  const reader = createReader(body)
  for (let groups = reader.unsigned(); groups > 0; groups--) {
    reader.unsigned()
    reader.byte()
  }
  return reader.position()
}

function run(bytes: Uint8Array, requests: readonly Request[]): Uint8Array {
  const module = new WebAssembly.Module(bytes)
  let ticks = 0n
  const imports = wasiImports(module, () => memoryOf(instance).buffer, {
    wallClock: () => 1_577_836_800_000_000_000n + (ticks += 1000n),
    monotonicClock: () => (ticks += 1000n),
    fillRandom: (random) => random.fill(7),
    write: (words) => {
      throw new Error(`the engine wrote: ${new TextDecoder().decode(words)}`)
    },
  })
  const instance = new WebAssembly.Instance(module, imports)
  const { alloc, call } = instance.exports
  if (typeof alloc !== 'function' || typeof call !== 'function') throw new Error('the module exports no alloc and call')
  for (const request of [{ op: 'identity' }, ...requests]) {
    const text = new TextEncoder().encode(JSON.stringify(request))
    new Uint8Array(memoryOf(instance).buffer).set(text, Number(alloc(text.length)))
    call(text.length)
  }
  return new Uint8Array(memoryOf(instance).buffer)
}

function memoryOf(instance: WebAssembly.Instance): WebAssembly.Memory {
  const { memory } = instance.exports
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('the module exports no memory')
  return memory
}
