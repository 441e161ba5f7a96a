import { sql } from 'kysely'
import { Fault } from '../../errors.ts'
import { moment } from '../columns.ts'
import type { Executor } from '../executor.ts'

/** What happened in a workspace gets its number, and a moment that is not before that of anything earlier. */
export interface Numbered {
  /** The last of the numbers that were asked for. */
  readonly number: number
  /** RFC 3339. */
  readonly at: string
}

/**
 * Takes the next numbers of a workspace. Until the transaction ends nobody else gets one, so that numbers become visible in their order
 * and without gaps. A Fault WORKSPACE_NOT_FOUND where there is none.
 */
export async function nextNumber(
  db: Executor,
  workspace: string,
  of: 'last_revision' | 'last_check' | 'last_event',
  at: string,
  many = 1,
): Promise<Numbered> {
  const row = await db
    .updateTable('workspaces')
    .set({
      [of]: sql`${sql.ref(of)} + ${many}::int8`,
      last_at: sql`greatest(last_at, ${moment(at)}::timestamptz)`,
    })
    .where('name', '=', workspace)
    .returning([sql<number>`${sql.ref(of)}`.as('number'), 'last_at'])
    .executeTakeFirst()
  if (row === undefined)
    throw new Fault(
      'WORKSPACE_NOT_FOUND',
      `there is no workspace \`${workspace}\`; \`PUT /v1/workspaces/${workspace}\` makes one`,
    )
  return { number: row.number, at: row.last_at.toISOString() }
}
