/** What an engine instance gets from outside its sandbox. It has no files, no network, no arguments. */
export interface WasiEffects {
  /** Nanoseconds since 1970. */
  readonly wallClock: () => bigint
  /** Nanoseconds since some start; never goes back. */
  readonly monotonicClock: () => bigint
  readonly fillRandom: (bytes: Uint8Array) => void
  /** Receives a copy of what is written to standard output or error: only a dying engine writes. */
  readonly write: (bytes: Uint8Array) => void
  /** Variables for Go's runtime, as `NAME=value`; read once, when an engine that was not initialised starts. */
  readonly environment?: readonly string[]
}

/** Thrown out of the engine where it asks to end its process. */
export class ProcessExit extends Error {
  readonly status: number

  constructor(status: number) {
    super(`the engine exited with status ${status}`)
    this.status = status
  }
}

type Import = (...args: number[]) => number

const done = 0
const badFile = 8
const notImplemented = 52
const characterDevice = 2

/**
 * The functions that a module compiled for WASI preview 1 imports, over the memory it exports. What is not needed
 * answers that it is not implemented.
 */
export function wasiImports(
  module: WebAssembly.Module,
  memory: () => ArrayBuffer,
  effects: WasiEffects,
): WebAssembly.Imports {
  const functions: Readonly<Record<string, Import | ClockImport>> = {
    ...processImports(memory),
    ...environmentImports(memory, effects.environment ?? []),
    ...fileImports(memory, effects),
    ...effectImports(memory, effects),
  }
  const imports: WebAssembly.Imports = {}
  for (const wanted of WebAssembly.Module.imports(module)) {
    const group = (imports[wanted.module] ??= {})
    group[wanted.name] = functions[wanted.name] ?? (() => notImplemented)
  }
  return imports
}

/** `clock_time_get` takes its precision as a 64-bit integer. */
type ClockImport = (clock: number, precision: bigint, result: number) => number

function effectImports(
  memory: () => ArrayBuffer,
  effects: WasiEffects,
): { clock_time_get: ClockImport; random_get: Import } {
  return {
    clock_time_get(clock, _precision, result) {
      const time = clock === 0 ? effects.wallClock() : effects.monotonicClock()
      new DataView(memory()).setBigUint64(result, time, true)
      return done
    },
    random_get(start = 0, length = 0) {
      effects.fillRandom(new Uint8Array(memory(), start, length))
      return done
    },
  }
}

function environmentImports(
  memory: () => ArrayBuffer,
  environment: readonly string[],
): Readonly<Record<string, Import>> {
  const texts = environment.map((variable) => Buffer.from(`${variable}\0`))
  return {
    environ_sizes_get(count = 0, bytes = 0) {
      const view = new DataView(memory())
      view.setUint32(count, texts.length, true)
      view.setUint32(
        bytes,
        texts.reduce((sum, text) => sum + text.length, 0),
        true,
      )
      return done
    },
    environ_get(pointers = 0, start = 0) {
      let at = start
      texts.forEach((text, i) => {
        new DataView(memory()).setUint32(pointers + 4 * i, at, true)
        new Uint8Array(memory()).set(text, at)
        at += text.length
      })
      return done
    },
  }
}

function processImports(memory: () => ArrayBuffer): Readonly<Record<string, Import>> {
  const nothing: Import = () => done
  const noneOf: Import = (count = 0, bytes = 0) => {
    const view = new DataView(memory())
    view.setUint32(count, 0, true)
    view.setUint32(bytes, 0, true)
    return done
  }
  return {
    args_sizes_get: noneOf,
    args_get: nothing,
    sched_yield: nothing,
    proc_exit(status = 0) {
      throw new ProcessExit(status)
    },
    // Go's scheduler asks to sleep only when it has nothing to do: answer that every subscribed clock has rung.
    poll_oneoff(subscriptions = 0, events = 0, count = 0, result = 0) {
      const view = new DataView(memory())
      for (let i = 0; i < count; i++) {
        const subscription = subscriptions + 48 * i
        const event = events + 32 * i
        new Uint8Array(memory(), event, 32).fill(0)
        view.setBigUint64(event, view.getBigUint64(subscription, true), true)
        view.setUint8(event + 10, view.getUint8(subscription + 8))
      }
      view.setUint32(result, count, true)
      return done
    },
  }
}

function fileImports(memory: () => ArrayBuffer, effects: WasiEffects): Readonly<Record<string, Import>> {
  const noFile: Import = () => badFile
  return {
    fd_prestat_get: noFile,
    fd_prestat_dir_name: noFile,
    fd_close: () => done,
    fd_fdstat_set_flags: () => done,
    fd_fdstat_get(file = 0, result = 0) {
      if (file > 2) return badFile
      new Uint8Array(memory(), result, 24).fill(0)
      new DataView(memory()).setUint8(result, characterDevice)
      return done
    },
    fd_write(file = 0, pieces = 0, count = 0, result = 0) {
      if (file !== 1 && file !== 2) return badFile
      const view = new DataView(memory())
      let written = 0
      for (let i = 0; i < count; i++) {
        const start = view.getUint32(pieces + 8 * i, true)
        const length = view.getUint32(pieces + 8 * i + 4, true)
        effects.write(new Uint8Array(memory()).slice(start, start + length))
        written += length
      }
      view.setUint32(result, written, true)
      return done
    },
  }
}
