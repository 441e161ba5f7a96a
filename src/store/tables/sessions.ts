import { fromColumn, moment, toColumn } from '../columns.ts'
import type { Executor } from '../executor.ts'
import type { Sessions } from '../store.ts'

export function sessions(db: Executor): Sessions {
  return {
    add: async (session, digest) => {
      const { createdAt, endsAt } = session
      const times = { ends_at: moment(endsAt), used_at: moment(createdAt) }
      await db
        .insertInto('sessions')
        .values({ digest, session: toColumn(session), ...times })
        .execute()
    },
    find: async (digest) => {
      const row = await db.selectFrom('sessions').selectAll().where('digest', '=', digest).executeTakeFirst()
      return row && { session: fromColumn(row.session), usedAt: row.used_at.toISOString() }
    },
    use: async (digest, at) => {
      await db
        .updateTable('sessions')
        .set({ used_at: moment(at) })
        .where('digest', '=', digest)
        .execute()
    },
    end: async (digest) => {
      const gone = await db.deleteFrom('sessions').where('digest', '=', digest).executeTakeFirst()
      return gone.numDeletedRows === 1n
    },
  }
}
