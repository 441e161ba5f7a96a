import type { EventKind, WorkspaceEvent } from '../../../model/event.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { knownWorkspace } from '../stored-workspace.ts'

/** What one who follows is told: an event; that some are no longer kept; that nothing happened for a while. */
export type Told =
  | { readonly kind: 'event'; readonly event: WorkspaceEvent }
  /** Those after `after` and before `next` are gone: what is shown is to be read anew. */
  | { readonly kind: 'lost'; readonly after: number; readonly next: number }
  | { readonly kind: 'quiet' }

/** Who follows what. */
export interface FollowInput {
  readonly workspace: string
  /** The last event that was heard; default: only what happens from now on. */
  readonly after?: number
  readonly kinds?: readonly EventKind[]
  /** Milliseconds after which it is said that nothing happened. */
  readonly quietMs: number
  readonly signal: AbortSignal
}

const atOnce = 100

/**
 * Tells what happens in a workspace, in order and without gaps, from whichever replica; nothing is read ahead of the one who listens. Ends
 * with the signal, or when the workspace is deleted. Rejects with WORKSPACE_NOT_FOUND.
 */
export async function followEvents(
  { store }: Pick<StoredDependencies, 'store'>,
  input: FollowInput,
): Promise<AsyncIterable<Told>> {
  const { workspace } = input
  await knownWorkspace(store, workspace)
  // Where to begin is settled before the answer begins, so that nothing that happens from then on is missed.
  return follow(store, input, await beginning(store, input))
}

interface Beginning {
  readonly after: number
  readonly lost?: Extract<Told, { readonly kind: 'lost' }>
}

async function beginning(
  { events }: StoredDependencies['store'],
  { workspace, after }: FollowInput,
): Promise<Beginning> {
  const newest = await events.newest(workspace)
  if (after === undefined) return { after: newest }
  const oldest = (await events.oldest(workspace)) ?? newest + 1
  const isKept = after <= newest && after >= oldest - 1
  if (isKept) return { after }
  const next = after > newest ? newest + 1 : oldest
  return { after: next - 1, lost: { kind: 'lost', after, next } }
}

async function* follow(
  store: StoredDependencies['store'],
  { workspace, kinds, quietMs, signal }: FollowInput,
  { after, lost }: Beginning,
): AsyncGenerator<Told> {
  const bell = createBell(signal)
  const stop = await store.listen('events', (name) => {
    if (name === workspace || name === '') bell.ring()
  })
  try {
    if (lost !== undefined) yield lost
    for (let last = after; !signal.aborted;) {
      const events = await store.events.after(workspace, last, atOnce, kinds)
      for (const event of events) {
        yield { kind: 'event', event }
        last = event.event
      }
      if (events.length === atOnce || (await bell.heard(quietMs))) continue
      if (signal.aborted || (await store.workspaces.find(workspace)) === undefined) return
      if ((await store.events.newest(workspace)) < last) {
        // It was deleted and made again, and counts from one.
        yield { kind: 'lost', after: last, next: 1 }
        last = 0
      } else yield { kind: 'quiet' }
    }
  } finally {
    await stop()
  }
}

/** Rings that come while nobody waits are heard by the next who does. */
function createBell(signal: AbortSignal): { ring(): void; heard(withinMs: number): Promise<boolean> } {
  let rung = false
  let wake: (() => void) | undefined
  return {
    ring: () => {
      rung = true
      wake?.()
    },
    heard: async (withinMs) => {
      if (!rung && !signal.aborted)
        await new Promise<void>((resolve) => {
          const end = (): void => {
            clearTimeout(timer)
            signal.removeEventListener('abort', end)
            wake = undefined
            resolve()
          }
          const timer = setTimeout(end, withinMs)
          signal.addEventListener('abort', end, { once: true })
          wake = end
        })
      const was = rung
      rung = false
      return was
    },
  }
}
