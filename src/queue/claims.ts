import type { RunSql } from '../store/store.ts'
import { schema } from './schema.ts'
import type { JobKind } from './queue.ts'

/** A job that this process does now. */
export interface Claimed {
  readonly id: string
  readonly data: unknown
}

/** Takes jobs into work that nobody does: the oldest first, and none whose equal is in work or is about to be tried again. */
export async function claim(run: RunSql, kind: JobKind, most: number): Promise<readonly Claimed[]> {
  const { rows } = await run(
    `with next as (
      select id from ${schema}.job as waiting
      where name = $1 and state < 'active' and start_after <= now() and not exists (
        select from ${schema}.job as other
        where other.name = $1 and other.singleton_key = waiting.singleton_key and (other.state = 'active'
          or (waiting.state = 'created' and other.state = 'retry' and other.start_after <= now())))
      order by created_on, id
      limit $2
      for update skip locked)
    update ${schema}.job as job set state = 'active', started_on = now(),
      retry_count = case when job.started_on is null then job.retry_count else job.retry_count + 1 end
    from next where job.name = $1 and job.id = next.id
    returning job.id, job.data`,
    [kind, most],
  )
  return rows.flatMap((row) =>
    typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string' && 'data' in row
      ? [{ id: row.id, data: row.data }]
      : [],
  )
}

/** Says that jobs are still in work here: what nobody says so of is taken over. */
export async function renew(run: RunSql, kind: JobKind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await run(
    `update ${schema}.job set started_on = now() where name = $1 and id = any($2::uuid[]) and state = 'active'`,
    [kind, ids],
  )
}

/** Whether there are jobs in work of which nobody says so any more. */
export async function anyAbandoned(run: RunSql): Promise<boolean> {
  const { rows } = await run(
    `select from ${schema}.job where state = 'active' and started_on + expire_in < now() limit 1`,
  )
  return rows.length > 0
}

/** How many jobs wait to be done now, by kind; kinds without any are absent. */
export async function countWaiting(run: RunSql): Promise<ReadonlyMap<unknown, number>> {
  const { rows } = await run(
    `select name, count(*)::int as count from ${schema}.job where state < 'active' and start_after <= now() group by name`,
  )
  return new Map(
    rows.flatMap((row) =>
      typeof row === 'object' && row !== null && 'name' in row && 'count' in row ? [[row.name, Number(row.count)]] : [],
    ),
  )
}

/** How many of some jobs, by their keys, wait or are in work. */
export async function countLeft(run: RunSql, kind: JobKind, keys: readonly string[]): Promise<number> {
  const { rows } = await run(
    `select from ${schema}.job where name = $1 and singleton_key = any($2::text[]) and state <= 'active'`,
    [kind, keys],
  )
  return rows.length
}
