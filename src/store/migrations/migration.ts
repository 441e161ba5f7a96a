/** One step from a version of the tables to the next; never changed once released. */
export interface Migration {
  /** Its number and what it brings, as its file is named. */
  readonly name: string
  /** Statements for PostgreSQL 15, run together in one transaction. */
  readonly sql: string
}
