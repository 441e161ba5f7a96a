import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { moment, searchable } from './columns.ts'

type Condition = RawBuilder<SqlBool>

/** Whether a column is that value; without one, every row will do. */
export function isValue(column: string, value: string | boolean | undefined): Condition {
  if (value === undefined) return anything
  return sql<SqlBool>`${sql.ref(column)} = ${typeof value === 'string' ? searchable(value) : value}`
}

/** Whether a column is one of the values; without any list, every row will do. */
export function isOneOf(column: string, values: readonly string[] | undefined): Condition {
  return values === undefined ? anything : sql<SqlBool>`${sql.ref(column)} = any(${values.map(searchable)}::text[])`
}

/** Whether a time is that moment or before; without one, every row will do. */
export function notAfter(column: string, time: Date | undefined): Condition {
  return time === undefined ? anything : sql<SqlBool>`${sql.ref(column)} <= ${moment(time)}`
}

/** Whether a time is that moment or after; without one, every row will do. */
export function notBefore(column: string, time: Date | undefined): Condition {
  return time === undefined ? anything : sql<SqlBool>`${sql.ref(column)} >= ${moment(time)}`
}

const anything = sql<SqlBool>`true`
