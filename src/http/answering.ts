import type { FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../errors.ts'
import type { Subject } from '../model/access.ts'
import { type Access, lacks } from './access/access.ts'
import { AskedRequest } from './asked.ts'
import type { YamlThreads } from './reading/yaml-threads.ts'
import { readJsonBody, validateBody } from './reading/body.ts'
import type { Deadlines } from './limits/deadlines.ts'
import type { Pressure } from './limits/pressure.ts'
import type { Rounds } from './limits/rounds.ts'
import type { Turns } from './limits/turns.ts'
import type { Log } from './log.ts'
import { bodyTypeOf, hasBody } from './reading/media-type.ts'
import { paramsSchema } from './reading/params.ts'
import { preferredWait } from './reading/prefer.ts'
import { readParams, readQuery } from './reading/query.ts'
import { receiveBody } from './reading/receive.ts'
import type { Answer, Route, RouteDependencies } from './route.ts'
import type { BodyValidator, Schemas } from './schemas.ts'
import { type OfRefusal, requestFields, send, sendProblem } from './sending.ts'
import type { AppSettings } from './settings.ts'
import type { Tracing } from './tracing.ts'

/** All that answering needs, beside the route. */
export interface Answering {
  readonly dependencies: RouteDependencies
  readonly access: Access
  readonly schemas: Schemas
  readonly settings: AppSettings
  readonly turns: Turns
  /** Of those that stay. */
  readonly staying: Turns
  readonly deadlines: Deadlines
  readonly pressure: Pressure
  readonly yaml: YamlThreads
  readonly rounds: Rounds
  readonly log: Log
  readonly tracing: Tracing | undefined
}

/** A route with its validators. */
interface Prepared {
  readonly route: Route
  readonly params: BodyValidator
  readonly query: BodyValidator
  readonly body: BodyValidator | undefined
}

/** One request and its answer. */
interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** In milliseconds of `performance.now()`. */
  readonly begun: number
  /** Who asks, once that is known. */
  subject: string | undefined
}

const noQuery = { type: 'object', additionalProperties: false, properties: {} }

/** Answers the requests of one route: who asks, what they may, what they send, in this order; then the route's own work. */
export function answering(route: Route, context: Answering): (request: FastifyRequest, reply: FastifyReply) => void {
  const { schemas, dependencies, log, tracing } = context
  const prepared: Prepared = {
    route,
    params: schemas.validator(paramsSchema(route)),
    query: schemas.validator(route.query ?? noQuery),
    body: route.body && schemas.validator(route.body.schema),
  }
  const answer = async (exchange: Exchange): Promise<number> => {
    const { request, reply, begun } = exchange
    let status: number
    try {
      const answer = await answerTo(prepared, context, exchange)
      send(reply, answer)
      status = answer.status
    } catch (error) {
      status = sendProblem(request, reply, error, log, refusalOf(route, request, dependencies))
    }
    const seconds = (performance.now() - begun) / 1000
    dependencies.metrics.request(route.method, route.url, status, seconds)
    if (log.isLevelEnabled('debug')) {
      const { subject } = exchange
      const ms = Number((seconds * 1000).toFixed(3))
      log.debug({ ...requestFields(request), route: route.operation, subject, status, ms }, 'answered')
    }
    return status
  }
  return (request, reply) => {
    const exchange: Exchange = { request, reply, begun: performance.now(), subject: undefined }
    const work = (): Promise<number> => answer(exchange)
    const answered =
      tracing === undefined
        ? work()
        : tracing.request({ method: request.method, route: route.url, headers: request.raw.headers }, work)
    // Nothing that goes wrong with one request may end the process of all.
    answered.catch((error: unknown) => {
      log.error({ ...requestFields(request), err: error }, 'no answer could be sent')
      reply.raw.destroy()
    })
  }
}

/** What a route has a person see of its refusals. */
function refusalOf({ refusedPage }: Route, { url, raw }: FastifyRequest, dependencies: RouteDependencies): OfRefusal {
  if (refusedPage === undefined) return {}
  return { page: (problem) => refusedPage(problem, { url, headers: raw.headers }, dependencies) }
}

async function answerTo(
  { route, params, query, body }: Prepared,
  context: Answering,
  exchange: Exchange,
): Promise<Answer> {
  const { request, reply, begun } = exchange
  const { access, settings, deadlines } = context
  const { raw } = request
  const isOpen = route.needs === 'anyone'
  const found = access.subjectOf({ headers: raw.headers, method: request.method }, isOpen ? 'anyone' : 'token')
  const subject = found instanceof Promise ? await (isOpen ? found.catch(nobodyWithoutStore) : found) : found
  exchange.subject = subject.name
  const inAddress = readParams(params, request.params as Readonly<Record<string, string>>)
  if (typeof route.needs === 'function') {
    const needed = route.needs(inAddress)
    if (!access.may(subject, needed)) throw lacks(subject, needed)
  }
  const deadlineMs = preferredWait(raw.headers['prefer'], settings.deadlineMs, reply)
  const asked = new AskedRequest({
    params: inAddress,
    query: readQuery(route.query, query, request.query as Readonly<Record<string, unknown>>),
    subject,
    deadlineMs,
    id: request.id,
    until: route.stays ? Infinity : begun + deadlineMs,
    request: raw,
    response: reply.raw,
    access,
    streamBytes: settings.streamBytes,
  })
  if (context.pressure.isHigh && !isOpen)
    throw new Fault('OVERLOADED', 'the server is too busy to take on more', { details: { retryAfter: 5 } })
  const turns = isOpen ? undefined : route.stays ? context.staying : context.turns
  const turn = turns?.enter(subject.name, deadlineMs)
  if (turn !== undefined) {
    await turn
    if (reply.raw.destroyed) {
      turns?.leave(subject.name)
      throw new Fault('BODY_INVALID', 'the asker has gone away')
    }
  }
  const end = (): void => {
    deadlines.delete(asked)
    turns?.leave(subject.name)
  }
  let isOver = false
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      asked.expired = reject
      deadlines.add(asked)
      handled(route, body, asked, context, request).then(resolve, reject)
    })
    if (answer.pieces === undefined) isOver = true
    else reply.raw.once('close', end)
    return answer
  } catch (error) {
    isOver = true
    throw error
  } finally {
    if (isOver) end()
  }
}

/** Whether the process lives must be answered also while the store does not. */
function nobodyWithoutStore(error: unknown): Subject {
  if (error instanceof Fault && error.code === 'STORE_UNAVAILABLE') return { name: 'anonymous', scopes: [] }
  throw error
}

async function handled(
  route: Route,
  validator: BodyValidator | undefined,
  asked: AskedRequest,
  { settings, dependencies, yaml, rounds }: Answering,
  { raw }: FastifyRequest,
): Promise<Answer> {
  const { body } = route
  if (body === undefined || validator === undefined) return route.handle(asked, dependencies)
  if (hasBody(raw.headers)) {
    const type = bodyTypeOf(raw.headers, body.types)
    if (type === 'application/json' || type === 'application/yaml') {
      const bytes = await receiveBody(raw, body.most ?? settings.bodyBytes)
      asked.received = bytes
      await rounds.next()
      const isJson = type === 'application/json'
      const document = isJson ? readJsonBody(bytes) : await yaml.read(bytes, asked.deadlineMs)
      asked.body = validateBody(validator, document, bytes.length)
    }
  } else if (!body.optional) throw new Fault('BODY_INVALID', 'the request has no body; required is one document')
  return route.handle(asked, dependencies)
}
