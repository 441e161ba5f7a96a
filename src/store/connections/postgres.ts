import pg from 'pg'
import { Fault } from '../../errors.ts'
import type { Connection, Session, SqlAnswer } from './connection.ts'
import { NotificationClient } from './postgres-notifications.ts'
import { sqlFault } from './sql-fault.ts'

/** Sessions at a time; a server of PostgreSQL has 100 for all of us. */
const sessions = 10
const connectTimeoutMs = 10_000
const standstillMs = 60_000
const oldestServer = 150_000

const types = {
  getTypeParser: (...[oid, format]: Parameters<typeof pg.types.getTypeParser>) =>
    oid === pg.types.builtins.INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
}

/** Connects to a PostgreSQL server, version 15 or newer, at `postgres://…`. */
export async function connectPostgres(url: string): Promise<Connection> {
  const settings: pg.ClientConfig = {
    connectionString: url,
    application_name: 'congruent',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    // A process that stands still in the middle of a change would make all others wait.
    idle_in_transaction_session_timeout: standstillMs,
    types,
  }
  const pool = new pg.Pool({ ...settings, max: sessions })
  // A session that dies while nobody uses it leaves the pool; one in use rejects what it was asked.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const notifications = new NotificationClient(settings)
  const connection: Connection = {
    session: async () => sessionOf(await unfailing(pool.connect())),
    listen: async (channel, heard) => unfailing(notifications.listen(channel, heard)),
    close: async () => {
      await notifications.close()
      await pool.end()
    },
  }
  try {
    await requireVersion(connection)
  } catch (error) {
    await connection.close()
    throw error
  }
  return connection
}

async function requireVersion(connection: Connection): Promise<void> {
  const session = await connection.session()
  try {
    const { rows } = await session.query('show server_version_num')
    const [row] = rows
    const version = typeof row === 'object' && row !== null ? Number(Object.values(row)[0]) : 0
    if (version < oldestServer)
      throw new Fault(
        'STORE_UNAVAILABLE',
        `the database server is PostgreSQL ${Math.floor(version / 10_000)}; 15 or newer is required`,
      )
  } finally {
    session.release()
  }
}

function sessionOf(client: pg.PoolClient): Session {
  return {
    query: async (text, values) =>
      answerOf(await unfailing(client.query(text, values === undefined ? [] : [...values]))),
    release: (broken) => client.release(broken !== undefined),
  }
}

/** Several statements at once have an answer each, which the types of pg do not tell. */
function answerOf(result: pg.QueryResult | readonly pg.QueryResult[]): SqlAnswer {
  const results = 'rows' in result ? [result] : result
  return {
    rows: results.flatMap(({ rows }: { readonly rows: readonly unknown[] }) => rows),
    affected: results.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0),
  }
}

async function unfailing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw sqlFault(error)
  }
}
