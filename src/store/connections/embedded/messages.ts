/** What the thread of the embedded database is told; each gets one answer of the same number. */
export type EmbeddedRequest =
  | { readonly id: number; readonly kind: 'query'; readonly text: string; readonly values?: readonly unknown[] }
  | { readonly id: number; readonly kind: 'close' }

export type EmbeddedAnswer =
  | { readonly kind: 'answer'; readonly id: number; readonly rows: readonly unknown[]; readonly affected: number }
  | { readonly kind: 'error'; readonly id: number; readonly message: string; readonly code: string }
  | { readonly kind: 'notification'; readonly channel: string; readonly detail: string }
  /** The database is open: what was asked before is answered from now on. */
  | { readonly kind: 'open' }
  | { readonly kind: 'failed'; readonly message: string }

/** What the thread starts with. */
export interface EmbeddedStart {
  /** Absent: in memory. */
  readonly folder?: string
  /** Whether there is nothing yet, and where templates of empty databases are kept. */
  readonly fresh?: { readonly templates?: string }
}
