import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { Fault } from '../errors.ts'
import { sha256 } from './columns.ts'
import type { Page, PageRequest } from './store.ts'

/** A column by which rows are sorted; all of them together are different for every row. */
export interface SortColumn {
  readonly column: string
  readonly direction: 'asc' | 'desc'
}

/** The values of the sorting columns; a moment as RFC 3339. */
export type Key = readonly (string | number)[]

/** What a cursor holds: where the page before ended, and what the question was. */
export interface Cursor {
  readonly key: Key
  /** What must stay the same for all pages: the number of the newest check, say. */
  readonly pinned?: number
}

/** Reads the cursor of a page; `question` is any text that is the same for the same question. A Fault CURSOR_INVALID if it is another's. */
export function readCursor(page: PageRequest, question: string): Cursor | undefined {
  if (page.cursor === undefined) return undefined
  try {
    const [digest, key, pinned]: unknown[] = JSON.parse(Buffer.from(page.cursor, 'base64url').toString())
    if (digest === digestOf(question) && Array.isArray(key) && key.every(isKeyPart))
      return { key, ...(typeof pinned === 'number' && { pinned }) }
  } catch {
    // Whatever it is, it is none of ours.
  }
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

function isKeyPart(part: unknown): part is string | number {
  return typeof part === 'string' || (typeof part === 'number' && Number.isFinite(part))
}

function digestOf(question: string): string {
  return sha256(question).slice(0, 16)
}
