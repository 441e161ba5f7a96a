import type { EventKind } from './event.ts'

/** Where a workspace's events are sent. */
export interface StoredWebhook {
  readonly name: string
  readonly url: string
  /** Which kinds of events; absent: every one. */
  readonly events?: readonly EventKind[]
  /** Signs what is sent; never shown again. */
  readonly secret: string
  readonly createdAt: string
}
