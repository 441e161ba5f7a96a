/** One way to a PostgreSQL database: a server, or the embedded one. Rejects with a Fault STORE_UNAVAILABLE where it cannot be reached. */
export interface Connection {
  /** A session of one's own until it is released; where there is only one, others wait. */
  session(): Promise<Session>
  /** Calls back with what is notified on a channel; with an empty detail when some may have been missed. Answers how to stop. */
  listen(channel: string, heard: (detail: string) => void): Promise<() => Promise<void>>
  /** Waits for sessions in use. */
  close(): Promise<void>
}

/** Statements one after another, in a transaction of one's own if one is begun. */
export interface Session {
  /**
   * Columns come as number (also int8), string, boolean, Date (timestamptz), Uint8Array (bytea). Without values it may be several
   * statements: then all their rows.
   */
  query(text: string, values?: readonly unknown[]): Promise<SqlAnswer>
  /** `broken`: what state it is in is not known, and nobody gets it again. */
  release(broken?: 'broken'): void
}

export interface SqlAnswer {
  readonly rows: readonly unknown[]
  readonly affected: number
}
