import type { StoredToken } from '../../model/access.ts'
import { type Json, fromColumn, moment, toColumn } from '../columns.ts'
import type { Executor } from '../executor.ts'
import type { Tokens } from '../store.ts'

export function tokens(db: Executor): Tokens {
  const all = db.selectFrom('tokens')
  return {
    add: async (token, digest) => {
      const revoked = token.revokedAt === undefined ? null : moment(token.revokedAt)
      await db
        .insertInto('tokens')
        .values({ id: token.id, digest, token: toColumn(token), revoked_at: revoked })
        .execute()
    },
    find: async (id) => {
      const row = await all.selectAll().where('id', '=', id).executeTakeFirst()
      return row && { token: toToken(row), digest: row.digest }
    },
    list: async () => (await all.selectAll().orderBy('number').execute()).map(toToken),
    revoke: async (id, at) => {
      const query = db.updateTable('tokens').set({ revoked_at: moment(at) })
      const changed = await query.where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst()
      return changed.numUpdatedRows === 1n
    },
    any: async () => (await all.select('id').limit(1).executeTakeFirst()) !== undefined,
  }
}

function toToken(row: { readonly token: Json<StoredToken>; readonly revoked_at: Date | null }): StoredToken {
  const token = fromColumn(row.token)
  return row.revoked_at === null ? token : { ...token, revokedAt: row.revoked_at.toISOString() }
}
