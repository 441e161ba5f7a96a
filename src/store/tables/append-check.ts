import { type SqlBool, sql } from 'kysely'
import type { CheckChange, CheckRecord } from '../../model/check-record.ts'
import { countedAs, type Finding } from '../../model/finding.ts'
import { type Json, fromColumn, moment, toColumn } from '../columns.ts'
import type { Executor } from '../executor.ts'
import { type RelativeFinding, absoluteIn, relativeTo } from '../spans/cut-relative.ts'
import { layFindings } from '../spans/lay-findings.ts'
import { spanContent } from '../spans/span-content.ts'
import type { AppendedCheck, Checks } from '../store.ts'
import { nextNumber } from './counters.ts'

const rowsAtOnce = 500

type CheckDraft = Parameters<Checks['append']>[0]

/** Numbers and keeps a check; its findings open, change and close spans. */
export async function appendCheck(
  tx: Executor,
  draft: CheckDraft,
  findings: readonly Finding[] | undefined,
): Promise<AppendedCheck> {
  const { workspace, environment } = draft
  const { number, at } = await nextNumber(tx, workspace, 'last_check', draft.at)
  const newest = tx
    .selectFrom('checks')
    .select('record')
    .where('workspace', '=', workspace)
    .where('environment', '=', environment)
    .orderBy('number', 'desc')
    .limit(1)
  const before = toRecord(await newest.executeTakeFirst())
  // Only a check without a fault tells what stood.
  const last = toRecord(await newest.where(sql<SqlBool>`not faulted`).executeTakeFirst())
  const since = draft.since === draft.at ? at : draft.since
  const check = { ...draft, check: number, at, since }
  const change = findings === undefined ? unchanged : await layOver(tx, check, findings, last)
  const { byOutcome } = draft.counts
  const record: CheckRecord = {
    ...check,
    change: changeOf(change, byOutcome.undecided, findings !== undefined),
  }
  await tx
    .insertInto('checks')
    .values({
      workspace,
      number,
      environment,
      at: moment(at),
      faulted: findings === undefined,
      record: toColumn(record),
    })
    .execute()
  return { record, ...(before !== undefined && { before }), ...change }
}

const mostPaths = 3

function changeOf({ opened, reopened, resolved }: Change, undecided: number, isTold: boolean): CheckChange {
  const added = [...opened, ...reopened]
  const change = { added: added.length, gone: resolved.length, undecided }
  if (!isTold) return change
  const addedAs = { conflicts: 0, violates: 0, undecided: 0, none: 0, exempted: 0 }
  for (const finding of added) addedAs[countedAs(finding)] += 1
  const paths = new Set((added.length > 0 ? added : resolved).map(({ at }) => at))
  return { ...change, addedAs, paths: [...paths].slice(0, mostPaths) }
}

type Change = Pick<AppendedCheck, 'opened' | 'reopened' | 'resolved'>
type Numbered = CheckDraft & Pick<CheckRecord, 'check'>

const unchanged: Change = { opened: [], reopened: [], resolved: [] }

async function layOver(
  tx: Executor,
  check: Numbered,
  findings: readonly Finding[],
  last: CheckRecord | undefined,
): Promise<Change> {
  const spans = tx
    .selectFrom('spans')
    .where('workspace', '=', check.workspace)
    .where('environment', '=', check.environment)
  const standing = await spans
    .select(['id', 'fingerprint', 'digest', 'episode', 'first_seen', 'since', 'since_check'])
    .where('until_check', 'is', null)
    .execute()
  const relative = relativeTo(check.snapshots)
  const laid = layFindings(
    standing,
    findings.map((finding) => ({ finding, ...spanContent(finding, relative(finding)) })),
  )
  const resolved = await contents(tx, laid.gone, absoluteIn(last?.snapshots ?? []))
  await close(tx, [...laid.gone, ...laid.changed.map(({ before }) => before)], check, last?.check ?? null)
  const ended = await spans
    .select(['fingerprint', sql<number>`max(episode)`.as('episode'), sql<Date>`min(first_seen)`.as('first_seen')])
    .where('fingerprint', '=', sql<string>`any(${laid.come.map(({ fingerprint }) => fingerprint)}::text[])`)
    .groupBy('fingerprint')
    .execute()
  const episodes = new Map(ended.map((row) => [row.fingerprint, row]))
  const now = moment(check.at)
  const { workspace, environment, check: number } = check
  const span = { workspace, environment, from_check: number, last_check: null, until_check: null, until_at: null }
  const opening = [
    ...laid.changed.map(({ before, now: { finding: _, ...content } }) => {
      const { episode, first_seen, since, since_check } = before
      return { ...span, ...content, episode, first_seen, since, since_check }
    }),
    ...laid.come.map(({ finding: _, ...content }) => {
      const earlier = episodes.get(content.fingerprint)
      const begun = { since: now, since_check: number, first_seen: earlier?.first_seen ?? now }
      return { ...span, ...content, ...begun, episode: (earlier?.episode ?? 0) + 1 }
    }),
  ]
  for (let from = 0; from < opening.length; from += rowsAtOnce)
    await tx
      .insertInto('spans')
      .values(opening.slice(from, from + rowsAtOnce))
      .execute()
  const come = laid.come.map(({ finding }) => finding)
  return {
    opened: come.filter(({ fingerprint }) => !episodes.has(fingerprint)),
    reopened: come.filter(({ fingerprint }) => episodes.has(fingerprint)),
    resolved,
  }
}

interface Closing {
  readonly id: number
}

async function contents(
  tx: Executor,
  gone: readonly Closing[],
  absolute: (finding: RelativeFinding) => Finding,
): Promise<readonly Finding[]> {
  if (gone.length === 0) return []
  const rows = await tx.selectFrom('spans').select('content').where('id', '=', anyOf(gone)).orderBy('place').execute()
  return rows.map(({ content }) => absolute(fromColumn(content)))
}

async function close(tx: Executor, closing: readonly Closing[], check: Numbered, last: number | null): Promise<void> {
  if (closing.length === 0) return
  await tx
    .updateTable('spans')
    .set({ until_check: check.check, until_at: moment(check.at), last_check: last })
    .where('id', '=', anyOf(closing))
    .execute()
}

function anyOf(rows: readonly Closing[]) {
  return sql<number>`any(${rows.map(({ id }) => id)}::int8[])`
}

function toRecord(row: { readonly record: Json<CheckRecord> } | undefined): CheckRecord | undefined {
  return row && fromColumn(row.record)
}
