import { sql } from 'kysely'
import type { Executor } from './executor.ts'
import type { Topic } from './store.ts'

/** The channel of a topic, in the whole database. */
export function channelOf(topic: Topic): string {
  return `congruent_${topic}`
}

/** Tells every process that listens; in a transaction, once it is kept. */
export async function notify(db: Executor, topic: Topic, detail: string): Promise<void> {
  await sql`select pg_notify(${channelOf(topic)}, ${detail})`.execute(db)
}
