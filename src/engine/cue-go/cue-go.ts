import { performance } from 'node:perf_hooks'
import { Fault } from '../../errors.ts'
import { HereFirst } from '../here-first.ts'
import { Pool } from '../pool/pool.ts'
import type { Responder } from '../pool/serve.ts'
import { threads } from '../pool/thread.ts'
import type { WarmableEngine } from '../pooled-engine.ts'
import { pooledEngine } from '../pooled-engine.ts'
import type { Identity } from '../protocol.ts'
import { protocolVersion } from '../protocol.ts'
import { builtEngine, isIdentity, readArtifact } from './artifact.ts'
import type { Artifact } from './artifact.ts'
import { startResponder } from './responder.ts'

/** How to run the built engine; every member has a default. */
export interface CueGoOptions {
  readonly artifact?: Artifact
  /** Most requests in work at a time; default: as many as there are processors. */
  readonly size?: number
  /** Bytes of WebAssembly memory above which a worker is replaced after its answer; default 256 MiB. */
  readonly recycleBytes?: number
  /** Tries small requests in the calling thread, for a process that lives for one: it starts no worker if none is needed. */
  readonly hereFirst?: boolean
  /** Whether the process stays, and asks some hundreds of times: then its functions are optimised, which costs a few seconds once. */
  readonly optimise?: boolean
}

/** CUE v0.17.1 in our own Go program, compiled to WebAssembly, in a pool of worker threads. */
export function createCueGo(options: CueGoOptions = {}): WarmableEngine {
  const { artifact = readArtifact(builtEngine), hereFirst = false, optimise = false, ...limits } = options
  const { compile, identity } = artifact
  let compiled: Promise<object> | undefined
  // One module for all; a new attempt where it could not be had.
  const module = (): Promise<object> =>
    (compiled ??= compile({ optimise }).catch((error: unknown) => {
      compiled = undefined
      throw error
    }))
  const greet = (hello: string): void => requireIdentity(hello, identity)
  const pool = new Pool({
    make: threads({ script: new URL('./worker.js', import.meta.url), boot: module }),
    greet,
    ...limits,
  })
  const start = (prepared: unknown): Responder => {
    const responder = startResponder(prepared)
    greet(responder.hello)
    return responder
  }
  const asked = hereFirst ? new HereFirst(pool, { prepare: module, start, clock: () => performance.now() }) : pool
  return pooledEngine({ name: 'cue-go', cue: identity.cue, lacks: [] }, asked, { plans: true })
}

/** The engine's first words must be what the manifest says, and of the protocol that this host speaks. */
function requireIdentity(hello: string, manifest: Identity): void {
  let said: unknown
  try {
    said = JSON.parse(hello)
  } catch {
    said = undefined
  }
  const engine = isIdentity(said) ? wordsOf(said) : 'something else'
  if (engine === wordsOf({ ...manifest, protocol: protocolVersion })) return
  throw new Fault(
    'ENGINE_MISMATCH',
    `the engine says it is ${engine}, its manifest says ${wordsOf(manifest)}, and protocol ${protocolVersion} is required; install the package again`,
  )
}

function wordsOf({ name, cue, go, protocol }: Identity): string {
  return `${name} with CUE ${cue} and ${go}, protocol ${protocol}`
}
