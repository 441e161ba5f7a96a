import type { Proposal } from '../../model/proposal.ts'
import { type Json, fromColumn, toColumn } from '../columns.ts'
import { isValue } from '../conditions.ts'
import type { Executor } from '../executor.ts'
import { beyond, pageOf, readCursor } from '../paging.ts'
import type { Proposals } from '../store.ts'

const columns = ['id', 'content', 'adopted'] as const
const newestFirst = [{ column: 'id', direction: 'desc', holds: 'number' }] as const

export function proposals(db: Executor): Proposals {
  const of = (workspace: string) => db.selectFrom('proposals').select(columns).where('workspace', '=', workspace)
  return {
    add: async (proposal) => {
      const { workspace, proposal: name, state } = proposal
      const adopted = proposal.adopted ?? null
      await db
        .insertInto('proposals')
        .values({ workspace, proposal: name, state, adopted, content: toColumn(proposal) })
        .execute()
    },
    get: async (workspace, proposal) => {
      const row = await of(workspace).where('proposal', '=', proposal).executeTakeFirst()
      return row && toProposal(row)
    },
    list: async (workspace, page) => {
      const question = JSON.stringify(['proposals', workspace, page.state])
      const rows = await of(workspace)
        .where(isValue('state', page.state))
        .where(beyond(newestFirst, readCursor(page, question, newestFirst)))
        .orderBy('id', 'desc')
        .limit(page.limit + 1)
        .execute()
      return pageOf(rows, page, question, { item: toProposal, key: (row) => [row.id] })
    },
    replace: async (proposal) => {
      const changed = await db
        .updateTable('proposals')
        .set({ content: toColumn(proposal) })
        .where('workspace', '=', proposal.workspace)
        .where('proposal', '=', proposal.proposal)
        .where('state', '=', 'open')
        .executeTakeFirst()
      return changed.numUpdatedRows === 1n
    },
    adopt: async (workspace, proposal, revision) => {
      const changed = await db
        .updateTable('proposals')
        .set({ state: 'adopted', adopted: revision })
        .where('workspace', '=', workspace)
        .where('proposal', '=', proposal)
        .where('state', '=', 'open')
        .executeTakeFirst()
      return changed.numUpdatedRows === 1n
    },
  }
}

function toProposal(row: { readonly content: Json<Proposal>; readonly adopted: number | null }): Proposal {
  const proposal = fromColumn(row.content)
  return row.adopted === null ? proposal : { ...proposal, state: 'adopted', adopted: row.adopted }
}
