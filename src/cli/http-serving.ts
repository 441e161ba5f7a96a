import { type Fronts, type FrontsOptions, startFronts } from '../front/fronts.ts'
import { serveBehindFronts } from '../front/serve-behind.ts'
import { serverAnswers } from '../front/server-answers.ts'
import { createAccess } from '../http/access/access.ts'
import { jwtVerifier, type JwtSettings } from '../http/access/jwt.ts'
import type { ProviderSettings } from '../http/access/oidc/provider.ts'
import { isLoopback } from '../http/access/loopback.ts'
import { createCookie } from '../http/access/session-cookie.ts'
import { createSessions } from '../http/access/sessions.ts'
import { createSignIn, type SignInOptions } from '../http/access/sign-in.ts'
import { buildApp } from '../http/app.ts'
import { createMetrics, type Metrics } from '../http/metrics.ts'
import { serveUntil } from '../http/server.ts'
import { openTracing } from '../http/tracing.ts'
import { Fault } from '../errors.ts'
import type { EngineTold } from './measured-engine.ts'
import { openServing, type Serving, type ServingOptions } from './serving.ts'

/** How a server listens, whom it believes and how much it takes on. */
export interface HttpServingOptions extends ServingOptions {
  readonly host: string
  readonly port: number
  readonly tls?: { readonly cert: Uint8Array; readonly key: Uint8Array }
  readonly jwt?: JwtSettings
  /** Where people sign in. */
  readonly oidc?: ProviderSettings
  /** Origins of pages that may ask. */
  readonly origins: readonly string[]
  readonly deadlineMs: number
  readonly bodyBytes: number
  /** How many processes take connections and answer what they can; 1: this one alone, and everything. */
  readonly processes: number
  /** How many checks are made at a time beside requests. */
  readonly lanes: number
  /** Where spans are sent. */
  readonly traces?: string
  readonly signal: AbortSignal
  readonly listening: (address: string) => void
}

/** How many times as long as a request a check of a stored workspace may take. */
const checkPatience = 10

/** Serves the API until the signal ends it; then requests and jobs in work finish, and store and engine are closed. */
export async function serveHttp(options: HttpServingOptions): Promise<void> {
  const { clock, host, origins, jwt, oidc, processes, tls } = options
  const metrics = createMetrics({ process: true })
  let fronts: Fronts | undefined
  let changes = 0
  const changed = async (workspaces: readonly string[]): Promise<void> => {
    changes += 1
    await fronts?.forget(workspaces, changes)
  }
  const engineTold: EngineTold = (...told) => metrics.engine(...told)
  const serving = await openServing({
    ...options,
    checkDeadlineMs: checkPatience * options.deadlineMs,
    engineTold,
    changed,
  })
  const tracing = options.traces === undefined ? undefined : await openTracing(options.traces)
  try {
    const { store, service, congruent, log, random, outgoing } = serving
    const provides = jwt !== undefined || oidc !== undefined
    if (!isLoopback(host) && !provides && !(await store.tokens.any())) throw nobodyMayAsk(host)
    // Who names a provider wants to know who asks, on this machine too.
    const onlyLoopback = isLoopback(host) && !provides
    measureStored(metrics, serving)
    const verifyJwt = jwt === undefined ? {} : { verifyJwt: jwtVerifier(jwt, outgoing, clock) }
    const traced = tracing === undefined ? {} : { tracing }
    const text = async (): Promise<string> => {
      await fronts?.tell()
      return metrics.text()
    }
    const seenAt = options.pages === undefined ? {} : { pages: options.pages }
    const secure = tls !== undefined || options.pages?.startsWith('https:') === true
    const cookie = createCookie('congruent-session', { secure, sameSite: 'Strict', ...seenAt })
    const { tokens, sessions } = store
    const access = createAccess({
      tokens,
      sessions: createSessions({ sessions, tokens, cookie, clock, ...seenAt }),
      onlyLoopback,
      allowedOrigins: origins,
      clock,
      ...verifyJwt,
    })
    const app = await buildApp(
      {
        congruent,
        service,
        clock,
        log,
        random,
        metrics: { ...metrics, text },
        probes: { engine: () => serving.engineReady(), store: () => store.ready() },
        access,
        signIn: createSignIn({
          access,
          service,
          cookie,
          clock,
          ...seenAt,
          ...(await providerOf(options, serving, secure)),
        }),
        ...traced,
      },
      {
        origins,
        deadlineMs: options.deadlineMs,
        bodyBytes: options.bodyBytes,
        ...(tls === undefined || processes > 1 ? {} : { tls }),
      },
    )
    await serving.work(options.lanes)
    if (processes === 1) return await serveUntil(app, options)
    metrics.gauge('congruent_fronts', 'Processes that take connections.', [], () => [{ value: fronts?.count ?? 0 }])
    const answersFor = (socket: string): FrontsOptions['answering'] =>
      serverAnswers({
        settings: () => ({
          socket,
          ...(tls === undefined ? {} : { tls }),
          onlyLoopback,
          jwt: jwt !== undefined,
          origins,
          prefix: random().slice(0, 8),
          tellsEach: log.isLevelEnabled('debug') || tracing !== undefined,
        }),
        tokens: store.tokens,
        knownNewest: service.knownNewest,
        changes: () => changes,
        metrics,
        log,
        ...verifyJwt,
        ...traced,
      })
    await serveBehindFronts(app, {
      ...options,
      random,
      scheme: tls === undefined ? 'http' : 'https',
      fronts: (socket) => {
        const lost = (): void => log.warn({}, 'a process that takes connections ended, and another one is started')
        return (fronts = startFronts({ size: processes, answering: answersFor(socket), lost }))
      },
    })
  } finally {
    await serving.close()
    await tracing?.close()
  }
}

/** The library for it is loaded only where it is asked for. */
async function providerOf(
  { oidc, clock, pages }: HttpServingOptions,
  { outgoing, random }: Serving,
  secure: boolean,
): Promise<Pick<SignInOptions, 'provider'>> {
  if (oidc === undefined) return {}
  const { createProvider } = await import('../http/access/oidc/provider.ts')
  const provider = createProvider({ settings: oidc, outgoing, clock, random })
  // The browser brings it along when the provider sends it back, which is another site.
  const seenAt = pages === undefined ? {} : { pages }
  return { provider: { provider, cookie: createCookie('congruent-sign-in', { secure, sameSite: 'Lax', ...seenAt }) } }
}

function nobodyMayAsk(host: string): Fault {
  return new Fault(
    'CONFIGURATION_INVALID',
    `\`--host ${host}\` can be reached from other machines, and nobody could say who asks: make a token first with \`congruent token create\`, or name an identity provider with \`--jwks-url\` or \`--oidc-issuer\``,
  )
}

/** Labels are bounded: so many workspaces are told of, in the order of their names. */
const mostWorkspaces = 500

function measureStored(metrics: Metrics, { queue, store, service }: Serving): void {
  metrics.gauge('congruent_jobs_waiting', 'Jobs that wait, by kind.', ['kind'], async () =>
    Object.entries(await queue.waiting()).map(([kind, value]) => ({ labels: { kind }, value })),
  )
  metrics.gauge(
    'congruent_verdict',
    'The verdict about each environment: 1 for the one that holds.',
    ['workspace', 'environment', 'verdict'],
    async () => {
      const workspaces = (await store.workspaces.list()).slice(0, mostWorkspaces)
      const verdicts = await Promise.allSettled(
        workspaces.map(({ name }) => service.verdictAt({ workspace: name, known: 'then', deadlineMs: 5000 })),
      )
      return verdicts
        .flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
        .flatMap(({ workspace, environments }) =>
          environments.map(({ name, verdict }) => ({ labels: { workspace, environment: name, verdict }, value: 1 })),
        )
    },
  )
}
