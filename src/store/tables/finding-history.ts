import { type SqlBool, sql } from 'kysely'
import type { CheckCause, CheckRecord } from '../../model/check-record.ts'
import type { Episode, FindingHistory } from '../../model/tracked-finding.ts'
import { fromColumn } from '../columns.ts'
import { isValue } from '../conditions.ts'
import type { Executor } from '../executor.ts'
import { absoluteIn } from '../spans/cut-relative.ts'

/** A finding with its episodes, as they were known after a check: of the environment that had it last, if none is said. */
export async function findingHistory(
  db: Executor,
  asked: {
    readonly workspace: string
    readonly fingerprint: string
    readonly environment: string | undefined
    readonly check: number
  },
): Promise<FindingHistory | undefined> {
  const { workspace, fingerprint, environment, check } = asked
  const rows = await db
    .selectFrom('spans')
    .select(['environment', 'episode', 'first_seen', 'since', 'since_check', 'last_check', 'until_check', 'until_at'])
    .select('content')
    .where('workspace', '=', workspace)
    .where('fingerprint', '=', fingerprint)
    .where(isValue('environment', environment))
    .where('from_check', '<=', check)
    .orderBy('from_check')
    .execute()
  const newest = rows.at(-1)
  if (newest === undefined) return undefined
  const spans = rows.filter((row) => row.environment === newest.environment)
  const isOver = ({ until_check }: { readonly until_check: number | null }): boolean =>
    until_check !== null && until_check <= check
  const had = await lastCheck(db, workspace, newest.environment, isOver(newest) ? newest.last_check : null, check)
  const episodes = [...new Map(spans.map((span) => [span.episode, span])).values()]
  const causes = await causesOf(db, workspace, episodes)
  return {
    ...absoluteIn(had?.snapshots ?? [])(fromColumn(newest.content)),
    firstSeen: newest.first_seen.toISOString(),
    since: newest.since.toISOString(),
    lastSeen: had?.at ?? newest.since.toISOString(),
    ...(isOver(newest) && newest.until_at !== null && { resolved: newest.until_at.toISOString() }),
    reopened: newest.episode - 1,
    history: episodes.map((span): Episode => {
      const begun = { from: span.since.toISOString(), fromCheck: span.since_check, cause: causes(span.since_check) }
      if (!isOver(span) || span.until_check === null || span.until_at === null) return begun
      const { until_at: until, until_check: untilCheck } = span
      return { ...begun, until: until.toISOString(), untilCheck, untilCause: causes(untilCheck) }
    }),
  }
}

/** The check that had it last: the newest one of the environment that told what stands, or the one before it was gone. */
async function lastCheck(
  db: Executor,
  workspace: string,
  environment: string,
  number: number | null,
  until: number,
): Promise<CheckRecord | undefined> {
  const checks = db.selectFrom('checks').select('record').where('workspace', '=', workspace)
  const query =
    number === null
      ? checks
          .where('environment', '=', environment)
          .where('number', '<=', until)
          .where(sql<SqlBool>`not faulted`)
      : checks.where('number', '=', number)
  const row = await query.orderBy('number', 'desc').limit(1).executeTakeFirst()
  return row && fromColumn(row.record)
}

/** Why the checks were made with which episodes begin and end. */
async function causesOf(
  db: Executor,
  workspace: string,
  episodes: readonly { readonly since_check: number; readonly until_check: number | null }[],
): Promise<(check: number) => CheckCause> {
  const numbers = episodes.flatMap((span) => [span.since_check, span.until_check ?? span.since_check])
  const rows = await db
    .selectFrom('checks')
    .select(['number', 'record'])
    .where('workspace', '=', workspace)
    .where('number', 'in', numbers)
    .execute()
  const causes = new Map(rows.map(({ number, record }) => [number, fromColumn(record).cause]))
  return (check) => causes.get(check) ?? { kind: 'request', by: '' }
}
