import { randomUUID } from 'node:crypto'
import type PgBoss from 'pg-boss'
import { startBoss, type QueueStore } from './boss.ts'
import { anyAbandoned, claim, countLeft, countWaiting, renew, type Claimed } from './claims.ts'
import { openLanes } from './lanes.ts'
import { countLanes, sayGone, sayPresent } from './presence.ts'
import type { JobKind, Jobs, Queue } from './queue.ts'
import { sendJobs } from './sending.ts'
import { isJob, keyOf } from './shapes.ts'

export interface QueueOptions {
  readonly store: QueueStore
  /** Tells this process from others; default: random. */
  readonly id?: string
  /** After how many seconds a job is taken over from a worker that says nothing more of it. */
  readonly takeOverSeconds?: number
  /** Told of what went wrong where nobody waits for it: a job that failed, a store that did not answer. */
  readonly troubled?: (error: unknown) => void
  /** Milliseconds between two looks at what waits, where no word of it came. */
  readonly pollMs?: number
  /** Milliseconds that jobs in work have to end by themselves. */
  readonly patienceMs?: number
}

const hourMs = 60 * 60 * 1000

/** The queue over pg-boss, in the store's own database. Jobs of a worker that dies are taken over within half a minute. */
export async function createQueue({
  store,
  id = randomUUID(),
  takeOverSeconds = 15,
  troubled = () => undefined,
  pollMs = 5000,
  patienceMs = 10_000,
}: QueueOptions): Promise<Queue> {
  const boss = await startBoss(store, takeOverSeconds)
  boss.on('error', troubled)
  const closing: (() => Promise<void>)[] = []
  const every = (milliseconds: number, work: () => Promise<void>): void => {
    const timer = setInterval(() => void work().catch(troubled), milliseconds)
    closing.push(async () => clearInterval(timer))
  }
  every(hourMs, () => boss.maintain())

  const queue: Queue = {
    send: (kind, job, options) => queue.sendAll(kind, [job], options),
    sendAll: async (kind, jobs, { within, afterSeconds = 0 } = {}) => {
      if (within !== undefined) await sendJobs(boss, kind, jobs, within, afterSeconds)
      else await store.transaction((transaction) => sendJobs(boss, kind, jobs, transaction, afterSeconds))
    },
    work: async (kind, lanes, handle) => {
      const stop = await work({ store, boss, id, takeOverSeconds, troubled, pollMs, patienceMs }, kind, lanes, handle)
      closing.push(stop)
      return stop
    },
    waiting: async () => {
      const counts = await countWaiting(store.sql)
      const of = (kind: JobKind): number => counts.get(kind) ?? 0
      return { check: of('check'), part: of('part'), webhook: of('webhook') }
    },
    left: (kind, jobs) =>
      countLeft(
        store.sql,
        kind,
        jobs.map((job) => keyOf(kind, job)),
      ),
    lanesElsewhere: (kind) => countLanes(store.sql, kind, takeOverSeconds, id),
    close: async () => {
      await Promise.all(closing.splice(0).map((close) => close()))
      await boss.stop({ graceful: false, close: false })
    },
  }
  return queue
}

type Working = Required<QueueOptions> & { readonly boss: PgBoss }

async function work<K extends JobKind>(
  { store, boss, id, takeOverSeconds, troubled, pollMs, patienceMs }: Working,
  kind: K,
  lanes: number,
  handle: (job: Jobs[K], signal: AbortSignal) => Promise<void>,
): Promise<() => Promise<void>> {
  const worker = { id, kind, lanes }
  const own = openLanes<Claimed>({
    lanes,
    troubled,
    patienceMs,
    claim: (most) => claim(store.sql, kind, most),
    perform: async (job, signal) => {
      try {
        if (!isJob(kind, job.data))
          throw new Error(`a job \`${kind}\` says ${JSON.stringify(job.data)}: another version wrote it`)
        await handle(job.data, signal)
        await boss.deleteJob(kind, job.id)
      } catch (error) {
        await boss.fail(kind, job.id, { message: error instanceof Error ? error.message : String(error) })
        throw error
      }
    },
  })
  const lookAround = async (): Promise<void> => {
    await renew(
      store.sql,
      kind,
      own.inWork().map(({ id }) => id),
    )
    await sayPresent(store.sql, worker)
    if (await anyAbandoned(store.sql)) await boss.expire()
  }
  const timers = [
    setInterval(() => own.wake(), pollMs),
    setInterval(() => void lookAround().catch(troubled), (takeOverSeconds * 1000) / 4),
  ]
  const unlisten = await store.listen('jobs', (name) => {
    if (name === kind || name === '') own.wake()
  })
  await sayPresent(store.sql, worker)
  own.wake()
  let closed: Promise<void> | undefined
  return () =>
    (closed ??= (async () => {
      await unlisten()
      await own.close()
      for (const timer of timers) clearInterval(timer)
      await sayGone(store.sql, worker)
    })())
}
