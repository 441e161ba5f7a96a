import { factsOf, knownNames } from '../at-once/known-facts.ts'
import type { VerifyJwt } from '../http/access/jwt.ts'
import type { Log } from '../http/log.ts'
import type { Metrics } from '../http/metrics.ts'
import type { Tracing } from '../http/tracing.ts'
import type { RequestedSide } from '../operations/requested/requested-side.ts'
import type { Tokens } from '../store/store.ts'
import type { Answering } from './channel.ts'
import type { FrontSettings, ServerAnswers } from './words.ts'

/** What a server answers its fronts with. */
export interface ServerAnswersOptions {
  readonly settings: () => FrontSettings
  readonly tokens: Pick<Tokens, 'any' | 'find'>
  readonly verifyJwt?: VerifyJwt
  readonly knownNewest: RequestedSide['knownNewest']
  /** How many changes of workspaces there have been. */
  readonly changes: () => number
  readonly metrics: Metrics
  readonly log: Log
  readonly tracing?: Tracing
}

/** How a server answers its fronts, and notes what they answered. */
export function serverAnswers(options: ServerAnswersOptions): Omit<Answering<ServerAnswers>, 'ready'> {
  const { settings, tokens, verifyJwt, knownNewest, changes, metrics, log, tracing } = options
  const nameOf = knownNames()
  return {
    settings,
    tokensExist: () => tokens.any(),
    token: (id) => tokens.find(id),
    jwt: ({ token, now }) =>
      verifyJwt === undefined ? Promise.reject(new Error('no provider is configured')) : verifyJwt(token, now),
    known: async ({ has, ...about }) => {
      const change = changes()
      const found = await knownNewest(about)
      if (found === undefined) return undefined
      const { known, ageMs } = found
      const name = nameOf(known)
      return { name, ageMs, change, ...(name === has ? {} : { facts: factsOf(known) }) }
    },
    answered: (routes) => {
      for (const { route, seconds } of routes) for (const one of seconds) metrics.request('POST', route, 200, one)
      return undefined
    },
    answeredRequest: ({ id, route, operation, subject, traceparent, ms }) => {
      const [, trace] = /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(traceparent ?? '') ?? []
      const request = { id, method: 'POST', path: route, ...(trace === undefined ? {} : { trace }) }
      log.debug({ ...request, route: operation, subject, status: 200, ms: Number(ms.toFixed(3)) }, 'answered')
      const headers = traceparent === undefined ? {} : { traceparent }
      tracing?.answered({ method: 'POST', route, headers }, 200, ms)
      return undefined
    },
  }
}
