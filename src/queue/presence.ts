import type { RunSql } from '../store/store.ts'
import { schema } from './schema.ts'
import type { JobKind } from './queue.ts'

// Who works on jobs, as far as they said so lately.

export const presenceTable = `
  create table ${schema}.worker (
    id uuid not null, kind text not null, lanes int not null, seen_at timestamptz not null, primary key (id, kind))`

export interface Worker {
  readonly id: string
  readonly kind: JobKind
  readonly lanes: number
}

/** Says that a worker is there; those that have not said so for a minute are forgotten. */
export async function sayPresent(run: RunSql, { id, kind, lanes }: Worker): Promise<void> {
  await run(`delete from ${schema}.worker where seen_at < now() - interval '1 minute'`, [])
  await run(
    `insert into ${schema}.worker (id, kind, lanes, seen_at) values ($1, $2, $3, now())
    on conflict (id, kind) do update set lanes = excluded.lanes, seen_at = excluded.seen_at`,
    [id, kind, lanes],
  )
}

export async function sayGone(run: RunSql, { id, kind }: Worker): Promise<void> {
  await run(`delete from ${schema}.worker where id = $1 and kind = $2`, [id, kind])
}

/** The lanes of others for a kind, of whom there was word in so many seconds. */
export async function countLanes(run: RunSql, kind: JobKind, seconds: number, but: string): Promise<number> {
  const { rows } = await run(
    `select coalesce(sum(lanes), 0)::int as count from ${schema}.worker
    where kind = $1 and id <> $2 and seen_at > now() - $3 * interval '1 second'`,
    [kind, but, seconds],
  )
  const [row] = rows
  return typeof row === 'object' && row !== null && 'count' in row ? Number(row.count) : 0
}
