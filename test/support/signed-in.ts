import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import { createAccess } from '../../src/http/access/access.ts'
import type { Provider } from '../../src/http/access/oidc/provider.ts'
import { createCookie } from '../../src/http/access/session-cookie.ts'
import { createSessions } from '../../src/http/access/sessions.ts'
import { createSignIn } from '../../src/http/access/sign-in.ts'
import { testApp } from './app.ts'
import type { StoredService } from './stored-service.ts'

interface SessionsSetUp {
  readonly secure?: boolean
  readonly pages?: string
  /** At which people sign in. */
  readonly provider?: Provider
}

/** A server with tokens over a service, in which browsers may sign in. */
export async function appWithSessions(
  t: Test,
  { service, clock }: StoredService,
  { secure = false, pages, provider }: SessionsSetUp = {},
): Promise<{ readonly app: FastifyInstance; readonly lines: readonly string[] }> {
  const { tokens, sessions } = service.store
  const now = (): Date => clock.now
  const seenAt = pages === undefined ? {} : { pages }
  const cookie = createCookie('congruent-session', { secure, sameSite: 'Strict', ...seenAt })
  const access = createAccess({
    tokens,
    sessions: createSessions({ sessions, tokens, cookie, clock: now, ...seenAt }),
    onlyLoopback: provider === undefined,
    allowedOrigins: [],
    clock: now,
  })
  const begun = createCookie('congruent-sign-in', { secure, sameSite: 'Lax', ...seenAt })
  const at = provider === undefined ? {} : { provider: { provider, cookie: begun } }
  const signIn = createSignIn({ access, service, cookie, clock: now, ...seenAt, ...at })
  return testApp(t, { service, access, signIn, clock: now })
}

/** A token of the server, by its name; each has one. */
export async function tokenFor({ service }: StoredService, name: string, scopes: readonly string[]): Promise<string> {
  const { secret } = await service.createToken({ name, scopes, asker: { by: 'test' } })
  return secret
}
