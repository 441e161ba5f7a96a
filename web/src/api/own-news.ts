/** What tells an event of a proposal from another: what a team says of it, or that it comes into force. */
interface OwnEvent {
  readonly proposal: string
  readonly approval?: { readonly team: string; readonly state: string }
}

/** What the reader is doing: that it happened is no news to them. One each, as it is told once. */
const own = new Set<string>()
const longestOwn = 60_000

/**
 * Notes that an event is about to come of what the reader does; answers how to say that it will not. The event comes before the answer as
 * often as after it.
 */
export function expectOwn(kind: 'proposal' | 'revision', of: OwnEvent): () => void {
  const key = keyOf(kind, of)
  const forget = (): boolean => own.delete(key)
  own.add(key)
  setTimeout(forget, longestOwn)
  return forget
}

function keyOf(kind: string, { proposal, approval }: OwnEvent): string {
  return JSON.stringify([kind, proposal, approval?.team, approval?.state])
}

/** Whether the reader did it; asked once of each event. */
export function isOwn(kind: string, data: string): boolean {
  if (own.size === 0) return false
  try {
    const event = JSON.parse(data) as OwnEvent & { readonly cause?: { readonly proposal?: string } }
    return own.delete(keyOf(kind, kind === 'revision' ? { proposal: event.cause?.proposal ?? '' } : event))
  } catch {
    return false
  }
}
