import type { WarmableEngine } from '../engine/pooled-engine.ts'
import type { EngineName } from '../operations/dependencies.ts'

/** How engines are made. */
export interface EngineChoice {
  /** File of the program that is the engine `cue-native`; undefined: the one in this package. */
  readonly program: string | undefined
  /** What the process lives for: for one request or two, `cue-go` begins in this thread; only for many is time spent on making it faster. */
  readonly requests: 'few' | 'several' | 'many'
}

/** The one place of the command line that makes engines; each is loaded when it is asked for. */
export async function createEngine(name: EngineName, { program, requests }: EngineChoice): Promise<WarmableEngine> {
  if (name === 'cue-wasm') {
    const { createCueWasm } = await import('../engine/cue-wasm/cue-wasm.ts')
    return createCueWasm()
  }
  if (name === 'cue-native') {
    const { createCueNative } = await import('../engine/cue-native/cue-native.ts')
    return createCueNative(program === undefined ? {} : { path: program })
  }
  const { createCueGo } = await import('../engine/cue-go/cue-go.ts')
  return createCueGo({ hereFirst: requests === 'few', optimise: requests === 'many' })
}
