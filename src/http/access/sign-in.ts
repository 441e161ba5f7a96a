import { Fault } from '../../errors.ts'
import type { Subject } from '../../model/access.ts'
import { csrfOf, type Session } from '../../model/session.ts'
import { isTokenSecret, secretDigest, tokenId } from '../../model/token.ts'
import type { Service } from '../../service.ts'
import type { ServerAccess } from './access.ts'
import type { HeaderFields } from './loopback.ts'
import { requireOwnPage } from './own-pages.ts'
import type { Cookie } from './session-cookie.ts'

/** The ways by which a browser may sign in; none: there is nothing to sign in to, as whoever asks from this machine may do everything. */
export type Way = 'token' | 'provider'

/** A browser that is signed in from now on. */
export interface SignedIn {
  readonly subject: Subject
  /** For `Set-Cookie`. */
  readonly cookie: string
}

/** How browsers sign in and out. */
export interface SignIn {
  ways(): Promise<readonly Way[]>
  /** By a token that the server believes. Rejects with UNAUTHENTICATED; FORBIDDEN where a page of another site asks for it. */
  byToken(token: string, asked: SignInRequest): Promise<SignedIn>
  /** By the word of an identity provider. */
  byProvider(subject: Subject, asked: SignInRequest): Promise<SignedIn>
  /** Ends the session of a request; answers the `Set-Cookie` that has the browser forget it. */
  out(subject: Subject, asked: SignInRequest): Promise<string>
}

export interface SignInRequest {
  readonly headers: HeaderFields
  readonly id: string
}

export interface SignInOptions {
  readonly access: Pick<ServerAccess, 'subjectOf' | 'needsToken'>
  readonly service: Pick<Service, 'beginSession' | 'endSession'>
  readonly cookie: Cookie
  /** Whether an identity provider is configured that people may be sent to. */
  readonly provider: boolean
  /** Where people see the pages, where that is known. */
  readonly pages?: string
  readonly clock: () => Date
}

/** Signs browsers in and out; what they keep is a cookie that no script reads. */
export function createSignIn({ access, service, cookie, provider, pages, clock }: SignInOptions): SignIn {
  const end = async (by: string, { headers, id }: SignInRequest): Promise<void> => {
    const secret = cookie.read(headers)
    if (secret !== undefined) await service.endSession({ secret, asker: { by, request: id } })
  }
  const begin = async (
    { name, scopes, until }: Subject,
    source: Session['source'],
    asked: SignInRequest,
  ): Promise<SignedIn> => {
    // A browser has one session.
    await end(name, asked)
    const { session, secret } = await service.beginSession({
      name,
      source,
      request: asked.id,
      ...(until === undefined ? {} : { until }),
    })
    const seconds = (Date.parse(session.endsAt) - clock().getTime()) / 1000
    return {
      subject: { name, scopes, until: session.endsAt, session: { csrf: csrfOf(secret) } },
      cookie: cookie.keep(secret, seconds),
    }
  }
  return {
    ways: async () => {
      if (!(await access.needsToken())) return []
      return provider ? ['provider', 'token'] : ['token']
    },
    byToken: async (token, asked) => {
      requireOwnPage(asked.headers, pages)
      if (!(await access.needsToken()))
        throw new Fault(
          'UNAUTHENTICATED',
          'this server has no tokens: whoever asks from this machine may do everything',
        )
      const subject = await access.subjectOf({ headers: { authorization: `Bearer ${token}` } }, 'token')
      const source: Session['source'] = isTokenSecret(token)
        ? { kind: 'token', id: tokenId(secretDigest(token)) }
        : { kind: 'provider', scopes: subject.scopes }
      return begin(subject, source, asked)
    },
    byProvider: (subject, asked) => begin(subject, { kind: 'provider', scopes: subject.scopes }, asked),
    out: async (subject, asked) => {
      await end(subject.name, asked)
      return cookie.forget
    },
  }
}
