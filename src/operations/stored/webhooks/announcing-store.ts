import type { WorkspaceEvent } from '../../../model/event.ts'
import type { Queue } from '../../../queue/queue.ts'
import type { Store, Transaction } from '../../../store/store.ts'

/** A store in which each event that is kept in a transaction is to be sent to the webhooks that want it, in the same transaction. */
export function announcingStore(store: Store, queue: Queue): Store {
  const announcing = (tables: Transaction): Transaction => ({
    ...tables,
    events: {
      ...tables.events,
      append: async (workspace, drafts) => {
        const events = await tables.events.append(workspace, drafts)
        await announce(queue, tables, workspace, events)
        return events
      },
    },
  })
  return { ...store, transaction: (work) => store.transaction((tables) => work(announcing(tables))) }
}

async function announce(
  queue: Queue,
  tables: Transaction,
  workspace: string,
  events: readonly WorkspaceEvent[],
): Promise<void> {
  if (events.length === 0) return
  const webhooks = await tables.webhooks.list(workspace)
  const jobs = webhooks.flatMap(({ name, events: kinds }) =>
    events
      .filter(({ kind }) => kinds === undefined || kinds.includes(kind))
      .map(({ event }) => ({ workspace, webhook: name, event })),
  )
  if (jobs.length > 0) await queue.sendAll('webhook', jobs, { within: tables })
}
