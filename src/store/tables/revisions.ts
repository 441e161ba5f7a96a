import type { Revision } from '../../model/revision.ts'
import { type Json, fromColumn, moment, toColumn } from '../columns.ts'
import type { Executor } from '../executor.ts'
import { notAfter } from '../conditions.ts'
import { beyond, pageOf, readCursor } from '../paging.ts'
import type { Revisions } from '../store.ts'
import { nextNumber } from './counters.ts'

const newestFirst = [{ column: 'number', direction: 'desc', holds: 'number' }] as const

export function revisions(db: Executor): Revisions {
  const of = (workspace: string) =>
    db.selectFrom('revisions').select(['number', 'revision']).where('workspace', '=', workspace)
  return {
    append: async (workspace, draft) => {
      const { number, at } = await nextNumber(db, workspace, 'last_revision', draft.at)
      const revision: Revision = { ...draft, workspace, revision: number, at }
      await db
        .insertInto('revisions')
        .values({
          workspace,
          number,
          at: moment(at),
          workspace_digest: draft.parts.workspace,
          revision: toColumn(revision),
        })
        .execute()
      return revision
    },
    get: async (workspace, revision) => read(await of(workspace).where('number', '=', revision).executeTakeFirst()),
    at: async (workspace, time) => {
      const query = of(workspace).where(notAfter('at', time)).orderBy('at', 'desc').orderBy('number', 'desc')
      return read(await query.limit(1).executeTakeFirst())
    },
    list: async (workspace, page) => {
      const question = JSON.stringify(['revisions', workspace])
      const cursor = readCursor(page, question, newestFirst)
      const rows = await of(workspace)
        .where(beyond(newestFirst, cursor))
        .orderBy('number', 'desc')
        .limit(page.limit + 1)
        .execute()
      return pageOf(rows, page, question, { item: (row) => fromColumn(row.revision), key: (row) => [row.number] })
    },
  }
}

function read(row: { readonly revision: Json<Revision> } | undefined): Revision | undefined {
  return row && fromColumn(row.revision)
}
