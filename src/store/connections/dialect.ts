import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { Connection, Session } from './connection.ts'

/** Lets kysely speak over a connection of ours, whichever it is. */
export function dialectOf(connection: Connection): Dialect {
  return {
    createDriver: () => new SessionDriver(connection),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

class SessionConnection implements DatabaseConnection {
  readonly session: Session
  /** Set when a rollback failed: who knows what the session holds. */
  broken: 'broken' | undefined
  /** The first error of the transaction: PostgreSQL would answer its commit with a rollback, and no error. */
  failure: { readonly error: unknown } | undefined

  constructor(session: Session) {
    this.session = session
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const values = query.parameters.length === 0 ? undefined : query.parameters
      const { rows, affected } = await this.session.query(query.sql, values)
      // What a query answers is what its text asks for: kysely's types follow from the text.
      return { rows: rows as R[], numAffectedRows: BigInt(affected) }
    } catch (error) {
      this.failure ??= { error }
      throw error
    }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery(query)
  }
}

class SessionDriver implements Driver {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async init(): Promise<void> {
    // A session opens when it is asked for.
  }

  async acquireConnection(): Promise<SessionConnection> {
    return new SessionConnection(await this.#connection.session())
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'))
  }

  async commitTransaction(connection: SessionConnection): Promise<void> {
    if (connection.failure !== undefined) throw connection.failure.error
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: SessionConnection): Promise<void> {
    try {
      await connection.executeQuery(CompiledQuery.raw('rollback'))
    } catch {
      // What made us roll back is what matters; the session goes away, and with it the transaction.
      connection.broken = 'broken'
    }
  }

  async releaseConnection(connection: SessionConnection): Promise<void> {
    connection.session.release(connection.broken)
  }

  async destroy(): Promise<void> {
    // Who opened the connection closes it.
  }
}
