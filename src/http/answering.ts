import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../errors.ts'
import type { Subject } from '../model/access.ts'
import { exactJson } from '../model/exact-json.ts'
import { type Access, lacks } from './access/access.ts'
import { AskedRequest } from './asked.ts'
import { readBody, validateBody } from './body.ts'
import type { Deadlines } from './limits/deadlines.ts'
import type { Pressure } from './limits/pressure.ts'
import type { Turns } from './limits/turns.ts'
import type { Log } from './log.ts'
import { bodyTypeOf, hasBody } from './media-type.ts'
import { paramsSchema } from './params.ts'
import { preferredWait } from './prefer.ts'
import { problemDocument, retryAfter } from './problem.ts'
import { readParams, readQuery } from './query.ts'
import { receiveBody } from './receive.ts'
import type { Answer, Route, RouteDependencies } from './route.ts'
import type { BodyValidator, Schemas } from './schemas.ts'
import type { AppSettings } from './settings.ts'

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
  readonly log: Log
}

/** A route with its validators. */
interface Prepared {
  readonly route: Route
  readonly params: BodyValidator
  readonly query: BodyValidator
  readonly body: BodyValidator | undefined
}

const noQuery = { type: 'object', additionalProperties: false, properties: {} }

/** Answers the requests of one route: who asks, what they may, what they send, in this order; then the route's own work. */
export function answering(route: Route, context: Answering): (request: FastifyRequest, reply: FastifyReply) => void {
  const { schemas, dependencies, log } = context
  const prepared: Prepared = {
    route,
    params: schemas.validator(paramsSchema(route)),
    query: schemas.validator(route.query ?? noQuery),
    body: route.body && schemas.validator(route.body.schema),
  }
  const answered = (request: FastifyRequest, status: number, begun: number): void => {
    const seconds = (performance.now() - begun) / 1000
    dependencies.metrics.request(route.method, route.url, status, seconds)
    if (log.isLevelEnabled('debug'))
      log.debug({ id: request.id, route: route.operation, status, ms: seconds * 1000 }, 'answered')
  }
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const begun = performance.now()
    try {
      const answer = await answerTo(prepared, context, request, reply, begun)
      send(reply, answer)
      answered(request, answer.status, begun)
    } catch (error) {
      answered(request, sendProblem(request, reply, error, log, route.operation), begun)
    }
  }
  return (request, reply) => void answer(request, reply)
}

async function answerTo(
  { route, params, query, body }: Prepared,
  context: Answering,
  request: FastifyRequest,
  reply: FastifyReply,
  begun: number,
): Promise<Answer> {
  const { access, settings, deadlines } = context
  const { raw } = request
  const isOpen = route.needs === 'anyone'
  const found = access.subjectOf({ headers: raw.headers }, isOpen ? 'anyone' : 'token')
  const subject = found instanceof Promise ? await (isOpen ? found.catch(nobodyWithoutStore) : found) : found
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
  if (turn !== undefined) await turn
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
  { settings, dependencies }: Answering,
  { raw }: FastifyRequest,
): Promise<Answer> {
  const { body } = route
  if (body === undefined || validator === undefined) return route.handle(asked, dependencies)
  if (hasBody(raw.headers)) {
    const type = bodyTypeOf(raw.headers, body.types)
    if (type === 'application/json' || type === 'application/yaml') {
      const bytes = await receiveBody(raw, settings.bodyBytes)
      asked.received = bytes
      asked.body = validateBody(validator, readBody(type, bytes, asked.deadlineMs), bytes.length)
    }
  } else if (!body.optional) throw new Fault('BODY_INVALID', 'the request has no body; required is one document')
  return route.handle(asked, dependencies)
}

/** Headers of every answer of the API, which is never a page: nothing in it may be run, framed, guessed at or kept. */
const headers = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

function send(
  reply: FastifyReply,
  { status, headers: own, body, text, pieces, type = 'application/json; charset=utf-8' }: Answer,
): void {
  reply.code(status).headers(headers).header('x-request-id', reply.request.id)
  if (own !== undefined) reply.headers(own)
  if (pieces !== undefined) reply.type(type).send(Readable.from(pieces, { objectMode: false }))
  else if (text !== undefined) reply.type(type).send(text)
  else if (body !== undefined) reply.type(type).send(jsonText(body))
  else reply.send()
}

/** Sends what went wrong; answers the status. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  log: Log,
  route: string | undefined,
  own: Readonly<Record<string, string>> = {},
): number {
  const problem = problemDocument(error, request.id)
  const { status, code } = problem
  if (status >= 500) log.error({ id: request.id, route, status, code, err: error }, problem.detail)
  else log.debug({ id: request.id, route, status, code }, problem.detail)
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy()
    return status
  }
  const seconds = retryAfter(problem)
  if (seconds !== undefined) reply.header('retry-after', seconds)
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  // What is left of a body that was refused is not read.
  if (!request.raw.complete && hasBody(request.raw.headers)) reply.header('connection', 'close')
  send(reply, { status, headers: own, text: jsonText(problem), type: 'application/problem+json; charset=utf-8' })
  return status
}

/** JSON with exact numbers; most answers have none that JSON.stringify would lose, and it says so where there is one. */
function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (error instanceof TypeError) return exactJson(value)
    throw error
  }
}
