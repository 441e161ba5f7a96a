import { PGlite } from '@electric-sql/pglite'
import type { QueueStore } from '../../src/queue/boss.ts'
import type { RunSql } from '../../src/store/store.ts'

type Querying = Pick<PGlite, 'query' | 'exec'>

/** As much of a store as a queue needs, over an embedded database in memory. */
export async function liteStore(): Promise<QueueStore & { readonly close: () => Promise<void> }> {
  const lite = await PGlite.create()
  const heard = new Set<(detail: string) => void>()
  const over =
    (querying: Querying): RunSql =>
    async (text, values) =>
      values === undefined
        ? { rows: (await querying.exec(text)).flatMap(({ rows }) => rows) }
        : { rows: (await querying.query(text, [...values])).rows }
  return {
    sql: over(lite),
    transaction: async (work) => {
      const told: string[] = []
      const result = await lite.transaction((transaction) =>
        work({
          sql: over(transaction),
          notify: async (_topic, detail) => void told.push(detail),
        }),
      )
      for (const detail of told) for (const hear of heard) hear(detail)
      return result
    },
    listen: async (_topic, hear) => {
      heard.add(hear)
      return async () => void heard.delete(hear)
    },
    close: () => lite.close(),
  }
}
