import { pooledEngine } from '../pooled-engine.ts'
import type { WarmableEngine } from '../pooled-engine.ts'
import { Pool } from '../pool/pool.ts'
import { threads } from '../pool/thread.ts'

/** How to run the npm package `cue-wasm`; every member has a default. */
export interface CueWasmOptions {
  /** Most requests in work at a time; default: as many as there are processors. */
  readonly size?: number
  /** Bytes of memory above which a worker is replaced after its answer; default 256 MiB. */
  readonly recycleBytes?: number
}

/** Always so, whatever is asked; what an answer lacks beside this, it names itself. */
const lacks = [
  'drift from defaults',
  'fields that an earlier apply set and nothing asks for any more',
  'findings beyond the first conflict, mismatch or unexpected field',
  'ids, severities and owners of rules: findings are `congruent:unattributed`',
  'lines, columns and teams of constraints',
  'what CUE v0.17.1 decides otherwise than CUE v0.4.3',
]

/** CUE v0.4.3 as the npm package `cue-wasm` has it: says what it can of the same questions, and names the rest. */
export function createCueWasm(options: CueWasmOptions = {}): WarmableEngine {
  const pool = new Pool({
    make: threads({ script: new URL('./worker.js', import.meta.url), boot: async () => undefined }),
    greet: () => {},
    ...options,
  })
  return pooledEngine({ name: 'cue-wasm', cue: 'v0.4.3', lacks }, pool, { plans: false })
}
