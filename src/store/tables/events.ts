import type { EventKind } from '../../model/event.ts'
import { fromColumn, moment, toColumn } from '../columns.ts'
import { isOneOf, notAfter, notBefore } from '../conditions.ts'
import { atomically, type Executor } from '../executor.ts'
import { notify } from '../notify.ts'
import { beyond, pageOf, readCursor } from '../paging.ts'
import type { Events } from '../store.ts'
import { nextNumber } from './counters.ts'

const rowsAtOnce = 1_000
// Times grow with numbers: sorted by both, an index leads to any time.
const newestFirst = [
  { column: 'at', direction: 'desc', holds: 'time' },
  { column: 'number', direction: 'desc', holds: 'number' },
] as const

export function events(db: Executor): Events {
  const of = (workspace: string, kinds?: readonly EventKind[]) =>
    db.selectFrom('events').where('workspace', '=', workspace).where(isOneOf('kind', kinds))
  const edge = async (workspace: string, end: 'asc' | 'desc'): Promise<number | undefined> => {
    const row = await of(workspace).select('number').orderBy('number', end).limit(1).executeTakeFirst()
    return row?.number
  }
  return {
    append: (workspace, drafts) =>
      atomically(db, async (tx) => {
        const [first] = drafts
        if (first === undefined) return []
        const latest = drafts.reduce((time, draft) => (moment(draft.at) > moment(time) ? draft.at : time), first.at)
        const { number, at } = await nextNumber(tx, workspace, 'last_event', latest, drafts.length)
        const numbered = drafts.map((draft, index) => ({ ...draft, at, event: number - drafts.length + 1 + index }))
        for (let from = 0; from < numbered.length; from += rowsAtOnce) {
          const rows = numbered.slice(from, from + rowsAtOnce).map((event) => ({
            workspace,
            number: event.event,
            at: moment(at),
            kind: event.kind,
            event: toColumn(event),
          }))
          await tx.insertInto('events').values(rows).execute()
        }
        await notify(tx, 'events', workspace)
        return numbered
      }),
    after: async (workspace, event, limit, kinds) => {
      const query = of(workspace, kinds).select('event').where('number', '>', event)
      const rows = await query.orderBy('number').limit(limit).execute()
      return rows.map((row) => fromColumn(row.event))
    },
    list: async (workspace, filter, page) => {
      const question = JSON.stringify(['events', workspace, filter])
      const rows = await of(workspace, filter.kinds)
        .select(['number', 'at', 'event'])
        .where(notBefore('at', filter.from))
        .where(notAfter('at', filter.until))
        .where(beyond(newestFirst, readCursor(page, question, newestFirst)))
        .orderBy('at', 'desc')
        .orderBy('number', 'desc')
        .limit(page.limit + 1)
        .execute()
      return pageOf(rows, page, question, {
        item: (row) => fromColumn(row.event),
        key: (row) => [row.at.toISOString(), row.number],
      })
    },
    newest: async (workspace) => (await edge(workspace, 'desc')) ?? 0,
    oldest: (workspace) => edge(workspace, 'asc'),
  }
}
