import { type SqlBool, sql } from 'kysely'
import { compareText } from '../../model/order.ts'
import type { StoredSnapshot } from '../../model/stored-snapshot.ts'
import { sha256 } from '../../model/sha256.ts'
import { fromColumn, moment, toColumn } from '../columns.ts'
import { isValue, notAfter, notBefore } from '../conditions.ts'
import type { Executor } from '../executor.ts'
import { beyond, pageOf, readCursor } from '../paging.ts'
import type { SnapshotFilter, Snapshots } from '../store.ts'

/** In the column of environments: about every one. */
const everyEnvironment = ''
/** In the column of what is covered: everything. */
const everything = ''

const newestFirst = [
  { column: 'received_at', direction: 'desc', holds: 'time' },
  { column: 'id', direction: 'desc', holds: 'number' },
] as const

export function snapshots(db: Executor): Snapshots {
  const of = (workspace: string) => db.selectFrom('snapshots').where('workspace', '=', workspace)
  return {
    record: (workspace, snapshot) => record(db, workspace, snapshot),
    list: async (workspace, filter, page) => {
      const question = JSON.stringify(['snapshots', workspace, filter])
      const rows = await of(workspace)
        .select(['id', 'received_at', 'snapshot'])
        .where(isAbout(filter.environment))
        .where(isValue('observer', filter.observer))
        .where(notBefore('observed_at', filter.observedFrom))
        .where(notAfter('observed_at', filter.observedUntil))
        .where(notAfter('received_at', filter.receivedUntil))
        .where(beyond(newestFirst, readCursor(page, question, newestFirst)))
        .orderBy('received_at', 'desc')
        .orderBy('id', 'desc')
        .limit(page.limit + 1)
        .execute()
      return pageOf(rows, page, question, {
        item: ({ snapshot }) => fromColumn(snapshot),
        key: (row) => [row.received_at.toISOString(), row.id],
      })
    },
    candidates: (workspace, environment, until) => candidates(db, workspace, environment, until),
    find: async (workspace, which) => {
      const row =
        'digest' in which
          ? await of(workspace).select('snapshot').where('digest', '=', which.digest).limit(1).executeTakeFirst()
          : await of(workspace)
              .select('snapshot')
              .where('environment', '=', which.environment ?? everyEnvironment)
              .where('observer', '=', which.observer)
              .where('sequence', '=', which.sequence)
              .executeTakeFirst()
      return row && fromColumn(row.snapshot)
    },
    newest: async (workspace, environment, observer) => {
      const row = await of(workspace)
        .select('snapshot')
        .where('environment', '=', environment ?? everyEnvironment)
        .where('observer', '=', observer)
        .orderBy('sequence', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && fromColumn(row.snapshot)
    },
    observers: (workspace, environment, until) => observers(db, workspace, environment, until?.receivedUntil),
  }
}

function isAbout(environment: string | undefined) {
  return environment === undefined
    ? sql<SqlBool>`true`
    : sql<SqlBool>`environment in (${everyEnvironment}, ${environment})`
}

async function record(
  db: Executor,
  workspace: string,
  snapshot: StoredSnapshot,
): Promise<'recorded' | 'same' | 'different'> {
  const { observer, sequence, digest } = snapshot
  const stream = {
    workspace,
    environment: snapshot.environment ?? everyEnvironment,
    observer,
    covers: snapshot.covers === undefined ? everything : sha256(JSON.stringify([...snapshot.covers].sort(compareText))),
  }
  await db
    .insertInto('snapshot_streams')
    .values(stream)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const made = await db
    .insertInto('snapshots')
    .values({
      ...stream,
      sequence,
      observed_at: moment(snapshot.observedAt),
      received_at: moment(snapshot.receivedAt),
      digest,
      snapshot: toColumn(snapshot),
    })
    .onConflict((conflict) => conflict.columns(['workspace', 'environment', 'observer', 'sequence']).doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows === 1n) return 'recorded'
  const there = await snapshots(db).find(workspace, { environment: snapshot.environment, observer, sequence })
  return there?.digest === digest ? 'same' : 'different'
}

/** The newest of each stream, that is of each observer and what it covered; those before its newest of everything are superseded. */
async function candidates(
  db: Executor,
  workspace: string,
  environment: string,
  until: Pick<SnapshotFilter, 'observedUntil' | 'receivedUntil'>,
): Promise<readonly StoredSnapshot[]> {
  const rows = await db
    .selectFrom('snapshot_streams as stream')
    .innerJoinLateral(
      (inner) =>
        inner
          .selectFrom('snapshots')
          .select(['snapshots.sequence', 'snapshots.snapshot'])
          .whereRef('snapshots.workspace', '=', 'stream.workspace')
          .whereRef('snapshots.environment', '=', 'stream.environment')
          .whereRef('snapshots.observer', '=', 'stream.observer')
          .whereRef('snapshots.covers', '=', 'stream.covers')
          .where(notAfter('snapshots.observed_at', until.observedUntil))
          .where(notAfter('snapshots.received_at', until.receivedUntil))
          .orderBy('snapshots.sequence', 'desc')
          .limit(1)
          .as('newest'),
      (join) => join.onTrue(),
    )
    .select(['stream.environment', 'stream.observer', 'stream.covers', 'newest.sequence', 'newest.snapshot'])
    .where('stream.workspace', '=', workspace)
    .where('stream.environment', 'in', [everyEnvironment, environment])
    .orderBy('stream.observer')
    .orderBy('newest.sequence')
    .orderBy('stream.environment')
    .execute()
  const reporter = (row: (typeof rows)[number]): string => JSON.stringify([row.environment, row.observer])
  const whole = new Map(rows.filter(({ covers }) => covers === everything).map((row) => [reporter(row), row.sequence]))
  return rows
    .filter((row) => row.sequence >= (whole.get(reporter(row)) ?? row.sequence))
    .map(({ snapshot }) => fromColumn(snapshot))
}

async function observers(
  db: Executor,
  workspace: string,
  environment: string | undefined,
  receivedUntil: Date | undefined,
): Promise<readonly (StoredSnapshot & { readonly snapshots: number })[]> {
  const rows = await db
    .with('reporters', (base) =>
      base
        .selectFrom('snapshot_streams')
        .select(['observer', 'environment'])
        .distinct()
        .where('workspace', '=', workspace)
        .where(isAbout(environment)),
    )
    .selectFrom('reporters')
    .select((reporter) => {
      const own = reporter
        .selectFrom('snapshots')
        .where('snapshots.workspace', '=', workspace)
        .whereRef('snapshots.environment', '=', 'reporters.environment')
        .whereRef('snapshots.observer', '=', 'reporters.observer')
        .where(notAfter('snapshots.received_at', receivedUntil))
      return [
        own.select('snapshots.snapshot').orderBy('snapshots.sequence', 'desc').limit(1).as('newest'),
        own.select(sql<number>`count(*)`.as('count')).as('snapshots'),
      ]
    })
    .orderBy('observer')
    .orderBy('environment')
    .execute()
  return rows.flatMap(({ newest, snapshots: many }) =>
    newest === null ? [] : [{ ...fromColumn(newest), snapshots: many ?? 0 }],
  )
}
