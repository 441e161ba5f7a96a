/** What a stored snapshot says of itself, without its state. */
export interface StoredSnapshot {
  /** Absent: it is about every environment. */
  readonly environment?: string
  readonly observer: string
  /** The observer's own counter. */
  readonly sequence: number
  /** RFC 3339, the observer's own clock. */
  readonly observedAt: string
  /** RFC 3339, the server's clock: when we learned of it. */
  readonly receivedAt: string
  /** The newest sequence of other observers that this one had seen. */
  readonly seen: Readonly<Record<string, number>>
  /** Path patterns that were looked at completely; absent: everything. */
  readonly covers?: readonly string[]
  readonly refused: readonly { readonly path: string; readonly reason: string }[]
  /** Of the text that is kept: the snapshot document as JSON, sensitive values masked. */
  readonly digest: string
  /** Bytes of that text. */
  readonly size: number
  /** Who sent it. */
  readonly by: string
}
