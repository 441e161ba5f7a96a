// What a pool and its worker threads say to each other. The first message to a worker is `boot`; then one `ask` at a time.

/**
 * To a worker: what it needs to start (a compiled module) and whether nothing waits for it yet, or a request.
 */
export type ToWorker = { readonly boot: unknown; readonly early: boolean } | { readonly ask: string }

/** From whatever answers for a member of a pool. After `died` it is of no use and waits to be ended. */
export type FromRunner =
  | { readonly kind: 'ready'; readonly hello: string }
  | { readonly kind: 'answer'; readonly text: string; readonly bytes: number }
  | { readonly kind: 'died'; readonly death: Death }

/** Why a worker ended, or is to be ended. */
export interface Death {
  readonly kind: 'deadline' | 'memory' | 'crashed' | 'cancelled' | 'closed' | 'recycled'
  /** One line, in the words of whoever noticed. */
  readonly detail: string
  /** What the dying engine wrote; for the cause of a fault, never for a user's terminal. */
  readonly output?: string
}
