import { fromColumn, toColumn } from '../columns.ts'
import type { Executor } from '../executor.ts'
import type { Webhooks } from '../store.ts'

export function webhooks(db: Executor): Webhooks {
  const of = (workspace: string) => db.selectFrom('webhooks').select('webhook').where('workspace', '=', workspace)
  return {
    list: async (workspace) => {
      const rows = await of(workspace).orderBy('name').execute()
      return rows.map(({ webhook }) => fromColumn(webhook))
    },
    get: async (workspace, name) => {
      const row = await of(workspace).where('name', '=', name).executeTakeFirst()
      return row && fromColumn(row.webhook)
    },
    put: async (workspace, webhook) => {
      const text = toColumn(webhook)
      await db
        .insertInto('webhooks')
        .values({ workspace, name: webhook.name, webhook: text })
        .onConflict((conflict) => conflict.columns(['workspace', 'name']).doUpdateSet({ webhook: text }))
        .execute()
    },
    delete: async (workspace, name) => {
      const query = db.deleteFrom('webhooks').where('workspace', '=', workspace).where('name', '=', name)
      return (await query.executeTakeFirst()).numDeletedRows === 1n
    },
  }
}
