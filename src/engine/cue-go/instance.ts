import { ProcessExit, wasiImports } from './wasi.ts'
import type { WasiEffects } from './wasi.ts'

/** What the engine's WebAssembly module exports: see engine/main.go. */
interface EngineExports {
  readonly memory: { readonly buffer: ArrayBuffer }
  /** Makes room for a request of so many bytes and answers where. */
  readonly alloc: (length: number) => number
  /** Answers the request of so many bytes: where the answer is (high 32 bits) and its length (low 32 bits). */
  readonly call: (length: number) => bigint
}

/** Why an instance is dead, with what it wrote before. */
export class InstanceDied extends Error {
  readonly reason: 'memory' | 'crashed'
  readonly output: string

  constructor(reason: 'memory' | 'crashed', output: string, cause: unknown) {
    super(lastWords(output, cause), { cause })
    this.reason = reason
    this.output = output
  }
}

const longestOutput = 16_384

/**
 * One running engine: text in, text out, one call at a time. After anything was thrown out of a call its memory is in an
 * unknown state, though it may well answer again; so it is dead for good.
 */
export class Instance {
  readonly #exports: EngineExports
  #output = ''
  #died: InstanceDied | undefined

  constructor(module: WebAssembly.Module, effects: Omit<WasiEffects, 'write'>) {
    const decoder = new TextDecoder()
    const write = (bytes: Uint8Array): void => {
      if (this.#output.length < longestOutput) this.#output += decoder.decode(bytes.subarray(0, longestOutput))
    }
    let memory: EngineExports['memory'] | undefined
    const buffer = (): ArrayBuffer => {
      if (memory === undefined) throw new Error('the engine called its host before it was instantiated')
      return memory.buffer
    }
    const { exports } = new WebAssembly.Instance(module, wasiImports(module, buffer, { ...effects, write }))
    if (!isEngine(exports)) throw new Error('the module does not export memory, alloc and call')
    this.#exports = exports
    memory = exports.memory
    // Only a module that was not initialised when it was built still has this.
    const initialize = exports['_initialize']
    if (typeof initialize === 'function') initialize()
  }

  /** Bytes of linear memory; they only grow. */
  get bytes(): number {
    return this.#exports.memory.buffer.byteLength
  }

  /** Throws an InstanceDied, now and ever after, if the engine does not come back with an answer. */
  call(request: string): string {
    if (this.#died !== undefined) throw this.#died
    const { memory, alloc, call } = this.#exports
    try {
      const length = Buffer.byteLength(request)
      const start = alloc(length) >>> 0
      Buffer.from(memory.buffer, start, length).write(request)
      const answer = BigInt.asUintN(64, call(length))
      // The memory may have grown during the call: its old buffer is detached.
      return Buffer.from(memory.buffer, Number(answer >> 32n), Number(answer & 0xffff_ffffn)).toString()
    } catch (error) {
      const reason = outOfMemory.test(this.#output) ? 'memory' : 'crashed'
      throw (this.#died = new InstanceDied(reason, this.#output, error))
    }
  }
}

/** How Go's runtime and allocator say it. */
const outOfMemory = /out of memory|cannot allocate memory/

function isEngine(exports: WebAssembly.Exports): exports is WebAssembly.Exports & EngineExports {
  const { memory, alloc, call } = exports
  return typeof memory === 'object' && typeof alloc === 'function' && typeof call === 'function'
}

/** The first line that the engine wrote (`panic: …`, `fatal error: …`), else the words of what was thrown. */
function lastWords(output: string, cause: unknown): string {
  const line = output.split('\n').find((text) => text.trim() !== '')
  if (line !== undefined) return line.trim()
  if (cause instanceof ProcessExit) return cause.message
  return cause instanceof Error ? cause.message : String(cause)
}
