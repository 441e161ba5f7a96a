import { Fault } from '../../errors.ts'
import type { Scope, Subject } from '../../model/access.ts'
import { anyCovers } from '../../model/scope.ts'
import { isTokenSecret } from '../../model/token.ts'
import type { Tokens } from '../../store/store.ts'
import type { VerifyJwt } from './jwt.ts'
import { type HeaderFields, requireOwnMachine } from './loopback.ts'
import { believedMs, subjectOfToken } from './static-tokens.ts'
import { remembered } from './remembered.ts'
import type { SubjectOfSession } from './sessions.ts'

/** What decides who may. */
export interface AccessOptions {
  readonly tokens: Pick<Tokens, 'find' | 'any'>
  /** Present where an identity provider is configured. */
  readonly verifyJwt?: VerifyJwt
  /** Present where browsers may sign in. */
  readonly sessions?: SubjectOfSession
  /** Whether the server can be reached from this machine alone. */
  readonly onlyLoopback: boolean
  /** Of pages of others that may ask. */
  readonly allowedOrigins: readonly string[]
  readonly clock: () => Date
}

/** What of a request says who asks. */
export interface RequestHead {
  readonly headers: HeaderFields
  /** Absent: one that may change something. */
  readonly method?: string
}

/** Who asks, of each request, and what they may. */
export interface Access {
  /**
   * Whose a request is; known askers are answered at once, which saves a turn of the event loop. `anyone`: no token is needed, and one
   * that came is not looked at. Throws or rejects with a Fault UNAUTHENTICATED, FORBIDDEN where a server without tokens is asked from
   * elsewhere, KEYS_UNAVAILABLE or STORE_UNAVAILABLE.
   */
  subjectOf(head: RequestHead, needs: 'token' | 'anyone'): Subject | Promise<Subject>
  may(subject: Subject, needed: Scope): boolean
}

/** The same, and whether whoever asks has to say who they are. */
export interface ServerAccess extends Access {
  /** Or everybody on this machine may do everything. */
  needsToken(): boolean | Promise<boolean>
}

/** How many askers are remembered. */
const mostRemembered = 10_000

const nobody: Subject = { name: 'anonymous', scopes: [] }
const ownMachine: Subject = { name: 'anonymous', scopes: ['admin:*'] }

/** Throws FORBIDDEN where an asker lacks a scope. */
export function demand(
  { subject, may }: { readonly subject: Subject; readonly may: (scope: Scope) => boolean },
  needed: Scope,
): void {
  if (!may(needed)) throw lacks(subject, needed)
}

/** The fault of an asker who lacks a scope. */
export function lacks(subject: Subject, needed: Scope): Fault {
  return new Fault(
    'FORBIDDEN',
    `\`${subject.name}\` lacks the scope \`${needed}\`; \`GET /v1/me\` lists those it has`,
    {
      details: { scope: needed },
    },
  )
}

/**
 * Without any token in the store and without an identity provider everybody on this machine may do everything; as soon as there is
 * one, every request needs one, and that stays so while the process runs.
 */
export function createAccess(options: AccessOptions): ServerAccess {
  const { tokens, verifyJwt, sessions, onlyLoopback, allowedOrigins } = options
  const now = (): number => options.clock().getTime()
  const identified = remembered((token) => identify(token, options, now()), { most: mostRemembered, now })
  const needsToken = remembered(
    async () => {
      const value = await tokens.any()
      return { value, until: value ? Infinity : now() + believedMs }
    },
    { most: 1, now },
  )
  const closed = !onlyLoopback || verifyJwt !== undefined

  const judge = (head: RequestHead, needs: 'token' | 'anyone', isClosed: boolean): Subject | Promise<Subject> => {
    const { headers } = head
    if (!isClosed) {
      requireOwnMachine(headers, allowedOrigins)
      return ownMachine
    }
    if (needs === 'anyone') return nobody
    const signedIn = headers['authorization'] === undefined ? sessions?.(head) : undefined
    return signedIn ?? identified(bearerOf(headers))
  }
  return {
    may: ({ scopes }, needed) => anyCovers(scopes, needed),
    needsToken: () => closed || needsToken(''),
    subjectOf: (head, needs) => {
      const isClosed = closed || needsToken('')
      return isClosed instanceof Promise ? isClosed.then((is) => judge(head, needs, is)) : judge(head, needs, isClosed)
    },
  }
}

function bearerOf({ authorization }: HeaderFields): string {
  if (typeof authorization !== 'string' || authorization === '')
    throw new Fault(
      'UNAUTHENTICATED',
      'no token came with the request: send `Authorization: Bearer TOKEN`; `congruent token create` makes one',
    )
  const [, token] = /^bearer +([^\s]+) *$/i.exec(authorization) ?? []
  if (token === undefined)
    throw new Fault('UNAUTHENTICATED', '`Authorization` is not understood: required is `Bearer TOKEN`')
  return token
}

function identify(token: string, { tokens, verifyJwt }: AccessOptions, now: number): ReturnType<typeof subjectOfToken> {
  if (isTokenSecret(token)) return subjectOfToken(token, tokens, now)
  if (verifyJwt !== undefined) return verifyJwt(token, now)
  return Promise.reject(
    new Fault('UNAUTHENTICATED', 'the token is none that this server makes (`cgt_…`), and no other kind is configured'),
  )
}
