import type PgBoss from 'pg-boss'
import { within, type QueueTransaction } from './boss.ts'
import type { JobKind, Jobs } from './queue.ts'
import { keyOf } from './shapes.ts'
import { schema } from './schema.ts'

/**
 * Adds jobs, or lets the equal ones that wait stand for them. Those are brought forward where they are later, and held until the
 * transaction is kept: whoever does them sees what the transaction wrote.
 */
export async function sendJobs<K extends JobKind>(
  boss: PgBoss,
  kind: K,
  jobs: readonly Jobs[K][],
  { sql, notify }: QueueTransaction,
  afterSeconds: number,
): Promise<void> {
  let left = [...new Map(jobs.map((job) => [keyOf(kind, job), job]))]
  if (left.length === 0) return
  while (left.length > 0) {
    await boss.insert(
      left.map(([singletonKey, data]) => ({ name: kind, data, singletonKey, startAfter: String(afterSeconds) })),
      within(sql),
    )
    const { rows } = await sql(holdWaiting, [kind, left.map(([key]) => key), afterSeconds])
    const held = new Set(rows.map(keyOfRow))
    // Those that waited a moment ago and do no more were just taken into work: perhaps too early to see what is written here.
    left = left.filter(([key]) => !held.has(key))
  }
  await notify('jobs', kind)
}

const holdWaiting = `
  update ${schema}.job set start_after = least(start_after, now() + $3 * interval '1 second')
  where name = $1 and singleton_key = any($2::text[]) and state = 'created'
  returning singleton_key`

function keyOfRow(row: unknown): unknown {
  return typeof row === 'object' && row !== null && 'singleton_key' in row ? row.singleton_key : undefined
}
