import { Fault } from '../../../errors.ts'
import type { Connection, Session } from '../connection.ts'
import { Listeners } from '../listeners.ts'
import { takeFolder } from './database-folder.ts'
import { DatabaseThread } from './database-thread.ts'

export interface EmbeddedOptions {
  /** Absent: in memory. */
  readonly data?: string
  /** Where templates of empty databases are kept. */
  readonly templates?: string
}

/** Opens the database in a folder, which nobody else may have open; without a folder, one in memory that ends with it. */
export async function openEmbedded({ data, templates }: EmbeddedOptions): Promise<Connection> {
  const fresh = templates === undefined ? {} : { templates }
  if (data === undefined) return connectionTo(await DatabaseThread.start({ fresh }), async () => undefined)
  const folder = await takeFolder(data)
  try {
    const thread = await DatabaseThread.start({ folder: folder.database, ...(folder.fresh && { fresh }) })
    await folder.begun()
    return connectionTo(thread, () => folder.unlock())
  } catch (error) {
    await folder.unlock()
    throw error
  }
}

function connectionTo(thread: DatabaseThread, unlock: () => Promise<void>): Connection {
  const listeners = new Listeners()
  thread.onNotification((channel, detail) => listeners.tell(channel, detail))
  // There is one session, and whoever asks for it waits for those before.
  let last: Promise<void> = Promise.resolve()
  let closed: Promise<void> | undefined
  const session = async (): Promise<Session> => {
    if (closed !== undefined) throw new Fault('STORE_UNAVAILABLE', 'the store is closed')
    const turn = last
    let release: () => void = () => undefined
    last = new Promise((resolve) => (release = resolve))
    await turn
    return { query: (text, values) => thread.query(text, values), release: () => release() }
  }
  return {
    session,
    listen: async (channel, heard) => {
      if (listeners.add(channel, heard)) {
        const own = await session()
        await own.query(`listen ${channel}`).finally(() => own.release())
      }
      return async () => listeners.remove(channel, heard)
    },
    close: async () => {
      closed ??= end(thread, last, unlock)
      await closed
    },
  }
}

/** Lets those finish who asked before. */
async function end(thread: DatabaseThread, last: Promise<void>, unlock: () => Promise<void>): Promise<void> {
  try {
    await last
    await thread.close()
  } finally {
    await unlock()
  }
}
