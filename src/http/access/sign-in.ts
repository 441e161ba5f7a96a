import { Fault } from '../../errors.ts'
import type { Subject } from '../../model/access.ts'
import { csrfOf, type Session } from '../../model/session.ts'
import { isTokenSecret, secretDigest, tokenId } from '../../model/token.ts'
import type { Service } from '../../service.ts'
import type { ServerAccess } from './access.ts'
import type { HeaderFields } from './loopback.ts'
import { begunSignIn, signInSeconds } from './oidc/begun-sign-in.ts'
import { ownAddress } from './oidc/own-address.ts'
import type { Provider } from './oidc/provider.ts'
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

/** Where a browser is sent. */
export interface SentOn {
  readonly location: string
  /** Each for a `Set-Cookie`. */
  readonly cookies: readonly string[]
}

/** How browsers sign in and out. */
export interface SignIn {
  ways(): Promise<readonly Way[]>
  /** By a token that the server believes. Rejects with UNAUTHENTICATED; FORBIDDEN where a page of another site asks for it. */
  byToken(token: string, asked: SignInRequest): Promise<SignedIn>
  /** Sends a browser to the identity provider, from where it comes back to a page of ours; default: where they begin. Rejects with NOT_FOUND, QUERY_INVALID or PROVIDER_UNAVAILABLE. */
  toProvider(page: string | undefined, asked: SignInRequest): Promise<SentOn>
  /** When it comes back, with the parameters of the address. Rejects with NOT_FOUND, UNAUTHENTICATED or PROVIDER_UNAVAILABLE. */
  fromProvider(parameters: URLSearchParams, asked: SignInRequest): Promise<SentOn>
  /** The page that a browser wanted to see when it was sent there; undefined where it was not. */
  wanted(headers: HeaderFields): string | undefined
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
  /** Present where people may be sent to an identity provider; with what a browser keeps while it is there. */
  readonly provider?: { readonly provider: Provider; readonly cookie: Cookie }
  /** Where people see the pages, where that is known. */
  readonly pages?: string
  readonly clock: () => Date
}

/** Signs browsers in and out; what they keep is a cookie that no script reads. */
export function createSignIn({ access, service, cookie, provider, pages, clock }: SignInOptions): SignIn {
  // On a host of several, only what lies below our own path is ours.
  const home = pages !== undefined && URL.canParse(pages) ? `${new URL(pages).pathname.replace(/\/$/, '')}/` : '/'
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
      cookie: cookie.keep(secret, seconds, asked.headers),
    }
  }
  return {
    ways: async () => {
      if (!(await access.needsToken())) return []
      return provider === undefined ? ['token'] : ['provider', 'token']
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
    toProvider: async (page, { headers }) => {
      const known = provider ?? notConfigured()
      const to = page === undefined ? home : ownAddress(page)
      if (to === undefined || !`${pathOf(to)}/`.startsWith(home)) throw notOurs(home)
      const { location, kept } = await known.provider.begin(to)
      return { location, cookies: [known.cookie.keep(kept, signInSeconds, headers)] }
    },
    fromProvider: async (parameters, asked) => {
      const known = provider ?? notConfigured()
      const { subject, to } = await known.provider.finish(parameters, known.cookie.read(asked.headers))
      const { cookie } = await begin(subject, { kind: 'provider', scopes: subject.scopes }, asked)
      return { location: to, cookies: [cookie, known.cookie.forget(asked.headers)] }
    },
    wanted: (headers) => {
      const kept = provider?.cookie.read(headers)
      return kept === undefined ? undefined : begunSignIn(kept)?.to
    },
    out: async (subject, asked) => {
      await end(subject.name, asked)
      return cookie.forget(asked.headers)
    },
  }
}

function pathOf(address: string): string {
  return address.split(/[?#]/, 1)[0] ?? ''
}

function notOurs(home: string): Fault {
  const message = `required is a path such as \`${home}w/shop\``
  return new Fault('QUERY_INVALID', `\`to\` is no page of this server: ${message}`, {
    details: { problems: [{ path: 'to', message }] },
  })
}

function notConfigured(): never {
  throw new Fault('NOT_FOUND', 'this server knows no identity provider to sign in at; sign in by a token')
}
