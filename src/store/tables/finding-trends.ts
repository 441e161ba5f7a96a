import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { isOneOf } from '../conditions.ts'
import type { Executor } from '../executor.ts'
import type { Rows } from '../rows.ts'
import type { Findings, RuleWeeks } from '../store.ts'

const weekSeconds = 7 * 24 * 60 * 60

/** Who answers for a finding: who owns the path, else the first of the teams that are involved; null: nobody. */
export const answering = sql<string>`coalesce(owner, teams[1])`

/** What a finding counts as where errors fail. */
export const countsAs = sql<string>`case when exempted then 'exempted' when severity = 'error' then outcome else 'none' end`

/** How new and how old what stands against each owner is. */
export async function findingAges(
  standing: SelectQueryBuilder<Rows, 'spans', object>,
  environments: readonly string[] | undefined,
  newFrom: Date,
): Promise<Awaited<ReturnType<Findings['ages']>>> {
  const rows = await standing
    .select([
      answering.as('owner'),
      sql<number>`count(*) filter (where since >= ${newFrom})`.as('fresh'),
      sql<Date>`min(since)`.as('oldest'),
    ])
    .where(isOneOf('environment', environments))
    .where(countsAs, 'in', ['conflicts', 'violates', 'undecided'])
    .where(answering, 'is not', null)
    .groupBy(answering)
    .orderBy('owner')
    .execute()
  return rows.map(({ owner, fresh, oldest }) => ({ owner, fresh, oldest: oldest.toISOString() }))
}

/** The findings that stood in each of some weeks, by rule; each counts once a week, however often it came back. */
export async function ruleWeeks(
  db: Executor,
  asked: { readonly workspace: string; readonly environment: string; readonly until: Date; readonly weeks: number },
): Promise<readonly RuleWeeks[]> {
  const { workspace, environment, until, weeks } = asked
  const from = new Date(until.getTime() - weeks * weekSeconds * 1000)
  const rows = await db
    .with('violations', (base) =>
      base
        .selectFrom('spans')
        .innerJoin('checks', (join) =>
          join.onRef('checks.workspace', '=', 'spans.workspace').onRef('checks.number', '=', 'spans.from_check'),
        )
        .select(['spans.rule', 'spans.fingerprint', 'checks.at as begun'])
        .select(sql<Date>`least(coalesce(spans.until_at, ${until}), ${until})`.as('ended'))
        .where('spans.workspace', '=', workspace)
        .where('spans.environment', '=', environment)
        .where('spans.outcome', 'in', ['violates', 'conflicts'])
        .where('spans.exempted', '=', false)
        .where('checks.at', '<=', until)
        .where((span) => span.or([span('spans.until_at', 'is', null), span('spans.until_at', '>', from)])),
    )
    .selectFrom('violations')
    .innerJoin(sql<{ week: number }>`generate_series(0, ${sql.lit(weeks - 1)})`.as<'weeks'>(sql`weeks(week)`), (join) =>
      join.on(
        sql<SqlBool>`begun <= ${from}::timestamptz + (week + 1) * interval '7 days' and ended >= ${from}::timestamptz + week * interval '7 days'`,
      ),
    )
    .select(['rule', 'weeks.week'])
    .select([sql<number>`count(distinct fingerprint)`.as('count'), sql<Date>`max(ended)`.as('last')])
    .groupBy(['rule', 'weeks.week'])
    .orderBy('rule')
    .orderBy('weeks.week')
    .execute()
  const byRule = new Map<string, { readonly counts: number[]; last: Date }>()
  for (const { rule, week, count, last } of rows) {
    const known = byRule.get(rule) ?? { counts: Array.from({ length: weeks }, () => 0), last }
    known.counts[week] = count
    if (last > known.last) known.last = last
    byRule.set(rule, known)
  }
  return [...byRule].map(([rule, { counts, last }]) => ({ rule, counts, last: last.toISOString() }))
}
