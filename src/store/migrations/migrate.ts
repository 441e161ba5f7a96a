import { Fault } from '../../errors.ts'
import type { Connection, Session } from '../connections/connection.ts'
import { migrations } from './migrations.ts'

/** Any number that nobody else locks: of those that bring the tables up to date, one at a time. */
const lock = 7_261_994_012

/** Brings the tables up to date, or rejects with a Fault STORE_NEWER where a newer version of us has been there. */
export async function migrate(connection: Connection, clock: () => Date): Promise<void> {
  const session = await connection.session()
  let broken: 'broken' | undefined
  try {
    await session.query('begin')
    await session.query('select pg_advisory_xact_lock($1)', [lock])
    const made = await namesOfMade(session)
    requireKnown(made)
    for (const { name, sql } of migrations.slice(made.length)) {
      await session.query(sql)
      await session.query('insert into congruent.migrations (name, at) values ($1, $2)', [name, clock()])
    }
    await session.query('commit')
  } catch (error) {
    await session.query('rollback').catch(() => (broken = 'broken'))
    throw error
  } finally {
    session.release(broken)
  }
}

async function namesOfMade(session: Session): Promise<readonly string[]> {
  await session.query(`
set local client_min_messages = warning;
create schema if not exists congruent;
create table if not exists congruent.migrations (name text collate "C" primary key, at timestamptz not null);`)
  const { rows } = await session.query('select name from congruent.migrations order by name', [])
  return rows.map((row) => (typeof row === 'object' && row !== null && 'name' in row ? String(row.name) : ''))
}

function requireKnown(made: readonly string[]): void {
  const unknown = made.find((name, index) => migrations[index]?.name !== name)
  if (unknown !== undefined)
    throw new Fault(
      'STORE_NEWER',
      `the store has been changed by a newer version (\`${unknown}\` is not known here); use that version or a newer one`,
    )
}
