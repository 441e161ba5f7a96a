import type { StoredDependencies } from '../dependencies.ts'

/** Sends a job for each environment that is due: whatever became of jobs sent before, none is forgotten. */
export async function sendDue({ store, queue }: Pick<StoredDependencies, 'store' | 'queue'>): Promise<void> {
  const due = await store.checks.due()
  await queue.sendAll(
    'check',
    due.map(({ workspace, environment }) => ({ workspace, environment })),
  )
}
