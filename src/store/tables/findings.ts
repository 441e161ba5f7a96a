import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { CheckRecord } from '../../model/check-record.ts'
import type { TrackedFinding } from '../../model/tracked-finding.ts'
import { fromColumn, searchable } from '../columns.ts'
import { isOneOf, isValue, notAfter, notBefore } from '../conditions.ts'
import type { Executor } from '../executor.ts'
import { type Key, type SortColumn, beyond, pageOf, readCursor } from '../paging.ts'
import { absoluteIn } from '../spans/cut-relative.ts'
import { placePattern } from '../spans/place.ts'
import { inWords } from '../spans/span-content.ts'
import type { FindingFilter, FindingGroup, FindingOrder, Findings } from '../store.ts'
import { findingHistory } from './finding-history.ts'
import { answering, countsAs, findingAges, ruleWeeks } from './finding-trends.ts'

const byPlace = [
  { column: 'environment', direction: 'asc', holds: 'text' },
  { column: 'place', direction: 'asc', holds: 'text' },
  { column: 'fingerprint', direction: 'asc', holds: 'text' },
] as const
const orders: Readonly<Record<FindingOrder, readonly SortColumn[]>> = {
  path: byPlace,
  since: [{ column: 'since', direction: 'desc', holds: 'time' }, ...byPlace],
  severity: [{ column: 'gravity', direction: 'asc', holds: 'number' }, ...byPlace],
}

export function findings(db: Executor): Findings {
  return {
    list: async (workspace, filter, page) => {
      const order = page.order ?? 'path'
      const question = JSON.stringify(['findings', workspace, filter, order, page.at])
      const cursor = readCursor(page, question, orders[order])
      // Later pages show what stood when the first one was asked for.
      const check = cursor?.pinned ?? (await newestCheck(db, workspace, page.at))
      const rows = await standing(db, workspace, check)
        .select(['environment', 'place', 'fingerprint', 'content', 'first_seen', 'since', 'episode', 'gravity'])
        .where(meets(filter))
        .where(beyond(orders[order], cursor))
        .orderBy(sql.join(orders[order].map(({ column, direction }) => sql`${sql.ref(column)} ${sql.raw(direction)}`)))
        .limit(page.limit + 1)
        .execute()
      const environments = new Set(rows.map(({ environment }) => environment))
      const last = await lastChecks(db, workspace, environments, check)
      return pageOf(rows, page, question, {
        item: (row): TrackedFinding => {
          const had = last.get(row.environment)
          return {
            ...absoluteIn(had?.snapshots ?? [])(fromColumn(row.content)),
            firstSeen: row.first_seen.toISOString(),
            since: row.since.toISOString(),
            lastSeen: had?.at ?? row.since.toISOString(),
            reopened: row.episode - 1,
          }
        },
        key: (row) => keys[order](row),
        pinned: check,
      })
    },
    count: async (workspace, filter, by, at) => {
      const group = groupOf(by)
      const rows = await standing(db, workspace, await newestCheck(db, workspace, at))
        .select([group.as('name'), sql<number>`count(*)`.as('count')])
        .where(meets(without(filter, by)))
        .where(group, 'is not', null)
        .groupBy(group)
        .orderBy('count', 'desc')
        .orderBy('name')
        .execute()
      return rows
    },
    ages: async (workspace, environments, newFrom, at) =>
      findingAges(standing(db, workspace, await newestCheck(db, workspace, at)), environments, newFrom),
    weeks: (workspace, environment, until, weeks) => ruleWeeks(db, { workspace, environment, until, weeks }),
    get: async (workspace, fingerprint, environment, at) =>
      findingHistory(db, { workspace, fingerprint, environment, check: await newestCheck(db, workspace, at) }),
  }
}

interface Sorted {
  readonly environment: string
  readonly place: string
  readonly fingerprint: string
  readonly since: Date
  readonly gravity: number
}

const placeKey = (row: Sorted): Key => [row.environment, row.place, row.fingerprint]
const keys: Readonly<Record<FindingOrder, (row: Sorted) => Key>> = {
  path: placeKey,
  since: (row) => [row.since.toISOString(), ...placeKey(row)],
  severity: (row) => [row.gravity, ...placeKey(row)],
}

/** Numbers of checks order all checks of a workspace in time, so that one of them stands for a moment in every environment. */
async function newestCheck(db: Executor, workspace: string, at: Date | undefined): Promise<number> {
  const row = await db
    .selectFrom('checks')
    .select('number')
    .where('workspace', '=', workspace)
    .where(notAfter('at', at))
    .orderBy('at', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.number ?? 0
}

function standing(db: Executor, workspace: string, check: number) {
  return db
    .selectFrom('spans')
    .where('workspace', '=', workspace)
    .where('from_check', '<=', check)
    .where((span) => span.or([span('until_check', 'is', null), span('until_check', '>', check)]))
}

/** The newest check of each environment that told what stands. */
async function lastChecks(
  db: Executor,
  workspace: string,
  environments: Iterable<string>,
  check: number,
): Promise<ReadonlyMap<string, CheckRecord>> {
  const found = new Map<string, CheckRecord>()
  for (const environment of environments) {
    const row = await db
      .selectFrom('checks')
      .select('record')
      .where('workspace', '=', workspace)
      .where('environment', '=', environment)
      .where('number', '<=', check)
      .where(sql<SqlBool>`not faulted`)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (row !== undefined) found.set(environment, fromColumn(row.record))
  }
  return found
}

/** The filter without what it says of a group, so that the other members of the group are counted too. */
function without(filter: FindingFilter, group: FindingGroup): FindingFilter {
  const { [group === 'environment' ? 'environments' : group]: _, ...rest } = filter
  return rest
}

/** What findings are counted by; each standing one counts as one thing only. */
function groupOf(by: FindingGroup): RawBuilder<string> {
  if (by === 'owner') return answering
  return by === 'countsAs' ? countsAs : sql`${sql.ref(by)}`
}

function meets(filter: FindingFilter): RawBuilder<SqlBool> {
  const { owner, team, path, q } = filter
  const conditions = [
    isOneOf('environment', filter.environments),
    isValue('rule', filter.rule),
    isOneOf('kind', filter.kind),
    isValue('outcome', filter.outcome),
    isOneOf('severity', filter.severity),
    isValue('exempted', filter.exempted),
    notBefore('since', filter.since),
  ]
  if (owner !== undefined) conditions.push(sql`${answering} = ${searchable(owner)}`)
  if (filter.countsAs !== undefined) conditions.push(sql`${countsAs} = any(${[...filter.countsAs]}::text[])`)
  if (team !== undefined) conditions.push(sql`(owner = ${searchable(team)} or ${searchable(team)} = any(teams))`)
  if (path !== undefined) conditions.push(sql`place ~ ${placePattern(path)}`)
  if (q !== undefined) conditions.push(sql`strpos(words, ${inWords(q)}) > 0`)
  return sql`(${sql.join(conditions, sql` and `)})`
}
