import { AsyncLocalStorage } from 'node:async_hooks'
import { CompiledQuery, Kysely } from 'kysely'
import { Fault } from '../errors.ts'
import type { Connection } from './connections/connection.ts'
import { dialectOf } from './connections/dialect.ts'
import { openEmbedded } from './connections/embedded/embedded.ts'
import { connectPostgres } from './connections/postgres.ts'
import { mayRunAgain } from './connections/sql-fault.ts'
import type { Executor } from './executor.ts'
import { migrate } from './migrations/migrate.ts'
import { channelOf, notify } from './notify.ts'
import { prune } from './prune.ts'
import type { Rows } from './rows.ts'
import { storedMemory } from './stored-memory.ts'
import type { RunSql, Store, Transaction } from './store.ts'
import { tables } from './tables/tables.ts'

export interface StoreOptions {
  /** Folder of the embedded database, made if it is not there; nobody else may have it open. With neither, it is in memory and ends with the store. */
  readonly data?: string
  /** Instead of it: `postgres://…` of a PostgreSQL server, version 15 or newer. */
  readonly database?: string
  /** Folder of this user for what makes a new embedded database begin faster; it is made when it is first of use. */
  readonly cache?: string
  readonly clock: () => Date
}

/** Runs of a transaction that lost against others before we give up. */
const mostRuns = 10

/**
 * Opens a store and brings its tables up to date. Rejects with a Fault STORE_LOCKED where another process has the folder open, STORE_NEWER
 * where a newer version of us was there, STORE_UNAVAILABLE where the database cannot be reached.
 */
export async function openStore({ data, database, cache, clock }: StoreOptions): Promise<Store> {
  const connection =
    database === undefined
      ? await openEmbedded({ ...(data !== undefined && { data }), ...(cache !== undefined && { templates: cache }) })
      : await connectPostgres(database)
  try {
    await migrate(connection, clock)
  } catch (error) {
    await connection.close()
    throw error
  }
  return storeOver(connection, clock)
}

function storeOver(connection: Connection, clock: () => Date): Store {
  // Work in a transaction that asks the store beside it would wait for its own end where there is one session only.
  const inside = new AsyncLocalStorage<boolean>()
  let open = 0
  const transaction: Store['transaction'] = async (work) => {
    open += 1
    try {
      return await inTransaction(db, (tx) => inside.run(true, () => work(tx)))
    } finally {
      open -= 1
      // As long as it is told apart who works inside, every promise of the process costs more.
      if (open === 0) inside.disable()
    }
  }
  const outside: Connection = {
    ...connection,
    session: async () => {
      if (inside.getStore() !== true) return connection.session()
      throw new Fault('INTERNAL', 'the store was asked in the middle of a transaction; ask the transaction')
    },
  }
  const db: Executor = new Kysely<Rows>({ dialect: dialectOf(outside) }).withSchema('congruent')
  const memory = storedMemory(db, clock)
  const run: RunSql = async (text, values) => {
    const session = await outside.session()
    try {
      return await session.query(text, values)
    } finally {
      session.release()
    }
  }
  return {
    ...tables(db),
    sql: run,
    memory,
    transaction,
    listen: (topic, heard) => connection.listen(channelOf(topic), heard),
    ready: async () => {
      await run('select 1', [])
    },
    prune: (now) => prune(db, now),
    close: async () => {
      await memory.flush()
      await connection.close()
    },
  }
}

async function inTransaction<T>(db: Executor, work: (tables: Transaction) => Promise<T>): Promise<T> {
  for (let run = 1; ; run++) {
    try {
      return await db.transaction().execute((tx) =>
        work({
          ...tables(tx),
          sql: (text, values) => tx.executeQuery(CompiledQuery.raw(text, values === undefined ? [] : [...values])),
          notify: (topic, detail) => notify(tx, topic, detail),
        }),
      )
    } catch (error) {
      if (!mayRunAgain(error)) throw error
      if (run === mostRuns)
        throw new Fault('STORE_UNAVAILABLE', `the database ended a transaction ${mostRuns} times because of others`, {
          cause: error,
        })
    }
  }
}
