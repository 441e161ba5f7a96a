import { Fault } from '../../errors.ts'
import type { Subject } from '../../model/access.ts'
import { csrfOf, idleMs, usedEveryMs } from '../../model/session.ts'
import { secretDigest } from '../../model/token.ts'
import type { Sessions, Tokens } from '../../store/store.ts'
import type { HeaderFields } from './loopback.ts'
import { requireCsrf, requireOwnPage } from './own-pages.ts'
import { type Believed, remembered } from './remembered.ts'
import type { Cookie } from './session-cookie.ts'
import { believedMs, subjectOfStored } from './static-tokens.ts'

/** What browsers that are signed in are known by. */
export interface SessionsOptions {
  readonly sessions: Pick<Sessions, 'find' | 'use'>
  readonly tokens: Pick<Tokens, 'find'>
  readonly cookie: Cookie
  /** Where people see the pages, where that is known. */
  readonly pages?: string
  readonly clock: () => Date
}

/** Whose the session of a request is; undefined where it has none. */
export type SubjectOfSession = (head: {
  readonly headers: HeaderFields
  readonly method?: string
}) => Subject | Promise<Subject> | undefined

const mostRemembered = 10_000

/**
 * Knows browsers by their cookie. A session ends with its token, when nobody used it for long, or at its end: UNAUTHENTICATED. What may
 * change something must come from a page of ours, and show that: FORBIDDEN.
 */
export function createSessions(options: SessionsOptions): SubjectOfSession {
  const { cookie, pages, clock } = options
  const now = (): number => clock().getTime()
  const known = remembered((secret) => subjectOfSession(secret, options, now()), { most: mostRemembered, now })
  const guarded = (headers: HeaderFields, subject: Subject): Subject => {
    requireOwnPage(headers, pages)
    requireCsrf(headers, subject.session?.csrf ?? '')
    return subject
  }
  return ({ headers, method }) => {
    const secret = cookie.read(headers)
    if (secret === undefined) return undefined
    const subject = known(secret)
    if (method === 'GET' || method === 'HEAD') return subject
    return subject instanceof Promise ? subject.then((found) => guarded(headers, found)) : guarded(headers, subject)
  }
}

async function subjectOfSession(
  secret: string,
  { sessions, tokens }: SessionsOptions,
  now: number,
): Promise<Believed<Subject>> {
  const digest = secretDigest(secret)
  const found = await sessions.find(digest)
  if (found === undefined) throw new Fault('UNAUTHENTICATED', 'the session has ended: sign in again')
  const { session, usedAt } = found
  const ends = Math.min(Date.parse(session.endsAt), Date.parse(usedAt) + idleMs)
  if (ends <= now) throw ended(new Date(ends).toISOString())
  const { value, until } = await vouched(session, tokens, now)
  if (now - Date.parse(usedAt) >= usedEveryMs) await sessions.use(digest, new Date(now).toISOString())
  const { name, scopes } = value
  const subject: Subject = { name, scopes, until: session.endsAt, session: { csrf: csrfOf(secret) } }
  return { value: subject, until: Math.min(until, ends) }
}

async function vouched(
  { name, source }: NonNullable<Awaited<ReturnType<Sessions['find']>>>['session'],
  tokens: Pick<Tokens, 'find'>,
  now: number,
): Promise<Believed<Subject>> {
  if (source.kind === 'provider') return { value: { name, scopes: source.scopes }, until: now + believedMs }
  const found = await tokens.find(source.id)
  if (found === undefined)
    throw new Fault('UNAUTHENTICATED', 'the token of the session is not known any more: sign in again')
  return subjectOfStored(found.token, now)
}

function ended(since: string): Fault {
  return new Fault('UNAUTHENTICATED', `the session ended at ${since}: sign in again`, { details: { since } })
}
