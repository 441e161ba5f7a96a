import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { exactJson } from '../model/exact-json.ts'
import { apiHeaders } from './answer-headers.ts'
import type { Log } from './log.ts'
import { hasBody } from './reading/media-type.ts'
import { type ProblemDocument, problemDocument, retryAfter } from './problem.ts'
import type { Answer } from './route.ts'

/** Sends an answer of a route. */
export function send(
  reply: FastifyReply,
  { status, headers: own, body, text, pieces, type = 'application/json; charset=utf-8' }: Answer,
): void {
  reply.code(status).headers(apiHeaders).header('x-request-id', reply.request.id)
  if (own !== undefined) reply.headers(own)
  if (pieces !== undefined) reply.type(type).send(Readable.from(pieces, { objectMode: false }))
  else if (text !== undefined) reply.type(type).send(text)
  else if (body !== undefined) reply.type(type).send(jsonText(body))
  else reply.send()
}

/** What of an answer that says what went wrong is its route's own. */
export interface OfRefusal {
  readonly headers?: Readonly<Record<string, string>>
  /** The answer of who asks for a page, which is said as such. */
  readonly page?: (problem: ProblemDocument) => Answer
}

/** Sends what went wrong; answers the status. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  log: Log,
  { headers: own = {}, page }: OfRefusal = {},
): number {
  const problem = problemDocument(error, request.id)
  const { status, code } = problem
  if (status >= 500) log.error({ ...requestFields(request), status, code, err: error }, problem.detail)
  // What is wrong with a request is said in words of the request, which are not for the log.
  else log.debug({ ...requestFields(request), status, code }, 'refused')
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy()
    return status
  }
  if (page !== undefined && isForPerson(request.headers.accept)) {
    const answer = page(problem)
    send(reply, answer)
    return answer.status
  }
  const seconds = retryAfter(problem)
  if (seconds !== undefined) reply.header('retry-after', seconds)
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  // What is left of a body that was refused is not read.
  if (!request.raw.complete && hasBody(request.raw.headers)) reply.header('connection', 'close')
  send(reply, { status, headers: own, text: jsonText(problem), type: 'application/problem+json; charset=utf-8' })
  return status
}

/** A browser asks for pages by this type, and programs do not. */
function isForPerson(accept: string | undefined): boolean {
  return /(?:^|,)\s*text\/html\s*(?:[;,]|$)/i.test(accept ?? '')
}

/** What every line about a request says of it; never its query, which may hold what nobody else is to see. */
export function requestFields({ id, method, url, raw }: FastifyRequest): Readonly<Record<string, unknown>> {
  const [, trace] = /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(String(raw.headers['traceparent'] ?? '')) ?? []
  return { id, method, path: url.split('?', 1)[0], ...(trace === undefined ? {} : { trace }) }
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
