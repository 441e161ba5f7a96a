// Pre-initialises a Go reactor: runs `_initialize` and `warmup` here, then writes a module that starts in the state
// that was reached. Go keeps that state in linear memory and in a few mutable globals, nowhere else. Clock and random
// bytes are fixed while it runs, so that the same module gives the same bytes.
import { wasiImports } from '../../src/engine/cue-go/wasi.ts'
import {
  pageBytes,
  readExports,
  readGlobalTypes,
  readSections,
  sectionIds,
  writeData,
  writeExports,
  writeGlobals,
  writeMemory,
  writeSections,
  type GlobalType,
  type Section,
} from './wasm-sections.ts'

const globalKind = 3
const globalName = (index: number): string => `global${index}`
/**
 * Go collects garbage beside the program, which here has the only thread and never yields it while a request is in work:
 * a collection that began would end with the request, and memory grow by all that it allocates. So collections stop the
 * program. The runtime reads this once, and the snapshot keeps it.
 */
const runtimeSettings = ['GODEBUG=gcstoptheworld=1']
/** Zeros shorter than this are written out: a data segment of their own would be no smaller and slow the start. */
const gapBytes = 64

/** The module in the state after `_initialize` and `warmup`, which it no longer has, with a hard limit to its memory. */
export function snapshot(cold: Uint8Array, maximumPages: number): Uint8Array {
  const sections = readSections(cold).filter(({ id }) => id !== sectionIds.custom && id !== sectionIds.dataCount)
  if (sections.some(({ id }) => id === sectionIds.start)) throw new Error('the module has a start function')
  const types = readGlobalTypes(bodyOf(sections, sectionIds.global))
  const exports = readExports(bodyOf(sections, sectionIds.export))
  const { memory, globals } = run(sections, types)
  const state = new Map<number, Uint8Array>([
    [sectionIds.memory, writeMemory(memory.length / pageBytes, maximumPages)],
    [sectionIds.global, writeGlobals(globals)],
    [sectionIds.export, writeExports(exports.filter(({ name }) => name !== '_initialize' && name !== 'warmup'))],
    [sectionIds.data, writeData(memory, nonZeroRuns(memory))],
  ])
  for (const id of state.keys()) bodyOf(sections, id)
  return writeSections(sections.map(({ id, body }) => ({ id, body: state.get(id) ?? body })))
}

/** Runs the module with all its globals exported, and returns what it left behind. */
function run(sections: readonly Section[], types: readonly GlobalType[]) {
  const probe = sections.map(({ id, body }) => {
    if (id !== sectionIds.export) return { id, body }
    const globals = types.map((_, index) => ({ name: globalName(index), kind: globalKind, index }))
    return { id, body: writeExports([...readExports(body), ...globals]) }
  })
  const module = new WebAssembly.Module(writeSections(probe))
  let ticks = 0n
  let words = ''
  const imports = wasiImports(module, () => memoryOf(instance).buffer, {
    wallClock: () => 1_577_836_800_000_000_000n + (ticks += 1000n),
    monotonicClock: () => (ticks += 1000n),
    fillRandom: (bytes) => bytes.forEach((_, i) => (bytes[i] = (i * 167 + 13) % 256)),
    environment: runtimeSettings,
    write: (bytes) => (words += new TextDecoder().decode(bytes)),
  })
  const instance = new WebAssembly.Instance(module, imports)
  const initialise = (name: string): void => {
    const entry = instance.exports[name]
    if (typeof entry !== 'function') throw new Error(`the module exports no function \`${name}\``)
    entry()
  }
  initialise('_initialize')
  initialise('warmup')
  if (words !== '') throw new Error(`the engine wrote while warming up: ${words}`)
  const globals = types.map((type, index) => {
    const global = instance.exports[globalName(index)]
    if (!(global instanceof WebAssembly.Global)) throw new Error(`global ${index} is not to be seen`)
    return { type, value: BigInt(String(global.value)) }
  })
  return { memory: new Uint8Array(memoryOf(instance).buffer), globals }
}

function memoryOf(instance: WebAssembly.Instance): WebAssembly.Memory {
  const memory = instance.exports['memory']
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('the module exports no memory')
  return memory
}

/** Where the memory is not zero, in whole 64-bit words. */
function nonZeroRuns(memory: Uint8Array): { start: number; end: number }[] {
  const words = new BigUint64Array(memory.buffer)
  const bytes = words.BYTES_PER_ELEMENT
  const runs: { start: number; end: number }[] = []
  let run: { start: number; end: number } | undefined
  for (let i = 0; i < words.length; i++) {
    if (words[i] === 0n) continue
    if (run === undefined || i * bytes - run.end >= gapBytes) runs.push((run = { start: i * bytes, end: 0 }))
    run.end = (i + 1) * bytes
  }
  return runs
}

function bodyOf(sections: readonly Section[], id: number): Uint8Array {
  const section = sections.find((candidate) => candidate.id === id)
  if (section === undefined) throw new Error(`the module has no section ${id}`)
  return section.body
}
