import { fromColumn, toColumn } from '../columns.ts'
import { isOneOf } from '../conditions.ts'
import type { Executor } from '../executor.ts'
import type { Approvals } from '../store.ts'

export function approvals(db: Executor): Approvals {
  return {
    append: async (workspace, approval) => {
      const values = { workspace, proposal: approval.proposal, approval: toColumn(approval) }
      await db.insertInto('approvals').values(values).execute()
    },
    of: async (workspace, proposals) => {
      const rows = await db
        .selectFrom('approvals')
        .select('approval')
        .where('workspace', '=', workspace)
        .where(isOneOf('proposal', proposals))
        .orderBy('id')
        .execute()
      return rows.map(({ approval }) => fromColumn(approval))
    },
  }
}
