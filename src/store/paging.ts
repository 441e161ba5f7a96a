import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { Fault } from '../errors.ts'
import { sha256 } from '../model/sha256.ts'
import { earliest } from './columns.ts'
import type { Page, PageRequest } from './store.ts'

/** A column by which rows are sorted; all of them together are different for every row. */
export interface SortColumn {
  readonly column: string
  readonly direction: 'asc' | 'desc'
  readonly holds: 'text' | 'number' | 'time'
}

/** The values of the sorting columns; a time as RFC 3339. */
export type Key = readonly (string | number)[]

/** What a cursor holds: where the page before ended, and what the question was. */
export interface Cursor {
  readonly key: Key
  /** What must stay the same for all pages: the number of the newest check, say. */
  readonly pinned?: number
}

/**
 * Reads the cursor of a page of rows in this order; `question` is any text that is the same for the same question. A Fault CURSOR_INVALID
 * if it is another's.
 */
export function readCursor(page: PageRequest, question: string, order: readonly SortColumn[]): Cursor | undefined {
  if (page.cursor === undefined) return undefined
  const [digest, key, pinned] = unpacked(page.cursor)
  const fits = digest === digestOf(question) && Array.isArray(key) && key.length === order.length
  if (fits && key.every((part, index) => isOf(order[index], part))) return { key, ...(isWhole(pinned) && { pinned }) }
  throw new Fault(
    'CURSOR_INVALID',
    'the cursor belongs to no such question; take `next` of the page before as it is, or leave it out for the first page',
  )
}

/** One page of rows that were fetched with a limit of one more than the page holds. */
export function pageOf<R, T>(
  rows: readonly R[],
  page: PageRequest,
  question: string,
  shape: { readonly item: (row: R) => T; readonly key: (row: R) => Key; readonly pinned?: number },
): Page<T> {
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  if (rows.length <= page.limit || last === undefined) return { items: shown.map(shape.item) }
  const cursor = [digestOf(question), shape.key(last), ...(shape.pinned === undefined ? [] : [shape.pinned])]
  return { items: shown.map(shape.item), next: Buffer.from(JSON.stringify(cursor)).toString('base64url') }
}

/** A condition: whether a row comes after where the page before ended, in the order of these columns. */
export function beyond(columns: readonly SortColumn[], cursor: Cursor | undefined): RawBuilder<SqlBool> {
  if (cursor === undefined) return sql<SqlBool>`true`
  const { key } = cursor
  const ways = columns.map(({ column, direction }, index) => {
    const equal = columns.slice(0, index).map((before, at) => sql`${sql.ref(before.column)} = ${key[at]}`)
    const further = sql`${sql.ref(column)} ${sql.raw(direction === 'asc' ? '>' : '<')} ${key[index]}`
    return sql`(${sql.join([...equal, further], sql` and `)})`
  })
  return sql<SqlBool>`(${sql.join(ways, sql` or `)})`
}

/** Whoever asks may have written it himself. */
function unpacked(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}

function isOf(sort: SortColumn | undefined, part: unknown): part is string | number {
  if (sort?.holds === 'number') return isWhole(part)
  if (typeof part !== 'string' || part.includes('\u0000')) return false
  return sort?.holds === 'text' || (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(part) && Date.parse(part) >= earliest.getTime())
}

function isWhole(part: unknown): part is number {
  return Number.isSafeInteger(part)
}

function digestOf(question: string): string {
  return sha256(question).slice(0, 16)
}
