import { fromColumn, moment, toColumn } from '../columns.ts'
import { isValue } from '../conditions.ts'
import type { Executor } from '../executor.ts'
import { beyond, pageOf, readCursor } from '../paging.ts'
import type { Audit } from '../store.ts'

const newestFirst = [{ column: 'id', direction: 'desc', holds: 'number' }] as const

export function audit(db: Executor): Audit {
  return {
    append: async (entry) => {
      const values = { workspace: entry.workspace ?? null, at: moment(entry.at), entry: toColumn(entry) }
      await db.insertInto('audit').values(values).execute()
    },
    list: async (workspace, page) => {
      const question = JSON.stringify(['audit', workspace])
      const rows = await db
        .selectFrom('audit')
        .select(['id', 'entry'])
        .where(isValue('workspace', workspace))
        .where(beyond(newestFirst, readCursor(page, question, newestFirst)))
        .orderBy('id', 'desc')
        .limit(page.limit + 1)
        .execute()
      return pageOf(rows, page, question, { item: ({ entry }) => fromColumn(entry), key: ({ id }) => [id] })
    },
  }
}
