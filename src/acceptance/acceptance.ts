import { Fault } from '../errors.ts'
import type { EngineOptions } from '../engine/engine.ts'
import { Pool } from '../engine/pool/pool.ts'
import { threads } from '../engine/pool/thread.ts'
import type { Acceptance as Rules } from '../engine/protocol.ts'
import { chunksOf, type Chunk, type Entity } from './chunks.ts'
import { judgesAtOnce, type JudgesAtOnce } from './metered/judge.ts'
import type { Reply } from './question.ts'

export type { JudgesAtOnce }

/** The rules of the patterns of one plan. */
export interface PlanRules {
  /** Equal for equal rules only. */
  readonly id: string
  /** By pattern. */
  readonly patterns: readonly (readonly Rules[])[]
}

/** Says of entities that they have no finding for certain; says less than is true, never more. */
export interface Acceptance {
  /**
   * The indices of entities that are accepted. Whatever goes wrong costs acceptance only: what could not be judged in time is not
   * accepted. Rejects with a Fault only where the request was cancelled.
   */
  accepted(rules: PlanRules, entities: Iterable<Entity>, options: EngineOptions): Promise<ReadonlySet<number>>
  /** Judges small entities in this thread, with bounded work; undefined where the rules are too large for that. */
  atOnce(rules: Pick<PlanRules, 'patterns'>): JudgesAtOnce | undefined
  /** Ends the workers. */
  close(): Promise<void>
}

/** How acceptance runs; every member has a default. */
export interface AcceptanceOptions {
  /** Module of the worker threads. */
  readonly script?: URL
  /** Most workers at a time; default: as many as there are processors. */
  readonly size?: number
}

/** A second worker costs a start: it helps where at least so many chunks follow. */
const chunksAlone = 32

/** Acceptance by JSON Schemas, in worker threads that are started when first needed. */
export function createAcceptance({
  script = new URL('./worker.js', import.meta.url),
  ...options
}: AcceptanceOptions = {}): Acceptance {
  const pool = new Pool({
    make: threads({ script, boot: async () => undefined }),
    greet: () => {},
    recycleBytes: 1024 * 2 ** 20,
    ...options,
  })
  return {
    accepted: (rules, entities, limits) => judged(pool, rules, chunksOf(entities), limits),
    atOnce: ({ patterns }) => judgesAtOnce(patterns),
    close: () => pool.close(),
  }
}

async function judged(
  pool: Pool,
  rules: PlanRules,
  chunks: Iterator<Chunk>,
  limits: EngineOptions,
): Promise<ReadonlySet<number>> {
  const accepted = new Set<number>()
  const lanes: Promise<void>[] = []
  let taken = 0
  let failure: unknown
  const take = (): Chunk | undefined => {
    const next = chunks.next()
    return next.done === true ? undefined : next.value
  }
  // While a chunk is judged the next one is written. A second lane opens where there are many.
  const lane = async (): Promise<void> => {
    for (let chunk = take(); chunk !== undefined && failure === undefined;) {
      taken += 1
      if (taken === chunksAlone) lanes.push(lane())
      const pending = judgedChunk(pool, rules, chunk, limits)
      chunk = take()
      try {
        for (const index of await pending) accepted.add(index)
      } catch (error) {
        failure = error
      }
    }
  }
  lanes.push(lane())
  for (let open = 0; open < lanes.length; open++) await lanes[open]
  if (failure !== undefined && (limits.signal?.aborted === true || !(failure instanceof Fault))) throw failure
  return accepted
}

async function judgedChunk(
  pool: Pool,
  { id, patterns }: PlanRules,
  { indices, text }: Chunk,
  limits: EngineOptions,
): Promise<readonly number[]> {
  const ask = async (rules: string): Promise<Reply | undefined> =>
    replyOf(await pool.ask(`{"id":${JSON.stringify(id)},${rules}"entities":${text}}`, limits))
  let reply = await ask('')
  if (reply !== undefined && 'unknown' in reply) reply = await ask(`"rules":${JSON.stringify(patterns)},`)
  if (reply === undefined || 'unknown' in reply || reply.accepted.length !== indices.length) return []
  const { accepted } = reply
  return indices.filter((_, position) => accepted[position] === '1')
}

function replyOf(text: string): Reply | undefined {
  const reply: unknown = JSON.parse(text)
  if (typeof reply !== 'object' || reply === null) return undefined
  if ('unknown' in reply) return { unknown: true }
  return 'accepted' in reply && typeof reply.accepted === 'string' ? { accepted: reply.accepted } : undefined
}
