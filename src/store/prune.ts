import { sql } from 'kysely'
import { idleMs } from '../model/session.ts'
import { fromColumn, moment, toColumn } from './columns.ts'
import { atomically, type Executor } from './executor.ts'

const dayMs = 24 * 60 * 60 * 1000
/** Results are forgotten from the one not used for longest on, until they are no more than this. */
const mostResultBytes = 512 * 1024 * 1024

/** Forgets what workspaces allow to forget, and results not used for long. Says how many rows went. */
export async function prune(db: Executor, now: Date): Promise<number> {
  const workspaces = await db.selectFrom('workspaces').select('name').where('retention', '!=', toColumn({})).execute()
  let gone = (await pruneResults(db)) + (await pruneSessions(db, now))
  for (const { name } of workspaces) gone += await atomically(db, (tx) => pruneWorkspace(tx, name, now))
  return gone
}

/** Those that are past their end, or that nobody used for long. */
async function pruneSessions(db: Executor, now: Date): Promise<number> {
  const used = new Date(now.getTime() - idleMs)
  const gone = await db
    .deleteFrom('sessions')
    .where((row) => row.or([row.eb('ends_at', '<=', now), row.eb('used_at', '<=', used)]))
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/** The workspace stays locked, so that nobody refers to what goes. */
async function pruneWorkspace(tx: Executor, workspace: string, now: Date): Promise<number> {
  const query = tx.selectFrom('workspaces').select('retention').where('name', '=', workspace).forUpdate()
  const row = await query.executeTakeFirst()
  const before = (days: number): Date => moment(new Date(Math.max(now.getTime() - days * dayMs, -1e14)))
  if (row === undefined) return 0
  const { snapshotsDays, findingsDays, eventsDays } = fromColumn(row.retention)
  const counts = [
    snapshotsDays === undefined ? 0 : await pruneSnapshots(tx, workspace, before(snapshotsDays)),
    findingsDays === undefined ? 0 : await pruneFindings(tx, workspace, before(findingsDays)),
    eventsDays === undefined ? 0 : await pruneEvents(tx, workspace, before(eventsDays)),
  ]
  return counts.reduce((sum, count) => sum + count, 0)
}

/** What is in force stays: the newest of each stream. Texts go with the last snapshot that has them. */
async function pruneSnapshots(tx: Executor, workspace: string, until: Date): Promise<number> {
  const { rows } = await sql<{ digest: string }>`
    delete from congruent.snapshots as old
    where workspace = ${workspace} and received_at < ${until}
      and exists (
        select from congruent.snapshots as newer
        where newer.workspace = old.workspace and newer.environment = old.environment
          and newer.observer = old.observer and newer.covers = old.covers and newer.sequence > old.sequence)
    returning digest`.execute(tx)
  const digests = [...new Set(rows.map(({ digest }) => digest))]
  await sql`
    delete from congruent.blobs as blob
    where workspace = ${workspace} and digest = any(${digests}::text[])
      and not exists (
        select from congruent.snapshots as other
        where other.workspace = blob.workspace and other.digest = blob.digest)
      and not exists (
        select from congruent.file_set_files as file
        where file.workspace = blob.workspace and file.digest = blob.digest)
      and not exists (
        select from congruent.revisions as revision
        where revision.workspace = blob.workspace and revision.workspace_digest = blob.digest)`.execute(tx)
  return rows.length
}

/** What is resolved goes; checks stay as long as a finding refers to them, and the newest of each environment. */
async function pruneFindings(tx: Executor, workspace: string, until: Date): Promise<number> {
  const spans = await sql`
    delete from congruent.spans
    where workspace = ${workspace} and until_at < ${until}`.execute(tx)
  const checks = await sql`
    delete from congruent.checks as old
    where workspace = ${workspace} and at < ${until}
      and exists (
        select from congruent.checks as newer
        where newer.workspace = old.workspace and newer.environment = old.environment
          and newer.number > old.number and not newer.faulted)
      and not exists (
        select from congruent.spans as span
        where span.workspace = old.workspace and old.number in (span.since_check, span.last_check, span.until_check))`.execute(
    tx,
  )
  return Number(spans.numAffectedRows ?? 0n) + Number(checks.numAffectedRows ?? 0n)
}

/** The newest stays, and with it the number from which on the next ones count. */
async function pruneEvents(tx: Executor, workspace: string, until: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from congruent.events
    where workspace = ${workspace} and at < ${until}
      and number < (select last_event from congruent.workspaces where name = ${workspace})`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

async function pruneResults(db: Executor): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from congruent.results
    where key in (
      select key from (select key, sum(size) over (order by used_at desc, key) as together from congruent.results) as sizes
      where together > ${mostResultBytes}::int8)`.execute(db)
  return Number(numAffectedRows ?? 0n)
}
