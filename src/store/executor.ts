import type { Kysely } from 'kysely'
import type { Rows } from './rows.ts'

/** What runs queries: the store itself, or one transaction of it. */
export type Executor = Kysely<Rows>

/** In one transaction: the one that runs already, or one of its own. */
export function atomically<T>(db: Executor, work: (tx: Executor) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work)
}
