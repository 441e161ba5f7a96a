import type { WarmableEngine } from '../engine/pooled-engine.ts'
import type { EngineName } from '../operations/dependencies.ts'

/** How engines are made. */
export interface EngineChoice {
  /** File of the program that is the engine `cue-native`; undefined: the one in this package. */
  readonly program: string | undefined
  /** Whether the process lives for a few requests: `cue-go` then begins in this thread, and no time is spent on making it faster. */
  readonly fewRequests: boolean
}

/** The one place of the command line that makes engines; each is loaded when it is asked for. */
export async function createEngine(name: EngineName, { program, fewRequests }: EngineChoice): Promise<WarmableEngine> {
  if (name === 'cue-wasm') {
    const { createCueWasm } = await import('../engine/cue-wasm/cue-wasm.ts')
    return createCueWasm()
  }
  if (name === 'cue-native') {
    const { createCueNative } = await import('../engine/cue-native/cue-native.ts')
    return createCueNative(program === undefined ? {} : { path: program })
  }
  const { createCueGo } = await import('../engine/cue-go/cue-go.ts')
  return createCueGo({ hereFirst: fewRequests, optimise: !fewRequests })
}
