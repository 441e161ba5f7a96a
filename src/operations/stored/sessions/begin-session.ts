import { longestMs, type Session, sessionSecret } from '../../../model/session.ts'
import { secretDigest } from '../../../model/token.ts'
import type { StoredDependencies } from '../dependencies.ts'

/** For whom a session is to begin, and what vouches for them. */
export interface SessionRequest {
  readonly name: string
  readonly source: Session['source']
  /** RFC 3339; when what vouches for it ends by itself. */
  readonly until?: string
  /** The identifier of the request. */
  readonly request: string
}

/** A session just begun; its secret is said this once. */
export interface BegunSession {
  readonly session: Session
  readonly secret: string
}

/** Begins a session and notes it in the audit log. It ends with what vouches for it, and not later than sessions do. */
export async function beginSession(
  { store, clock, random }: Pick<StoredDependencies, 'store' | 'clock' | 'random'>,
  { name, source, until, request }: SessionRequest,
): Promise<BegunSession> {
  const now = clock()
  const latest = now.getTime() + longestMs[source.kind]
  const ends = until === undefined ? latest : Math.min(latest, Date.parse(until))
  const session: Session = {
    name,
    source,
    createdAt: now.toISOString(),
    endsAt: new Date(ends).toISOString(),
  }
  const secret = sessionSecret(random())
  await store.transaction(async (tables) => {
    await tables.sessions.add(session, secretDigest(secret))
    await tables.audit.append({ at: session.createdAt, by: name, action: 'sign in', request })
  })
  return { session, secret }
}
