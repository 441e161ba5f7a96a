import { Fault } from '../../errors.ts'
import { Pool } from '../pool/pool.ts'
import { threads } from '../pool/thread.ts'
import type { WarmableEngine } from '../pooled-engine.ts'
import { pooledEngine } from '../pooled-engine.ts'
import type { Identity } from '../protocol.ts'
import { protocolVersion } from '../protocol.ts'
import { builtEngine, isIdentity, readArtifact } from './artifact.ts'
import type { Artifact } from './artifact.ts'

/** How to run the built engine; every member has a default. */
export interface CueGoOptions {
  readonly artifact?: Artifact
  /** Most requests in work at a time; default: as many as there are processors. */
  readonly size?: number
  /** Bytes of WebAssembly memory above which a worker is replaced after its answer; default 256 MiB. */
  readonly recycleBytes?: number
}

/** CUE v0.17.1 in our own Go program, compiled to WebAssembly, in a pool of worker threads. */
export function createCueGo(options: CueGoOptions = {}): WarmableEngine {
  const { artifact = readArtifact(builtEngine), ...limits } = options
  const pool = new Pool({
    make: threads({ script: new URL('./worker.js', import.meta.url), boot: artifact.compile }),
    greet: (hello) => requireIdentity(hello, artifact.identity),
    ...limits,
  })
  return pooledEngine({ name: 'cue-go', cue: artifact.identity.cue, lacks: [] }, pool, { plans: true })
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
