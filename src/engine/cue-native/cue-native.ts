import { resolve } from 'node:path'
import { Fault } from '../../errors.ts'
import { builtEngine, isIdentity, readManifest } from '../cue-go/artifact.ts'
import { Pool } from '../pool/pool.ts'
import { pooledEngine } from '../pooled-engine.ts'
import type { WarmableEngine } from '../pooled-engine.ts'
import { protocolVersion } from '../protocol.ts'
import type { Identity } from '../protocol.ts'
import { processes } from './process.ts'
import { programInPackage, requireProgram } from './program.ts'
import { residentBytes } from './resident.ts'

/** How to run the program `congruent-engine`; every member has a default. */
export interface CueNativeOptions {
  /** Its file; default: the one in this package. */
  readonly path?: string
  /** Most requests in work at a time; default: as many as there are processors. */
  readonly size?: number
  /** Bytes of memory above which a process is replaced after its answer, where the system tells them; default 1 GiB. */
  readonly recycleBytes?: number
  /** What it must say it is, but for the name; default: what this package's own engine is. */
  readonly expected?: Identity
}

const name = 'cue-native'

/** The evaluator of `cue-go` as a program, in a pool of processes. Throws ENGINE_NOT_FOUND if there is none. */
export function createCueNative(options: CueNativeOptions = {}): WarmableEngine {
  const { path = programInPackage(), expected = readManifest(builtEngine), recycleBytes = 2 ** 30, ...limits } = options
  const program = resolve(path)
  requireProgram(program)
  const pool = new Pool({
    make: processes(program, residentBytes),
    greet: (hello) => requireSame(program, hello, { ...expected, name, protocol: protocolVersion }),
    recycleBytes,
    ...limits,
  })
  return pooledEngine({ name, cue: expected.cue, lacks: [] }, pool, { plans: true })
}

/** Only a program of the same sources, CUE and Go answers what this package's own engine answers. */
function requireSame(program: string, hello: string, expected: Identity): void {
  const said = parse(hello)
  if (isIdentity(said) && isSame(said, expected)) return
  const is = isIdentity(said) ? wordsOf(said) : 'something else'
  throw new Fault(
    'ENGINE_MISMATCH',
    `\`${program}\` says it is ${is}, and this version of Congruent needs ${wordsOf(expected)}; build it with \`npm run engine:native\` in a checkout of this version`,
  )
}

function isSame(one: Identity, other: Identity): boolean {
  const members = ['name', 'protocol', 'cue', 'go', 'builtFrom'] as const
  return members.every((member) => one[member] === other[member]) && one.builtFrom !== undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function wordsOf({ name, cue, go, protocol, builtFrom }: Identity): string {
  const sources =
    builtFrom === undefined || builtFrom === '' ? 'sources not recorded' : `sources ${builtFrom.slice(0, 12)}`
  return `${name} with CUE ${cue} and ${go}, protocol ${protocol}, ${sources}`
}
