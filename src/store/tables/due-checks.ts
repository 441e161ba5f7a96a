import { sql } from 'kysely'
import type { Executor } from '../executor.ts'
import type { Checks } from '../store.ts'

/** Which environments are to be checked: a number of changes each, and how many of them are done. */
export function dueChecks(db: Executor): Pick<Checks, 'want' | 'progress' | 'done' | 'due'> {
  const of = (workspace: string, environment: string) =>
    db
      .selectFrom('due_checks')
      .select(['wanted', 'done'])
      .where('workspace', '=', workspace)
      .where('environment', '=', environment)
  return {
    want: async (workspace, environment) => {
      const { wanted } = await db
        .insertInto('due_checks')
        .values({ workspace, environment, wanted: 1, done: 0 })
        .onConflict((conflict) =>
          conflict.columns(['workspace', 'environment']).doUpdateSet({ wanted: sql`due_checks.wanted + 1` }),
        )
        .returning('wanted')
        .executeTakeFirstOrThrow()
      return { workspace, environment, wanted }
    },
    progress: (workspace, environment, lock) => {
      const query = of(workspace, environment)
      return (lock === undefined ? query : query.forUpdate()).executeTakeFirst()
    },
    done: async (workspace, environment, wanted) => {
      await db
        .updateTable('due_checks')
        .set({ done: sql`greatest(done, ${wanted}::int8)` })
        .where('workspace', '=', workspace)
        .where('environment', '=', environment)
        .execute()
    },
    due: () =>
      db
        .selectFrom('due_checks')
        .select(['workspace', 'environment', 'wanted'])
        .whereRef('wanted', '>', 'done')
        .orderBy('workspace')
        .orderBy('environment')
        .execute(),
  }
}
