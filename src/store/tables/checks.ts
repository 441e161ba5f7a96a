import type { CheckRecord } from '../../model/check-record.ts'
import { type Json, fromColumn } from '../columns.ts'
import { notAfter, notBefore } from '../conditions.ts'
import { atomically, type Executor } from '../executor.ts'
import { beyond, pageOf, readCursor } from '../paging.ts'
import type { Checks } from '../store.ts'
import { appendCheck } from './append-check.ts'
import { dueChecks } from './due-checks.ts'

// Times grow with numbers: sorted by both, an index leads to any time.
const orders = {
  oldest: [
    { column: 'at', direction: 'asc', holds: 'time' },
    { column: 'number', direction: 'asc', holds: 'number' },
  ],
  newest: [
    { column: 'at', direction: 'desc', holds: 'time' },
    { column: 'number', direction: 'desc', holds: 'number' },
  ],
} as const

export function checks(db: Executor): Checks {
  const of = (workspace: string) =>
    db.selectFrom('checks').select(['number', 'at', 'record']).where('workspace', '=', workspace)
  return {
    ...dueChecks(db),
    append: (check, findings) => atomically(db, (tx) => appendCheck(tx, check, findings)),
    get: async (workspace, check) => toRecord(await of(workspace).where('number', '=', check).executeTakeFirst()),
    at: async (workspace, environment, time) => {
      const query = of(workspace).where('environment', '=', environment).where(notAfter('at', time))
      return toRecord(await query.orderBy('at', 'desc').orderBy('number', 'desc').limit(1).executeTakeFirst())
    },
    between: async (workspace, environment, from, until, page) => {
      const { first = 'oldest' } = page
      const order = orders[first]
      const question = JSON.stringify(['checks', workspace, environment, from, until, first])
      const rows = await of(workspace)
        .where('environment', '=', environment)
        .where(notBefore('at', from))
        .where(notAfter('at', until))
        .where(beyond(order, readCursor(page, question, order)))
        .orderBy('at', order[0].direction)
        .orderBy('number', order[1].direction)
        .limit(page.limit + 1)
        .execute()
      return pageOf(rows, page, question, {
        item: ({ record }) => fromColumn(record),
        key: ({ at, number }) => [at.toISOString(), number],
      })
    },
  }
}

function toRecord(row: { readonly record: Json<CheckRecord> } | undefined): CheckRecord | undefined {
  return row && fromColumn(row.record)
}
