import { sql } from 'kysely'
import type { Memory } from '../memory/memory.ts'
import { moment } from './columns.ts'
import type { Executor } from './executor.ts'

/** Written together, at most. */
const rowsAtOnce = 500
/** What waits to be written beyond this is given up: it can be worked out again. */
const mostWaiting = 20_000
/** A use is noted once in this time, so that reading seldom writes. */
const notedMs = 24 * 60 * 60 * 1000

/** Remembers in the store, for every process on it. What cannot be read or written is as if it was forgotten. */
export function storedMemory(db: Executor, clock: () => Date): Memory {
  const waiting = new Map<string, string>()
  let writing: Promise<void> | undefined
  const write = async (): Promise<void> => {
    while (waiting.size > 0) {
      const some = [...waiting].slice(0, rowsAtOnce)
      for (const [key] of some) waiting.delete(key)
      await keep(db, some, clock()).catch(() => undefined)
    }
    writing = undefined
  }
  return {
    recall: async (keys) => {
      try {
        return await recall(db, keys, clock())
      } catch {
        return new Map()
      }
    },
    remember: (entries) => {
      for (const [key, text] of entries) if (waiting.size < mostWaiting) waiting.set(key, text)
      if (waiting.size > 0) writing ??= write()
    },
    flush: async () => {
      await writing
    },
  }
}

async function recall(db: Executor, keys: readonly string[], now: Date): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map()
  const any = sql<string>`any(${[...keys]}::text[])`
  const rows = await db.selectFrom('results').select(['key', 'result', 'used_at']).where('key', '=', any).execute()
  const unnoted = rows.filter(({ used_at }) => now.getTime() - used_at.getTime() > notedMs).map(({ key }) => key)
  if (unnoted.length > 0) {
    const set = { used_at: moment(now) }
    const note = db.updateTable('results').set(set)
    const noted = note.where('key', '=', sql<string>`any(${unnoted}::text[])`).execute()
    await noted.catch(() => undefined)
  }
  return new Map(rows.map(({ key, result }) => [key, result]))
}

async function keep(db: Executor, entries: readonly (readonly [string, string])[], now: Date): Promise<void> {
  const rows = entries.map(([key, result]) => {
    return { key, result, size: Buffer.byteLength(key) + Buffer.byteLength(result), used_at: moment(now) }
  })
  // What is there says the same; in one order of keys two processes never wait for each other in a circle.
  await db
    .insertInto('results')
    .values(rows.sort((a, b) => (a.key < b.key ? -1 : 1)))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
