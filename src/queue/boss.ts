import PgBoss from 'pg-boss'
import type { RunSql, Store, Transaction } from '../store/store.ts'
import { presenceTable } from './presence.ts'
import { jobKinds, type JobKind } from './queue.ts'
import { schema } from './schema.ts'

/** What of a store the queue works with. */
export interface QueueStore extends Pick<Store, 'sql' | 'listen'> {
  transaction<T>(work: (transaction: QueueTransaction) => Promise<T>): Promise<T>
}

export type QueueTransaction = Pick<Transaction, 'sql' | 'notify'>

interface Retries {
  readonly retryLimit: number
  /** Seconds before the first retry; doubled with each, and spread at random. */
  readonly retryDelay: number
}

const retries: Readonly<Record<JobKind, Retries>> = {
  check: { retryLimit: 8, retryDelay: 1 },
  // The check does itself what was not worked out ahead of it.
  part: { retryLimit: 0, retryDelay: 1 },
  // The last retry is sent about eleven hours after the event.
  webhook: { retryLimit: 12, retryDelay: 5 },
}

/**
 * pg-boss over the store's own connection, installed where it is not. Many processes may start at once on an empty store: a lock lets
 * one of them install, in one transaction.
 */
export async function startBoss(store: QueueStore, takeOverSeconds: number): Promise<PgBoss> {
  if (!(await isReady(store.sql)))
    await store.transaction(async ({ sql }) => {
      await sql(`select pg_advisory_xact_lock(hashtext('congruent queue'))`)
      if (!(await isReady(sql))) await install(sql, takeOverSeconds)
    })
  return bossOver(store.sql)
}

async function install(sql: RunSql, takeOverSeconds: number): Promise<void> {
  const boss = await bossOver(sql)
  for (const kind of jobKinds)
    await boss.createQueue(kind, {
      name: kind,
      policy: 'short',
      expireInSeconds: takeOverSeconds,
      retryBackoff: true,
      ...retries[kind],
    })
  await sql(presenceTable)
  await sql(`create index job_in_work on ${schema}.job (name, singleton_key) where state = 'active'`)
}

async function bossOver(sql: RunSql): Promise<PgBoss> {
  const boss = new PgBoss({
    schema,
    db: executor((text, values) => sql(withoutTransaction(text), values)),
    // Its own timers are not needed: what they do, the queue does at times of its choosing.
    supervise: false,
    schedule: false,
    archiveCompletedAfterSeconds: 7 * 24 * 60 * 60,
    deleteAfterDays: 1,
  })
  await boss.start()
  return boss
}

/** Runs what pg-boss wants to run in a transaction of ours. */
export function within(run: RunSql): PgBoss.ConnectionOptions {
  return { db: executor(run) }
}

function executor(run: RunSql): PgBoss.Db {
  return { executeSql: async (text, values) => ({ rows: [...(await run(text, values)).rows] }) }
}

/** What is made last is there. Asked of the tables: what the database says of a name may be older than the lock. */
async function isReady(run: RunSql): Promise<boolean> {
  const { rows } = await run(
    `select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = '${schema}' and relname = 'job_in_work'`,
  )
  return rows.length > 0
}

/**
 * Several statements that are sent at once are a transaction anyhow. Said in words, a failure among them would leave the connection in a
 * broken transaction, and in a transaction of ours it would end that.
 */
function withoutTransaction(text: string): string {
  return text.replace(/^\s*BEGIN;/, '').replace(/COMMIT;\s*$/, '')
}
