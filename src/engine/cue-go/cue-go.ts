import { Fault } from '../../errors.ts'
import { readCheckAnswer, readExplainAnswer, readUnifyAnswer } from '../answers.ts'
import type { Engine } from '../engine.ts'
import { Pool } from '../pool/pool.ts'
import type { Identity, Request } from '../protocol.ts'
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

/** An engine whose start can be put ahead of its first request. */
export interface WarmableEngine extends Engine {
  /** Starts a worker, so that it is ready when the inputs are. */
  warm(): void
}

/** CUE v0.17.1 in our own Go program, compiled to WebAssembly, in a pool of worker threads. */
export function createCueGo(options: CueGoOptions = {}): WarmableEngine {
  const { artifact = readArtifact(builtEngine), ...limits } = options
  const pool = new Pool({
    script: new URL('./worker.js', import.meta.url),
    boot: artifact.compile,
    greet: (hello) => requireIdentity(hello, artifact.identity),
    ...limits,
  })
  const ask = (request: Request, limitsOfRequest: Parameters<Pool['ask']>[1]): Promise<string> =>
    pool.ask(JSON.stringify(request), limitsOfRequest)
  return {
    identity: { name: 'cue-go', cue: artifact.identity.cue, lacks: [] },
    warm: () => pool.warm(),
    close: () => pool.close(),
    async unify(request, limitsOfRequest) {
      const answer = await ask({ op: 'unify', ...request }, limitsOfRequest)
      return { ...readUnifyAnswer(answer, limitsOfRequest.subject), lacks: [] }
    },
    async check(request, limitsOfRequest) {
      const answer = await ask({ op: 'check', ...request }, limitsOfRequest)
      return { ...readCheckAnswer(answer, limitsOfRequest.subject), lacks: [] }
    },
    async explain(request, limitsOfRequest) {
      const answer = await ask({ op: 'explain', ...request }, limitsOfRequest)
      return { ...readExplainAnswer(answer, limitsOfRequest.subject), lacks: [] }
    },
  }
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
