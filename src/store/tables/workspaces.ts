import { type Json, fromColumn, moment, toColumn } from '../columns.ts'
import { atomically, type Executor } from '../executor.ts'
import type { Retention, StoredWorkspace, Workspaces } from '../store.ts'

const columns = ['name', 'created_at', 'retention'] as const

export function workspaces(db: Executor): Workspaces {
  return {
    list: async () => (await db.selectFrom('workspaces').select(columns).orderBy('name').execute()).map(toWorkspace),
    find: async (name) => {
      const row = await db.selectFrom('workspaces').select(columns).where('name', '=', name).executeTakeFirst()
      return row && toWorkspace(row)
    },
    create: async (name, at) => {
      const created = moment(at)
      const made = await db
        .insertInto('workspaces')
        .values({ name, created_at: created, last_at: created, retention: toColumn({}) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return made.numInsertedOrUpdatedRows === 1n
    },
    lock: async (name) => {
      const query = db.selectFrom('workspaces').select(columns).where('name', '=', name).forUpdate()
      const row = await query.executeTakeFirst()
      return row && toWorkspace(row)
    },
    setRetention: async (name, retention) => {
      const set = { retention: toColumn(retention) }
      await db.updateTable('workspaces').set(set).where('name', '=', name).execute()
    },
    delete: (name) => atomically(db, (tx) => remove(tx, name)),
  }
}

/** What points to contents goes before them; the rest goes with the workspace. */
async function remove(tx: Executor, name: string): Promise<boolean> {
  await tx.selectFrom('workspaces').select('name').where('name', '=', name).forUpdate().execute()
  await tx.deleteFrom('snapshot_streams').where('workspace', '=', name).execute()
  await tx.deleteFrom('revisions').where('workspace', '=', name).execute()
  await tx.deleteFrom('file_sets').where('workspace', '=', name).execute()
  const gone = await tx.deleteFrom('workspaces').where('name', '=', name).executeTakeFirst()
  return gone.numDeletedRows === 1n
}

function toWorkspace(row: { name: string; created_at: Date; retention: Json<Retention> }): StoredWorkspace {
  return { name: row.name, createdAt: row.created_at.toISOString(), retention: fromColumn(row.retention) }
}
