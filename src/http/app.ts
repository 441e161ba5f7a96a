import fastifyCors from '@fastify/cors'
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import { Fault } from '../errors.ts'
import type { Access } from './access/access.ts'
import { readableHeaders } from './answer-headers.ts'
import { answering, type Answering } from './answering.ts'
import { createDeadlines } from './limits/deadlines.ts'
import { watchPressure } from './limits/pressure.ts'
import { createRounds } from './limits/rounds.ts'
import { createTurns } from './limits/turns.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { allowedAt, whyNotFound } from './not-found.ts'
import { openApiDocument } from './openapi.ts'
import { refuseConnection } from './refuse-connection.ts'
import { createYamlThreads } from './reading/yaml-threads.ts'
import { registerPages } from './pages.ts'
import type { Route, RouteDependencies } from './route.ts'
import { routes as allRoutes } from './routes.ts'
import { sendProblem } from './sending.ts'
import { requestIds } from './request-ids.ts'
import { readSchemas } from './schemas.ts'
import { defaultSettings, type AppSettings } from './settings.ts'
import type { Tracing } from './tracing.ts'
import { registerWebPages } from './web-pages.ts'

/** What a server works with. */
export interface AppDependencies extends Omit<RouteDependencies, 'openapi'> {
  readonly access: Access
  readonly log: Log
  /** Where an endpoint for spans is configured. */
  readonly tracing?: Tracing
  /** Random text for the identifiers of requests. */
  readonly random: () => string
}

/** What may be said beside the settings. */
export interface AppOptions extends Partial<AppSettings> {
  /** Default: every route. */
  readonly routes?: readonly Route[]
  /** Certificate and key, for TLS. */
  readonly tls?: { readonly cert: Uint8Array; readonly key: Uint8Array }
}

// For whoever sends slowly on purpose: the head of a request must be here within this time, and all of it within the other.
const headMs = 20_000
const requestMs = 300_000

const methods = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'] as const

/** The server without listening: routes, limits and faults. Closing it lets requests in work finish; it closes nothing that it was given. */
export async function buildApp(dependencies: AppDependencies, options: AppOptions = {}): Promise<FastifyInstance> {
  const { routes = allRoutes, tls, ...settings } = options
  const { log, access, random, tracing } = dependencies
  const schemas = readSchemas()
  const document = once(() => openApiDocument(routes, schemas))
  const own: RouteDependencies = {
    ...dependencies,
    openapi: document,
  }
  const context: Answering = {
    dependencies: own,
    access,
    schemas,
    settings: { ...defaultSettings, ...settings },
    turns: createTurns(settings.turns ?? defaultSettings.turns),
    staying: createTurns({ inWork: 1024, inWorkEach: 64, waiting: 0, waitingEach: 0 }),
    deadlines: createDeadlines(),
    yaml: createYamlThreads(),
    rounds: createRounds(),
    pressure: watchPressure(settings.pressureMs ?? defaultSettings.pressureMs, 5000),
    log,
    tracing,
  }
  const app = fastify({ ...serverOptions(log, random), ...(tls === undefined ? {} : { https: tls }) })
  app.server.headersTimeout = headMs

  const { origins } = context.settings
  if (origins.length > 0)
    await app.register(fastifyCors, {
      origin: [...origins],
      methods: [...methods],
      exposedHeaders: [...readableHeaders],
    })
  // Bodies are read by whoever answers, after it is known who asks.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  for (const route of routes) {
    const { method, url } = route
    app.route({ method, url, exposeHeadRoute: !route.stays, handler: answering(route, context) })
  }
  await registerPages(app, document(), access)
  await registerWebPages(app, access)
  const refuse = (request: FastifyRequest, reply: FastifyReply): void => {
    const allow = allowOf(routes, request).join(', ')
    const fault = whyNotFound(routes, request.method, request.url)
    sendProblem(request, reply, fault, log, allow === '' ? {} : { headers: { allow } })
  }
  app.setNotFoundHandler(refuse)
  app.setErrorHandler((error, request, reply) => {
    // The library refuses some methods for reasons of its own before it looks for a route.
    const isOurs = error instanceof Fault || allowOf(routes, request).includes(request.method)
    if (isOurs) sendProblem(request, reply, faultOf(error), log)
    else refuse(request, reply)
  })
  gauges(own.metrics, context)
  app.addHook('preClose', async () => context.deadlines.endStaying())
  app.addHook('onClose', async () => {
    context.deadlines.close()
    context.pressure.close()
    await context.yaml.close()
  })
  return app
}

function allowOf(routes: readonly Route[], { url }: FastifyRequest): readonly string[] {
  return allowedAt(routes, url.split('?', 1)[0] ?? '')
}

function gauges(metrics: Metrics, { turns, pressure }: Answering): void {
  metrics.gauge('congruent_http_requests_in_work', 'Requests in work.', [], () => [{ value: turns.inWork }])
  metrics.gauge('congruent_http_requests_waiting', 'Requests that wait for their turn.', [], () => [
    { value: turns.waiting },
  ])
  metrics.gauge('congruent_event_loop_delay_seconds', 'Mean delay of the event loop.', [], () => [
    { value: pressure.delayMs / 1000 },
  ])
}

function serverOptions(log: Log, random: () => string): FastifyServerOptions {
  const newId = requestIds(random().slice(0, 8))
  return {
    logger: false,
    requestTimeout: requestMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 1024 },
    genReqId: ({ headers }) => newId(headers),
    clientErrorHandler: refuseConnection,
    frameworkErrors: (error, request, reply) => {
      sendProblem(request, reply, faultOf(error), log)
    },
  }
}

/** What the HTTP library itself refuses, in our words. */
function faultOf(error: unknown): unknown {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined
  const words = error instanceof Error ? error.message : ''
  if (status === 413) return new Fault('BODY_TOO_LARGE', 'the body is larger than is read')
  if (status === 415) return new Fault('MEDIA_TYPE_UNSUPPORTED', 'the `Content-Type` is none that is read')
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new Fault('QUERY_INVALID', `the address or a header cannot be read: ${words}`)
  return error
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
